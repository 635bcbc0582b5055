import type { AlikePeople } from '../../domain/reach/alike.ts';
import { compareReach, type ReachChange } from '../../domain/reach/compare.ts';
import type { Account, ReachRefusal, ReachRule, Verdict } from '../../domain/reach/model.ts';
import { createWorld } from '../../domain/reach/world.ts';
import type { ResolvedPolicy } from './resolve.ts';

/** People whom the rules cannot tell apart. */
export interface PeopleSummary {
  readonly tenant: string;
  readonly guests: boolean;
  readonly hidden: boolean;
  readonly segmentsBefore: readonly string[];
  readonly segments: readonly string[];
  readonly count: number;
  /** The addresses of the first few. */
  readonly people: readonly string[];
}

export interface VerdictSummary {
  readonly allowed: boolean;
  readonly code: ReachRefusal | null;
  /** The rule that refused. */
  readonly rule: ReachRule | null;
  readonly policy: string | null;
}

export interface ChangeSummary {
  readonly a: PeopleSummary;
  readonly b: PeopleSummary;
  readonly pairs: number;
  readonly example: {
    readonly from: string;
    readonly to: string;
    readonly before: VerdictSummary;
    readonly after: VerdictSummary;
  };
}

export interface PolicyDiff {
  /** Tenants that only the old file decides about: they stay as they are. */
  readonly untouched: readonly string[];
  readonly gains: readonly ChangeSummary[];
  readonly losses: readonly ChangeSummary[];
  /** People differ in too many ways: nobody was compared. */
  readonly isTooLarge: boolean;
  readonly addedPeople: readonly string[];
  readonly removedPeople: readonly string[];
}

const PEOPLE_NAMED = 5;

/**
 * Who gains and who loses reach when a file is put in the place of another. A tenant that the new file leaves out stays as it
 * is, and so do the people of a tenant for which it lists nobody: an administrator's file may be about their own tenant alone.
 */
export function diffPolicies(before: ResolvedPolicy, next: ResolvedPolicy): PolicyDiff {
  const after = overlay(before, next);
  const names = new Map([...before.policies, ...after.policies].map(({ tid, name }) => [tid, name]));
  const nameOf = (tid: string): string => names.get(tid) ?? tid;
  const { gains, losses, added, removed, isTooLarge } = compareReach(snapshotOf(before), snapshotOf(after));
  return {
    untouched: before.policies.filter(({ tid }) => !isIn(next, tid)).map(({ name }) => name),
    gains: gains.map((change) => summarise(change, nameOf)),
    losses: losses.map((change) => summarise(change, nameOf)),
    isTooLarge,
    addedPeople: added.map(mailOf),
    removedPeople: removed.map(mailOf),
  };
}

const isIn = ({ policies }: ResolvedPolicy, tid: string): boolean => policies.some((policy) => policy.tid === tid);

const mailOf = ({ mail }: Account): string => mail;

function overlay(before: ResolvedPolicy, next: ResolvedPolicy): ResolvedPolicy {
  const peopled = new Set(next.people.map(({ account }) => account.tid));
  return {
    policies: [...before.policies.filter(({ tid }) => !isIn(next, tid)), ...next.policies],
    people: [...before.people.filter(({ account }) => !peopled.has(account.tid)), ...next.people],
  };
}

const snapshotOf = ({ policies, people }: ResolvedPolicy) => ({
  world: createWorld(policies),
  accounts: people.map(({ account }) => account),
});

function summarise({ a, b, pairs, example }: ReachChange, nameOf: (tid: string) => string): ChangeSummary {
  return {
    a: summarisePeople(a, nameOf),
    b: summarisePeople(b, nameOf),
    pairs,
    example: {
      from: example.a.mail,
      to: example.b.mail,
      before: summariseVerdict(example.before),
      after: summariseVerdict(example.after),
    },
  };
}

const summarisePeople = (
  { tid, guests, hidden, segmentsBefore, segments, people }: AlikePeople,
  nameOf: (tid: string) => string,
): PeopleSummary => ({
  tenant: nameOf(tid),
  guests,
  hidden,
  segmentsBefore,
  segments,
  count: people.length,
  people: people.slice(0, PEOPLE_NAMED).map(({ after }) => after.mail),
});

const summariseVerdict = (verdict: Verdict): VerdictSummary =>
  verdict.allowed
    ? { allowed: true, code: null, rule: null, policy: null }
    : { allowed: false, code: verdict.code, rule: verdict.decidedBy.rule, policy: verdict.decidedBy.policy };
