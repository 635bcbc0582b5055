import { isDeepStrictEqual } from 'node:util';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { ReachWorld, TenantPolicy } from '../../domain/reach/model.ts';
import { createWorld } from '../../domain/reach/world.ts';
import type { ListedPerson } from '../directory/person.ts';
import type { PolicyAuthor, PolicyRevision, PolicyStore, ReachRecord } from '../store/reach-store.ts';
import { changedParts } from './changed-parts.ts';

/** What tenants start with, before anybody has decided anything. */
export interface PolicySeeds {
  readonly policies: readonly TenantPolicy[];
  /**
   * `file`: the whole policy, and again whenever the file has changed, until somebody applies another one by hand.
   * `configuration`: only its name and domains, at every start; the rest is the tenant's own.
   */
  readonly from: 'file' | 'configuration';
}

export interface PolicyChange {
  readonly policy: TenantPolicy;
  readonly by: PolicyAuthor;
  /** Everybody in the tenant, where the list of people is replaced with it. */
  readonly people: readonly ListedPerson[] | null;
  /** The revision that the change was made from: when there is a newer one it is refused. null = whatever there is. */
  readonly afterRevision: number | null;
}

/** What the tenants of this hub have decided, as it stands in the store; the world is made anew with each change. */
export interface Policies {
  world(): ReachWorld;
  all(): readonly PolicyRevision[];
  of(tid: string): PolicyRevision | undefined;
  /**
   * All of it in one transaction. Refuses with `not-found` for a tenant that this hub does not serve, `out-of-turn` when
   * somebody else was quicker.
   */
  change(change: PolicyChange): Promise<Result<PolicyRevision>>;
  /** Whether another hub on the same store has changed something. */
  isOutdated(): Promise<boolean>;
  /** Takes what another hub on the same store has changed. @returns the tenants that it has changed */
  reload(): Promise<readonly string[]>;
}

export interface PoliciesOptions {
  readonly store: PolicyStore;
  readonly seeds: PolicySeeds;
  readonly nowMs: () => number;
  readonly newReference: () => string;
}

/** Reads the policies from the store, where they are the truth, and puts there what the seeds say and it lacks. */
export async function createPolicies({ store, seeds, nowMs, newReference }: PoliciesOptions): Promise<Policies> {
  const stored = new Map((await store.current()).map((revision) => [revision.tid, revision]));
  const current = new Map<string, PolicyRevision>();

  const add = async (
    policy: TenantPolicy,
    by: PolicyAuthor,
    people: readonly ListedPerson[] | null = null,
  ): Promise<PolicyRevision | null> => {
    const { tid } = policy;
    const before = current.get(tid) ?? stored.get(tid);
    const revision = { tid, revision: (before?.revision ?? 0) + 1, policy, by, atMs: nowMs() };
    const changed = changedParts(before?.policy, policy);
    const record: ReachRecord = {
      tid,
      reference: newReference(),
      atMs: revision.atMs,
      what: {
        kind: 'policy-changed',
        by,
        revision: revision.revision,
        changed: people === null ? changed : [...changed, 'people'],
      },
    };
    return (await store.add(revision, record, people)) ? revision : null;
  };

  for (const seed of seeds.policies) {
    const before = stored.get(seed.tid);
    const wanted = startingPolicy(seed, before, seeds.from);
    const isNew = before === undefined || !isDeepStrictEqual(wanted, before.policy);
    const written = isNew ? await add(wanted, seeds.from) : before;
    // Another hub on the same database may be starting too, and have been quicker.
    const now = written ?? (await store.current()).find(({ tid }) => tid === seed.tid);
    if (now === undefined) throw new Error(`the policy of ${seed.tid} is neither written nor there`);
    current.set(seed.tid, now);
  }
  const makeWorld = (): ReachWorld => createWorld([...current.values()].map(({ policy }) => policy));
  let world = makeWorld();

  return {
    world: () => world,
    all: () => [...current.values()],
    of: (tid) => current.get(tid),
    async isOutdated() {
      const newest = await store.newest();
      return [...current.values()].some(({ tid, revision }) => (newest.get(tid) ?? 0) > revision);
    },
    async reload() {
      const changed = (await store.current()).filter((one) => {
        const known = current.get(one.tid);
        return known !== undefined && one.revision > known.revision;
      });
      for (const one of changed) current.set(one.tid, one);
      world = makeWorld();
      return changed.map(({ tid }) => tid);
    },
    async change({ policy, by, people, afterRevision }) {
      const before = current.get(policy.tid);
      if (before === undefined) return refuse('not-found', 'no such tenant');
      if (afterRevision !== null && afterRevision !== before.revision) return refuse('out-of-turn', 'a newer revision');
      const revision = await add(policy, by, people);
      if (revision === null) return refuse('out-of-turn', 'a newer revision');
      current.set(policy.tid, revision);
      world = makeWorld();
      return accept(revision);
    },
  };
}

/** What somebody has applied by hand stays, whatever the file says. */
function startingPolicy(
  seed: TenantPolicy,
  before: PolicyRevision | undefined,
  from: PolicySeeds['from'],
): TenantPolicy {
  if (before === undefined) return seed;
  if (from === 'configuration') return { ...before.policy, name: seed.name, domains: seed.domains };
  return before.by === 'file' ? seed : before.policy;
}

/** What a tenant has decided that has decided nothing: open to other tenants, no barriers, guests within their teams. */
export const defaultPolicy = (tenant: Pick<TenantPolicy, 'tid' | 'name' | 'domains'>): TenantPolicy => ({
  ...tenant,
  segments: [],
  barriers: { mode: 'single', legacy: false, policies: [] },
  external: { enabled: true, mode: { kind: 'open' } },
  guests: { enabled: true, reach: 'teams' },
  teams: [],
  auditRetentionDays: 180,
});
