import { createBudget, createBudgets } from './budgets.ts';
import { networkOf } from './network.ts';

/**
 * Bounds what somebody without a sign-in can try. A token has 192 bits: against guessing that alone would do; this is against load
 * and noise, and against one who fills a lobby alone.
 */
export interface Guesses {
  /**
   * Whether a link is answered at all. An address that has used up its wrong guesses is not, wherever the next link leads. While all
   * of them have used up theirs together, one that has guessed wrong before is not, and nothing that leads nowhere is: whoever
   * only opens the link that they were given is never kept out by others.
   */
  mayTry(address: string, leadsSomewhere: boolean): boolean;
  wrong(address: string): void;
  /** Whether one more new person may come to the meeting from this address; counted. */
  mayBring(address: string, meetingId: string): boolean;
}

const OF_ONE = { perSecond: 0.1, burst: 10 };
const OF_ALL = { perSecond: 5, burst: 300 };
/** New people from one network to one meeting: a company at one address, or one person again and again under other names. */
const NEWCOMERS = { perSecond: 0.1, burst: 30 };
/** More addresses than that do not guess within the time in which a budget fills up again. */
const MOST_ADDRESSES = 10_000;

export function createGuesses(nowMs: () => number): Guesses {
  const all = createBudget(OF_ALL);
  const byNetwork = createBudgets(OF_ONE, MOST_ADDRESSES);
  const newcomers = createBudgets(NEWCOMERS, MOST_ADDRESSES);
  return {
    mayTry(address, leadsSomewhere) {
      const own = byNetwork.known(networkOf(address));
      if (own?.hasSome(nowMs()) === false) return false;
      return all.hasSome(nowMs()) || (own === undefined && leadsSomewhere);
    },
    wrong(address) {
      all.take(nowMs());
      byNetwork.of(networkOf(address)).take(nowMs());
    },
    mayBring(address, meetingId) {
      const budget = newcomers.of(`${networkOf(address)} ${meetingId}`);
      const may = budget.hasSome(nowMs());
      budget.take(nowMs());
      return may;
    },
  };
}
