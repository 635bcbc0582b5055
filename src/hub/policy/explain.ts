import { decideReach } from '../../domain/reach/decide.ts';
import type {
  Account,
  ReachAction,
  ReachQuestion,
  ReachRefusal,
  ReachRule,
  RuleStep,
} from '../../domain/reach/model.ts';
import { createWorld } from '../../domain/reach/world.ts';
import type { ResolvedPolicy } from './resolve.ts';

export const PLACES = ['call', 'meeting', 'none'] as const satisfies readonly ReachQuestion['place'][];
export type Place = (typeof PLACES)[number];

/** One step of the chain, in names that a person can read. */
export interface ExplainedRule {
  /** The name of the tenant whose rule it is. */
  readonly tenant: string;
  readonly rule: ReachRule;
  readonly outcome: RuleStep['outcome'];
  readonly from: string;
  readonly to: string;
  readonly policy: string | null;
  readonly segment: string | null;
  readonly entry: string | null;
}

export interface Explanation {
  readonly allowed: boolean;
  /** Null when it is allowed. */
  readonly code: ReachRefusal | null;
  /** Every rule that was asked, in order. */
  readonly rules: readonly ExplainedRule[];
}

export interface ExplainRequest {
  readonly action: ReachAction;
  readonly from: Account;
  readonly to: Account;
  /** Who is there already, without the two. */
  readonly present: readonly Account[];
  /** Where it happens; by default where the action is usual. */
  readonly place?: Place;
}

/** The same decision as the hub's, with the whole chain of rules. */
export function explain({ policies, people }: ResolvedPolicy, request: ExplainRequest): Explanation {
  const verdict = decideReach(createWorld(policies), toQuestion(request));
  const names = new Map(policies.map(({ tid, name }) => [tid, name]));
  const mails = new Map(people.map(({ account }) => [account.key, account.mail]));
  return {
    allowed: verdict.allowed,
    code: verdict.allowed ? null : verdict.code,
    rules: verdict.steps.map(({ tid, rule, outcome, from, to, policy, segment, entry }) => ({
      tenant: names.get(tid) ?? tid,
      rule,
      outcome,
      from: mails.get(from) ?? from,
      to: mails.get(to) ?? to,
      policy,
      segment,
      entry,
    })),
  };
}

/** What is with everybody at once has no target: `to` is then one of those who are there. */
export function toQuestion({ action, from, to, present, place }: ExplainRequest): ReachQuestion {
  const where = place ?? usualPlace(action);
  switch (action) {
    case 'find':
    case 'recent':
    case 'presence':
    case 'chat':
    case 'call':
    case 'add':
    case 'addToTeam':
    case 'invite':
    case 'signal':
      return { action, actor: from, target: to, present, place: where };
    case 'join':
    case 'shareScreen':
    case 'shareFiles':
    case 'annotate':
      return { action, actor: from, target: null, present: [to, ...present], place: where };
  }
}

function usualPlace(action: ReachAction): Place {
  switch (action) {
    case 'find':
    case 'recent':
    case 'presence':
    case 'addToTeam':
      return 'none';
    case 'invite':
    case 'join':
      return 'meeting';
    case 'chat':
    case 'call':
    case 'add':
    case 'signal':
    case 'shareScreen':
    case 'shareFiles':
    case 'annotate':
      return 'call';
  }
}
