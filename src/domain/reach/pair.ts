import { barrierFindings } from './barriers.ts';
import { domainOf, trustFindings } from './external.ts';
import { type Finding, finding, stepOf } from './finding.ts';
import { guestAccessFinding, guestReachFinding, isGuest } from './guests.ts';
import type { Account, ReachRefusal, ReachWorld, Refused, RuleStep, TenantPolicy } from './model.ts';
import { indexOf } from './tenant-index.ts';

const SELF = finding('self', true);
const SHOWN = finding('hidden', true);
const HIDDEN = finding('hidden', false);
const TENANT_UNKNOWN = finding('tenant-unknown', false);
const GUEST_STAYS = finding('guest-external', false);

/** The rules that were asked so far, and the first that denied. */
export interface Chain {
  readonly steps: RuleStep[];
  denial: RuleStep | null;
}

export const createChain = (): Chain => ({ steps: [], denial: null });

export function addStep(chain: Chain, found: Finding, from: Account, to: Account): void {
  const step = stepOf(found, from, to);
  chain.steps.push(step);
  if (step.outcome === 'denies') chain.denial ??= step;
}

/**
 * Asks every rule about two people, from both sides, and adds the steps to the chain. Whether one of them denies is the same
 * from `a` to `b` as from `b` to `a`.
 */
export function askPair(world: ReachWorld, a: Account, b: Account, chain: Chain): void {
  if (a.key === b.key) addStep(chain, SELF, a, b);
  else askTwo(world, a, b, chain);
}

/** Whether two people may have to do with each other at all: symmetric, and true of oneself. */
export function mayReach(world: ReachWorld, a: Account, b: Account): boolean {
  const chain = createChain();
  askPair(world, a, b, chain);
  return chain.denial === null;
}

function askTwo(world: ReachWorld, a: Account, b: Account, chain: Chain): void {
  const tenantA = world.tenant(a.tid);
  const tenantB = world.tenant(b.tid);
  if (tenantA === undefined) addStep(chain, TENANT_UNKNOWN, a, b);
  if (tenantB === undefined) addStep(chain, TENANT_UNKNOWN, b, a);
  if (tenantA === undefined || tenantB === undefined) return;
  if (tenantA === tenantB && (isGuest(a) || isGuest(b))) addStep(chain, guestAccessFinding(indexOf(tenantA)), a, b);
  addStep(chain, a.hidden ? HIDDEN : SHOWN, a, b);
  addStep(chain, b.hidden ? HIDDEN : SHOWN, b, a);
  if (tenantA === tenantB) {
    askInside(tenantA, a, b, chain);
  } else {
    askTrust(tenantA, a, domainOf(world, tenantB, b), { to: b, chain });
    askTrust(tenantB, b, domainOf(world, tenantA, a), { to: a, chain });
  }
}

function askInside(tenant: TenantPolicy, a: Account, b: Account, chain: Chain): void {
  const index = indexOf(tenant);
  const segmentsA = index.segmentsOf(a);
  const segmentsB = index.segmentsOf(b);
  for (const found of barrierFindings(tenant.barriers, segmentsA, segmentsB)) addStep(chain, found, a, b);
  for (const found of barrierFindings(tenant.barriers, segmentsB, segmentsA)) addStep(chain, found, b, a);
  if (isGuest(a) || isGuest(b)) addStep(chain, guestReachFinding(index, a, b), a, b);
}

/** What one side says to the other's domain. */
export function askTrust(
  tenant: TenantPolicy,
  person: Account,
  domain: string | null,
  { to, chain }: { readonly to: Account; readonly chain: Chain },
): void {
  const findings = isGuest(person) ? [GUEST_STAYS] : trustFindings(tenant, person.external, domain);
  for (const found of findings) addStep(chain, found, person, to);
}

/** @throws when nothing denied: a refusal always names its rule */
export function refused(code: ReachRefusal, { steps, denial }: Chain): Refused {
  if (denial === null) throw new Error('A refusal that no rule decided');
  return { allowed: false, code, steps, decidedBy: denial };
}
