import type { Account, BarrierPolicy, TenantPolicy } from './model.ts';

/** The segments of somebody. Everybody who is in the same ones shares one object. */
export interface SegmentSet {
  /** Sorted. */
  readonly names: readonly string[];
  /** The active policies that govern these segments. */
  readonly policies: readonly BarrierPolicy[];
  /** There may be more of them: the groups that decide have not been read. */
  readonly isUnread: boolean;
}

/** What is looked up again and again in a tenant's policy. */
export interface TenantIndex {
  readonly policy: TenantPolicy;
  segmentsOf(account: Account): SegmentSet;
  /** The one object for these segments, e.g. to ask about a segment where nobody is. */
  segmentSet(names: readonly string[]): SegmentSet;
  /** The teams that somebody is in, by their places in the policy: two teams may have one name. */
  teamsOf(account: Account): ReadonlySet<number>;
}

const NO_TEAMS: ReadonlySet<number> = new Set();
const indexes = new WeakMap<TenantPolicy, TenantIndex>();

/** Whether the groups of people make any difference to the tenant's rules. */
export const needsGroups = ({ segments, barriers }: TenantPolicy): boolean =>
  segments.some(({ groups }) => groups.length > 0) && barriers.policies.some(({ active }) => active);

/** Made once for each policy object: a changed policy is another object. */
export function indexOf(policy: TenantPolicy): TenantIndex {
  const known = indexes.get(policy);
  if (known !== undefined) return known;
  const index = createIndex(policy);
  indexes.set(policy, index);
  return index;
}

function createIndex(policy: TenantPolicy): TenantIndex {
  const byGroup = collect(policy.segments.map((segment) => segment.groups));
  const byPerson = collect(policy.segments.map((segment) => segment.people));
  const byMember = collect(policy.teams.map((team) => team.members));
  const active = policy.barriers.policies.filter((barrier) => barrier.active);
  const areGroupsNeeded = needsGroups(policy);
  const sets = new Map<string, SegmentSet>();
  const ofAccount = new WeakMap<Account, SegmentSet>();

  const segmentSet = (given: readonly string[], isUnread = false): SegmentSet => {
    const names = [...new Set(given)].sort();
    const id = JSON.stringify([isUnread, names]);
    const known = sets.get(id);
    if (known !== undefined) return known;
    const set = { names, policies: active.filter((barrier) => names.includes(barrier.segment)), isUnread };
    sets.set(id, set);
    return set;
  };
  const segmentNames = (places: Iterable<number>): readonly string[] =>
    [...places].flatMap((place) => policy.segments[place]?.name ?? []);

  return {
    policy,
    segmentSet: (names) => segmentSet(names),
    segmentsOf(account) {
      const known = ofAccount.get(account);
      if (known !== undefined) return known;
      const set = segmentSet(
        [
          ...segmentNames(byPerson.get(account.key) ?? []),
          ...(account.groups ?? []).flatMap((group) => segmentNames(byGroup.get(group) ?? [])),
        ],
        areGroupsNeeded && account.groups === null,
      );
      ofAccount.set(account, set);
      return set;
    },
    teamsOf: (account) => byMember.get(account.key) ?? NO_TEAMS,
  };
}

/** From each key in the lists to the places of the lists that have it. */
function collect(lists: readonly (readonly string[])[]): ReadonlyMap<string, ReadonlySet<number>> {
  const places = new Map<string, Set<number>>();
  for (const [place, keys] of lists.entries()) {
    for (const key of keys) {
      const known = places.get(key);
      if (known === undefined) places.set(key, new Set([place]));
      else known.add(place);
    }
  }
  return places;
}
