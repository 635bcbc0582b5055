import { accept, type Result } from '../../domain/call/refusal.ts';
import type { TenantPolicy } from '../../domain/reach/model.ts';
import { createSerial } from '../calls/serial.ts';
import type { Clock } from '../clock.ts';
import type { Directory, ListedPerson } from '../directory/directory.ts';
import type { PolicyAuthor, PolicyRevision } from '../store/reach-store.ts';
import type { Store } from '../store/store.ts';
import type { Policies } from './policies.ts';
import { prunePolicy } from './policies-prune.ts';

export interface PolicyApplication {
  readonly policy: TenantPolicy;
  /** Everybody in the tenant, where the list of people changes with the policy; null leaves it as it is. */
  readonly people: readonly ListedPerson[] | null;
  readonly by: PolicyAuthor;
  /** The revision from which the change was made; null where that does not matter. */
  readonly afterRevision: number | null;
}

/** Where policies are looked up and changed while the hub runs. */
export interface PolicyDesk extends Pick<Policies, 'all' | 'of'> {
  /**
   * Stores the policy, and from then on everything is decided by it. Answers when those are parted who may no longer be
   * together, and every page was told to ask for its lists again; what of that fails is tried again by itself. Refuses with
   * `not-found` for a tenant that this hub does not serve, `out-of-turn` when there is a newer revision.
   */
  apply(application: PolicyApplication): Promise<Result<PolicyRevision>>;
  /** Takes what another hub on the same store has applied. */
  refresh(): Promise<void>;
  close(): void;
}

export interface PolicyDeskOptions {
  readonly policies: Policies;
  readonly directory: Pick<Directory, 'takePeople'>;
  readonly store: Pick<Store, 'people' | 'policies' | 'reachAudit' | 'meetings'>;
  readonly clock: Clock;
  /** Looks at everything that is under way again. */
  readonly recheck: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** People must be parted within 5 s of a change. */
const RETRY_MS = 1_000;

export function createPolicyDesk(options: PolicyDeskOptions): PolicyDesk {
  const { policies, directory, store, clock, recheck, onFailure } = options;
  const inTurn = createSerial();
  let cancelRetry = (): void => {};

  /** The change counts already: nobody is told that it failed because what follows from it has to wait. */
  const recheckSurely = async (): Promise<void> => {
    cancelRetry();
    try {
      await recheck();
    } catch (error) {
      onFailure(error);
      cancelRetry = clock.after(RETRY_MS, () => void recheckSurely());
    }
  };
  const refresh = async (): Promise<void> => {
    const changed = await policies.reload();
    if (changed.length === 0) return;
    for (const tid of changed) await directory.takePeople(tid, await store.people.list(tid));
    await recheckSurely();
  };
  return {
    all: policies.all,
    of: policies.of,
    apply: ({ policy, people, by, afterRevision }) =>
      inTurn('policy', async () => {
        const changed = await policies.change({ policy, by, people, afterRevision });
        if (!changed.ok) {
          // Else whoever starts again from what they are shown would be out of turn for ever.
          if (changed.refusal.code === 'out-of-turn') await refresh();
          return changed;
        }
        if (people !== null) await directory.takePeople(policy.tid, people);
        await recheckSurely();
        await prunePolicy(store, policy, clock.nowMs()).catch(onFailure);
        return accept(changed.value);
      }),
    refresh: () => inTurn('policy', refresh),
    close: () => cancelRetry(),
  };
}
