import { DEFAULT_MEETING_SETTINGS, type MeetingSettings } from '../../domain/meeting/model.ts';
import type { AlikePeople } from '../../domain/reach/alike.ts';
import { compareReachInParts, type ReachChange } from '../../domain/reach/compare.ts';
import type { Account, ReachWorld, TenantPolicy } from '../../domain/reach/model.ts';
import type { PolicyProblem } from '../../domain/reach/problem.ts';
import { reportPolicy } from '../../domain/reach/report.ts';
import { indexOf } from '../../domain/reach/tenant-index.ts';
import { createWorld } from '../../domain/reach/world.ts';
import type { AlikeSummary, DryRun, ReachChangeSummary } from '../../protocol/admin-api/answers.ts';
import { type DirectoryPerson, type ListedPerson, plainAccount } from '../directory/directory.ts';
import { turnOfOthers } from '../directory/postings.ts';
import { changedParts } from '../reach/changed-parts.ts';
import type { PolicyRevision } from '../store/reach-store.ts';
import type { AdminContext } from './administrator.ts';
import { endingCalls } from './ending-calls.ts';
import { anybodyElsewhere } from './outsiders.ts';
import type { Viewer } from './viewer.ts';

export interface Proposal {
  readonly current: PolicyRevision;
  readonly policy: TenantPolicy;
  readonly people: readonly ListedPerson[] | null;
}

const PEOPLE_NAMED = 5;

const settingsOf = (policy: TenantPolicy): MeetingSettings => policy.meetings ?? DEFAULT_MEETING_SETTINGS;

/** What applying a policy would do: who gains and who loses reach, what is odd about it, and which calls would end. */
export async function dryRun(context: AdminContext, viewer: Viewer, proposal: Proposal): Promise<DryRun> {
  const { policy, current, people } = proposal;
  const accounts = await accountsBeforeAndAfter(context, proposal);
  const worlds = worldsOf(context, proposal);
  const elsewhere = anybodyElsewhere(
    context.hub.policies.all().flatMap((one) => (one.tid === policy.tid ? [] : [one.policy])),
    worlds.before,
  );
  const { gains, losses, added, removed, isTooLarge } = await compareReachInParts(
    { world: worlds.before, accounts: [...accounts.before, ...elsewhere] },
    { world: worlds.after, accounts: [...accounts.after, ...elsewhere] },
    turnOfOthers,
  );
  const problems: readonly PolicyProblem[] = [
    ...(isTooLarge ? [{ kind: 'comparison-too-large' } as const] : []),
    ...reportPolicy(policy, accounts.counted ? accounts.after : []),
  ];
  const summarise = (changes: readonly ReachChange[]): readonly ReachChangeSummary[] =>
    distinct(changes.map((change) => summariseChange(change, { ...proposal, counted: accounts.counted, worlds })));
  const parts = changedParts(current.policy, policy);
  return {
    ok: true,
    revision: current.revision,
    changed: people !== null && added.length + removed.length > 0 ? [...parts, 'people'] : parts,
    gains: summarise(gains),
    losses: summarise(losses),
    added: firstOf(added),
    removed: firstOf(removed),
    remarks: await Promise.all(problems.map(viewer.remark)),
    meetings: parts.includes('meetings') ? { before: settingsOf(current.policy), after: settingsOf(policy) } : null,
    calls: await endingCalls(context, viewer, { tid: policy.tid, world: worlds.after, accounts: accounts.after }),
  };
}

interface Worlds {
  readonly before: ReachWorld;
  readonly after: ReachWorld;
}

function worldsOf({ hub }: AdminContext, { policy }: Proposal): Worlds {
  const others = hub.policies.all().flatMap((one) => (one.tid === policy.tid ? [] : [one.policy]));
  return { before: hub.reach.world(), after: createWorld([...others, policy]) };
}

interface BeforeAndAfter {
  readonly before: readonly Account[];
  readonly after: readonly Account[];
  /** False where nobody lists the people: then one stands for each segment. */
  readonly counted: boolean;
}

