import { accept, type Result } from '../../domain/call/refusal.ts';
import type { TenantPolicy } from '../../domain/reach/model.ts';
import { createSerial } from '../calls/serial.ts';
import type { Directory, ListedPerson } from '../directory/directory.ts';
import type { PolicyAuthor, PolicyRevision } from '../store/reach-store.ts';
import type { Policies } from './policies.ts';

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
   * together, and every page was told to ask for its lists again. Refuses with `not-found` for a tenant that this hub does
   * not serve, `out-of-turn` when there is a newer revision.
   */
  apply(application: PolicyApplication): Promise<Result<PolicyRevision>>;
  /** Something about people has changed in the directory. */
  peopleChanged(): Promise<void>;
}

export interface PolicyDeskOptions {
  readonly policies: Policies;
  readonly directory: Pick<Directory, 'replacePeople'>;
  /** Looks at everything that is under way again. */
  readonly recheck: () => Promise<void>;
}

export function createPolicyDesk({ policies, directory, recheck }: PolicyDeskOptions): PolicyDesk {
  const inTurn = createSerial();
  return {
    all: policies.all,
    of: policies.of,
    apply: ({ policy, people, by, afterRevision }) =>
      inTurn('policy', async () => {
        const changed = await policies.change({ policy, by, withPeople: people !== null, afterRevision });
        if (!changed.ok) return changed;
        try {
          if (people !== null) await directory.replacePeople(policy.tid, people);
        } finally {
          await recheck();
        }
        return accept(changed.value);
      }),
    peopleChanged: recheck,
  };
}
