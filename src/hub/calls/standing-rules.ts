import type { Clock } from '../clock.ts';
import { createSerial } from './serial.ts';

/**
 * Lets the rules of reach change only between pieces of work that were begun under them: from the question whether somebody
 * may come until everybody is told that they came, the answer stays true.
 */
export interface StandingRules {
  /** The rules stand until the work is done. Never within other such work, which a change may already wait for. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Waits for the work that was begun under the rules as they are, unless that takes too long; what is begun meanwhile waits
   * for the change.
   */
  change<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Work may hang on a directory or a store that does not answer, and people must be parted within 5 s of a change: what comes
 * of that work is looked at again when it is stored.
 */
const WAIT_MS = 2_000;

export function createStandingRules(clock: Pick<Clock, 'after'>): StandingRules {
  const inTurn = createSerial();
  const running = new Set<Promise<unknown>>();
  let changing: Promise<unknown> | null = null;

  const changeNow = async <T>(work: () => Promise<T>): Promise<T> => {
    await new Promise<void>((resolve) => {
      const giveUp = clock.after(WAIT_MS, resolve);
      void Promise.all(running).then(() => {
        giveUp();
        resolve();
      });
    });
    return work();
  };
  return {
    async during(work) {
      while (changing !== null) await changing;
      const result = work();
      const done: Promise<unknown> = result.catch(() => {}).then(() => running.delete(done));
      running.add(done);
      return result;
    },
    change: (work) =>
      inTurn('change', async () => {
        const result = changeNow(work);
        changing = result.catch(() => {});
        return result.finally(() => {
          changing = null;
        });
      }),
  };
}
