import type { PersonKey } from '../../domain/call/state.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory/directory.ts';
import { DirectoryError } from '../directory/directory-error.ts';
import { askerOf, type Peer } from '../people/peer.ts';

/** Notices what becomes of people while they are connected, and has everything looked at again that it concerns. */
export interface AccountsWatch {
  close(): void;
}

export interface AccountsWatchOptions {
  readonly directory: Pick<Directory, 'person' | 'onChanged'>;
  readonly clock: Clock;
  /** One page of everybody who is connected. */
  readonly pages: () => readonly Peer[];
  /** The rules see these people differently. When it fails it is tried again. */
  readonly recheck: (people: readonly PersonKey[]) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** So often people who are connected are looked up; a directory elsewhere is asked when what it said is ten minutes old. */
const LOOK_UP_MS = 5 * 60_000;
/** People must be parted within 5 s of a change. */
const RETRY_MS = 1_000;

export function createAccountsWatch(options: AccountsWatchOptions): AccountsWatch {
  const { directory, clock, pages, recheck, onFailure } = options;
  let changed = new Set<PersonKey>();
  let isBusy = false;
  let isClosed = false;
  let cancelRetry = (): void => {};
  let cancelLookUp = (): void => {};

  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    while (changed.size > 0 && !isClosed) {
      const people = changed;
      changed = new Set();
      try {
        await recheck([...people]);
      } catch (error) {
        onFailure(error);
        changed = new Set([...people, ...changed]);
        break;
      }
    }
    isBusy = false;
    if (changed.size > 0 && !isClosed) cancelRetry = clock.after(RETRY_MS, () => void work());
  };
  /** One after the other: nobody waits for it, and directories count requests. */
  const lookUpAll = async (): Promise<void> => {
    for (const page of pages()) {
      if (isClosed) return;
      try {
        await directory.person(page.person, askerOf(page));
      } catch (error) {
        // Says nothing new of them: what is known of them counts for as long as it may.
        if (!(error instanceof DirectoryError)) onFailure(error);
      }
    }
    later();
  };
  const later = (): void => {
    if (!isClosed) cancelLookUp = clock.after(LOOK_UP_MS, () => void lookUpAll());
  };
  const unsubscribe = directory.onChanged((people) => {
    changed = new Set([...changed, ...people]);
    void work();
  });
  later();
  return {
    close() {
      isClosed = true;
      unsubscribe();
      cancelRetry();
      cancelLookUp();
    },
  };
}
