import { askActor } from './actor.ts';
import { finding } from './finding.ts';
import type { Account, ReachRefusal, ReachWorld, Refused } from './model.ts';
import { addStep, askPair, askTrust, type Chain, createChain, refused } from './pair.ts';

/**
 * The refusal for an address of this domain where nobody is. It follows from the actor and the two domains alone, so it is
 * also the refusal for somebody there who may not be found, and tells nothing of whether they exist: look the address up, ask
 * `decideReach`, and where that finds nobody answer with this.
 *
 * @param domain as in `ReachWorld.tenantOfDomain`
 */
export function refuseAbsent(world: ReachWorld, actor: Account, domain: string): Refused {
  const chain = createChain();
  const code = askActor(world, actor, chain) ?? askDomain(world, actor, domain, chain);
  addStep(chain, finding('nobody', false, { entry: domain }), actor, nobodyAt(domain, ''));
  return refused(code, chain);
}

function askDomain(world: ReachWorld, actor: Account, domain: string, chain: Chain): ReachRefusal {
  const own = world.tenant(actor.tid);
  const other = world.tenantOfDomain(domain);
  const nobody = nobodyAt(domain, other?.tid ?? '');
  if (other !== undefined) {
    if (other !== own) askPair(world, actor, nobody, chain);
  } else if (own !== undefined) {
    askTrust(own, actor, domain, { to: nobody, chain });
    addStep(chain, finding('tenant-unknown', false, { entry: domain }), actor, nobody);
  }
  return isOfTrust(chain) ? 'external-off' : 'not-found';
}

/** Somebody of whom nothing is known but the tenant: no setting of their own decides. */
const nobodyAt = (domain: string, tid: string): Account => ({
  key: '',
  tid,
  kind: 'internal',
  mail: `@${domain}`,
  homeTid: null,
  groups: [],
  hidden: false,
  external: { enabled: true, mode: { kind: 'default' } },
});

function isOfTrust({ denial }: Chain): boolean {
  switch (denial?.rule) {
    case 'external-master':
    case 'external-person':
    case 'external-person-mode':
    case 'external-tenant-mode':
      return true;
    default:
      return false;
  }
}
