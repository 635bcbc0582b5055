import type { SignalPayload } from '../../protocol/types.ts';

export type CandidatePayload = Extract<SignalPayload, { type: 'candidate' }>;

/** Candidates may come before the description they belong to: they wait here, by their ICE user fragment. */
export interface CandidateBox {
  /** The candidates that belong to this remote description and came before it. */
  takeFor(sdp: string): readonly CandidatePayload[];
  /** True: it belongs to the description taken last, and may be added. False: it waits, or is too old. */
  accept(candidate: CandidatePayload): boolean;
  clear(): void;
}

/** Two generations of candidates of a machine with many addresses. */
const CAPACITY = 64;

export function createCandidateBox(): CandidateBox {
  let waiting: CandidatePayload[] = [];
  let current: ReadonlySet<string> = new Set();
  const belongs = (candidate: CandidatePayload): boolean => {
    const fragment = userFragment(candidate);
    // Some browsers leave it out: then the only guess is the present generation.
    return fragment === null ? current.size > 0 : current.has(fragment);
  };

  return {
    takeFor(sdp) {
      current = new Set(Array.from(sdp.matchAll(/^a=ice-ufrag:(\S+)/gm), (match) => match[1] ?? ''));
      const ready = waiting.filter(belongs);
      waiting = waiting.filter((candidate) => !belongs(candidate));
      return ready;
    },
    accept(candidate) {
      if (belongs(candidate)) return true;
      waiting.push(candidate);
      if (waiting.length > CAPACITY) waiting.shift();
      return false;
    },
    clear() {
      waiting = [];
      current = new Set();
    },
  };
}

function userFragment({ usernameFragment, candidate }: CandidatePayload): string | null {
  return usernameFragment ?? / ufrag (\S+)/.exec(candidate)?.[1] ?? null;
}
