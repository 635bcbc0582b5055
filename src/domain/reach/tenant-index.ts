import type { Account, BarrierPolicy, TenantPolicy } from './model.ts';

/** The segments of somebody. Everybody who is in the same ones shares one object. */
export interface SegmentSet {
  /** In the order in which the tenant lists its segments. */
  readonly names: readonly string[];
  /** The active policies that govern these segments. */
  readonly policies: readonly BarrierPolicy[];
}

/** What is looked up again and again in a tenant's policy. */
export interface TenantIndex {
  readonly policy: TenantPolicy;
  segmentsOf(account: Account): SegmentSet;
  /** The one object for these segments, e.g. to ask about a segment where nobody is. */
  segmentSet(names: readonly string[]): SegmentSet;
  /** The names of the teams that somebody is in. */
  teamsOf(account: Account): ReadonlySet<string>;
}

const NO_TEAMS: ReadonlySet<string> = new Set();
const indexes = new WeakMap<TenantPolicy, TenantIndex>();

/** Made once for each policy object: a changed policy is another object. */
export function indexOf(policy: TenantPolicy): TenantIndex {
  const known = indexes.get(policy);
  if (known !== undefined) return known;
  const index = createIndex(policy);
  indexes.set(policy, index);
  return index;
}

function createIndex(policy: TenantPolicy): TenantIndex {
  const order = new Map(policy.segments.map(({ name }, at) => [name, at]));
  const byGroup = collect(policy.segments, (segment) => segment.groups);
  const byPerson = collect(policy.segments, (segment) => segment.people);
  const byMember = collect(policy.teams, (team) => team.members);
  const active = policy.barriers.policies.filter((barrier) => barrier.active);
  const sets = new Map<string, SegmentSet>();
  const ofAccount = new WeakMap<Account, SegmentSet>();

  const segmentSet = (given: readonly string[]): SegmentSet => {
    const names = [...new Set(given)].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    const id = JSON.stringify(names);
    const known = sets.get(id);
    if (known !== undefined) return known;
    const set = { names, policies: active.filter((barrier) => names.includes(barrier.segment)) };
    sets.set(id, set);
    return set;
  };

  return {
    policy,
    segmentSet,
    segmentsOf(account) {
      const known = ofAccount.get(account);
      if (known !== undefined) return known;
      const set = segmentSet([
        ...(byPerson.get(account.key) ?? []),
        ...account.groups.flatMap((group) => [...(byGroup.get(group) ?? [])]),
      ]);
      ofAccount.set(account, set);
      return set;
    },
    teamsOf: (account) => byMember.get(account.key) ?? NO_TEAMS,
  };
}

/** From each key of the named things to the names of those that have it. */
function collect<T extends { readonly name: string }>(
  things: readonly T[],
  keysOf: (thing: T) => readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const thing of things) {
    for (const key of keysOf(thing)) {
      const known = names.get(key);
      if (known === undefined) names.set(key, new Set([thing.name]));
      else known.add(thing.name);
    }
  }
  return names;
}
