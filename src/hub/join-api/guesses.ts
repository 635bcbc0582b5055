import { isIPv6 } from 'node:net';

/** Counts tokens that lead nowhere. A token has 192 bits: this is against load and noise, and bounds what anybody can try. */
export interface Guesses {
  /** Whether a link from this address is looked at, before it is. */
  mayTry(address: string): boolean;
  wrong(address: string): void;
}

const OF_ONE = { perSecond: 0.1, burst: 10 };
const OF_ALL = { perSecond: 5, burst: 300 };
/** More addresses than that do not guess within the time in which a bucket fills up again. */
const MOST_ADDRESSES = 10_000;

export function createGuesses(nowMs: () => number): Guesses {
  const all = createBudget(OF_ALL);
  const byAddress = new Map<string, Budget>();

  const budgetOf = (address: string): Budget => {
    const network = networkOf(address);
    const budget = byAddress.get(network) ?? createBudget(OF_ONE);
    byAddress.delete(network);
    byAddress.set(network, budget);
    const [oldest] = byAddress.keys();
    if (byAddress.size > MOST_ADDRESSES && oldest !== undefined) byAddress.delete(oldest);
    return budget;
  };
  return {
    mayTry: (address) => all.hasSome(nowMs()) && (byAddress.get(networkOf(address))?.hasSome(nowMs()) ?? true),
    wrong(address) {
      all.take(nowMs());
      budgetOf(address).take(nowMs());
    },
  };
}

interface Budget {
  hasSome(nowMs: number): boolean;
  take(nowMs: number): void;
}

/** As a token bucket, and one can look whether something is left before it is known what it is for. */
function createBudget({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }): Budget {
  let left = burst;
  let lastMs: number | null = null;
  const settle = (nowMs: number): void => {
    const passedMs = lastMs === null ? 0 : Math.max(0, nowMs - lastMs);
    left = Math.min(burst, left + (passedMs / 1000) * perSecond);
    lastMs = Math.max(lastMs ?? nowMs, nowMs);
  };
  return {
    hasSome(nowMs) {
      settle(nowMs);
      return left >= 1;
    },
    take(nowMs) {
      settle(nowMs);
      left = Math.max(0, left - 1);
    },
  };
}

/** Whoever has an IPv6 address mostly has a whole /64 of them. */
const networkOf = (address: string): string =>
  isIPv6(address) && !address.startsWith('::ffff:') ? prefixOf(address) : address;

function prefixOf(address: string): string {
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::', 2);
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
