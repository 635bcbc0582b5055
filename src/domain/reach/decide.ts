import { refuseAbsent } from './absent.ts';
import { askActor } from './actor.ts';
import { domainOf } from './external.ts';
import { finding } from './finding.ts';
import type { Account, ReachAction, ReachQuestion, ReachRefusal, ReachRule, ReachWorld, Verdict } from './model.ts';
import { addStep, askPair, type Chain, createChain, refused } from './pair.ts';

/**
 * Whether somebody may do something with others: the one place to ask before a list is shown, a call rings or somebody joins.
 * Asked in this order, and the first denial refuses: the actor alone, the actor with the target, what never crosses a
 * tenant's border, and then both with everybody present.
 */
export function decideReach(world: ReachWorld, question: ReachQuestion): Verdict {
  const chain = createChain();
  const code =
    askActor(world, question.actor, chain) ??
    askTarget(world, question, chain) ??
    askBorder(question, chain) ??
    askPresent(world, question, chain);
  return code === null ? { allowed: true, steps: chain.steps } : refused(code, chain);
}

function askTarget(world: ReachWorld, question: ReachQuestion, chain: Chain): ReachRefusal | null {
  const { action, actor, target } = question;
  if (target === null) return null;
  if (actor.key === target.key && (action === 'call' || action === 'add')) {
    addStep(chain, finding('self', false), actor, target);
    return 'not-allowed';
  }
  askPair(world, actor, target, chain);
  if (chain.denial === null) return null;
  switch (acquaintance(question)) {
    case 'stranger':
      return codeOfStranger(world, actor, target);
    case 'recent':
      return codeOfRecent(chain.denial.rule) ?? codeOfStranger(world, actor, target);
    case 'present':
      return codeOfPresent(chain.denial.rule);
  }
}

/** Groups and files stay within one tenant; meetings admit federated people. */
function askBorder({ action, actor, target, present, place }: ReachQuestion, chain: Chain): ReachRefusal | null {
  const others = target === null ? present : [target, ...present];
  const foreigner = others.find((other) => other.tid !== actor.tid);
  if (foreigner === undefined) return null;
  if (action === 'shareFiles') {
    addStep(chain, finding('external-files', false), actor, foreigner);
    return 'external-no-files';
  }
  const isGroup = action === 'addToTeam' || (place !== 'meeting' && new Set(others.map(keyOf)).add(actor.key).size > 2);
  addStep(chain, finding('external-group', !isGroup), actor, foreigner);
  return isGroup ? 'external-no-group' : null;
}

function askPresent(world: ReachWorld, { actor, target, present }: ReachQuestion, chain: Chain): ReachRefusal | null {
  const comers = target === null || target.key === actor.key ? [actor] : [actor, target];
  for (const other of present) {
    if (comers.some((comer) => comer.key === other.key)) continue;
    for (const comer of comers) {
      askPair(world, comer, other, chain);
      if (chain.denial !== null) return codeOfPresent(chain.denial.rule);
    }
  }
  return null;
}

const keyOf = ({ key }: Account): string => key;

/** What the actor knows of the target before asking. */
type Acquaintance = 'stranger' | 'recent' | 'present';

function acquaintance({ action, place }: ReachQuestion): Acquaintance {
  switch (action satisfies ReachAction) {
    case 'recent':
      return 'recent';
    case 'join':
    case 'signal':
    case 'shareScreen':
    case 'shareFiles':
    case 'annotate':
      return place === 'none' ? 'stranger' : 'present';
    case 'find':
    case 'presence':
    case 'chat':
    case 'call':
    case 'add':
    case 'addToTeam':
    case 'invite':
      return 'stranger';
  }
}

/** As if the target were not there: which rule stood in the way must not show. */
function codeOfStranger(world: ReachWorld, actor: Account, target: Account): ReachRefusal {
  if (actor.tid === target.tid) return 'not-found';
  const tenant = world.tenant(target.tid);
  const domain = tenant === undefined ? null : domainOf(world, tenant, target);
  return domain === null ? 'not-found' : refuseAbsent(world, actor, domain).code;
}

/** Why somebody whom one had to do with is out of reach now; null where it is not theirs to know. */
function codeOfRecent(rule: ReachRule): ReachRefusal | null {
  if (rule === 'hidden') return null;
  const code = codeOfPresent(rule);
  return code === 'barrier' || code === 'guest-access-off' || code === 'guest-no-team' ? code : null;
}

/** Why two people who see each other may not be together. */
export function codeOfPresent(rule: ReachRule): ReachRefusal {
  switch (rule) {
    case 'hidden':
    case 'barrier-none':
    case 'barrier-allow':
    case 'barrier-block':
    case 'barrier-unsegmented':
    case 'barrier-multi':
    case 'barrier-unread':
      return 'barrier';
    case 'guest-access':
      return 'guest-access-off';
    case 'guest-team':
    case 'guest-tenant':
    case 'guest-external':
      return 'guest-no-team';
    case 'external-master':
    case 'external-person':
    case 'external-person-mode':
    case 'external-tenant-mode':
      return 'external-off';
    case 'external-group':
      return 'external-no-group';
    case 'external-files':
      return 'external-no-files';
    case 'self':
    case 'tenant-unknown':
    case 'nobody':
      return 'not-allowed';
  }
}
