import type { Account, ReachRule, RuleStep } from './model.ts';

/** What one rule says, before it is known of whom. */
export interface Finding {
  readonly rule: ReachRule;
  readonly outcome: RuleStep['outcome'];
  readonly policy: string | null;
  readonly segment: string | null;
  readonly entry: string | null;
}

type Details = Partial<Pick<Finding, 'policy' | 'segment' | 'entry'>>;

const NO_DETAILS = { policy: null, segment: null, entry: null } as const;

export const finding = (rule: ReachRule, allows: boolean, details: Details = NO_DETAILS): Finding => ({
  ...NO_DETAILS,
  ...details,
  rule,
  outcome: allows ? 'allows' : 'denies',
});

/** The finding as a step from the side of `from`, whose tenant's rule it is. */
export const stepOf = (found: Finding, from: Account, to: Account): RuleStep => ({
  tid: from.tid,
  rule: found.rule,
  from: from.key,
  to: to.key,
  outcome: found.outcome,
  policy: found.policy,
  segment: found.segment,
  entry: found.entry,
});