async function accountsBeforeAndAfter(
  { directory }: AdminContext,
  { policy, current, people }: Proposal,
): Promise<BeforeAndAfter> {
  const known = await directory.people(policy.tid);
  if (known !== null) {
    const before = known.map(({ account }) => account);
    return { before, after: people === null ? before : accountsAfter(known, people), counted: true };
  }
  const examples = [...current.policy.segments, ...policy.segments].flatMap(({ groups, people: named }) => [
    ...groups.map((group) => exampleOf(policy, `group ${group}`, [group])),
    ...named.map((key) => exampleOf(policy, key.slice(key.indexOf(':') + 1), [])),
  ]);
  const all = [exampleOf(policy, 'no segment', []), exampleOf(policy, 'no segment either', []), ...examples];
  return { before: all, after: all, counted: false };
}

/** Who came by themselves stays, whether the list names them or not; who is listed no more is gone. */
function accountsAfter(known: readonly DirectoryPerson[], people: readonly ListedPerson[]): readonly Account[] {
  const listed = new Set(people.map(({ key }) => key));
  const stay = known.filter((person) => !('roles' in person) && !listed.has(person.key));
  return [...people, ...stay].map(({ account }) => account);
}

function exampleOf({ tid, domains }: TenantPolicy, id: string, groups: readonly string[]): Account {
  const account = plainAccount({ key: `${tid}:${id}`, tid, kind: 'internal', mail: '' });
  return { ...account, mail: `@${domains[0] ?? ''}`, groups };
}

interface Summary extends Proposal {
  readonly counted: boolean;
  readonly worlds: Worlds;
}

function summariseChange({ a, b, example }: ReachChange, summary: Summary): ReachChangeSummary {
  const refusal = [example.before, example.after].find((verdict) => !verdict.allowed);
  const isOwn = (account: Account): boolean => account.tid === summary.policy.tid;
  const decided = refusal?.allowed === false ? refusal : null;
  return {
    a: summarisePeople(a, summary),
    b: summarisePeople(b, summary),
    example: { from: nameOf(example.a, isOwn(example.a)), to: nameOf(example.b, isOwn(example.b)) },
    code: decided?.code ?? null,
    policy: decided?.decidedBy.tid === summary.policy.tid ? decided.decidedBy.policy : null,
  };
}

const nameOf = ({ mail }: Account, isOwn: boolean): string => (isOwn ? mail : mail.slice(mail.indexOf('@') + 1));

function summarisePeople(people: AlikePeople, { policy, counted, worlds }: Summary): AlikeSummary {
  const own = people.tid === policy.tid;
  const company = worlds.after.tenant(people.tid)?.name ?? '';
  if (!own) {
    const nothing = { guests: false, hidden: false, segments: null, count: null, people: [] };
    return { company, own, ...nothing };
  }
  const { guests, hidden } = people;
  return {
    ...{ company, own, guests, hidden, segments: commonSegments(people, policy) },
    count: counted ? people.people.length : null,
    people: counted ? people.people.slice(0, PEOPLE_NAMED).map(({ after }) => after.mail) : [],
  };
}

/** A tenant with several domains changes in one line where the change is the same. */
function distinct(changes: readonly ReachChangeSummary[]): readonly ReachChangeSummary[] {
  const known = new Map(changes.map((change) => [JSON.stringify([change.a, change.b, change.code]), change]));
  return [...known.values()];
}

/** For some rules segments make no difference: then people of several are alike. */
function commonSegments({ segments, people }: AlikePeople, policy: TenantPolicy): readonly string[] | null {
  const index = indexOf(policy);
  const first = index.segmentSet(segments);
  return people.every(({ after }) => index.segmentsOf(after) === first) ? segments : null;
}

const firstOf = (accounts: readonly Account[]) => ({
  count: accounts.length,
  people: accounts.slice(0, PEOPLE_NAMED).map(({ mail }) => mail),
});
