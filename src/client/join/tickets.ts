import type { Refusal, Result } from '../../domain/call/refusal.ts';
import type { KnockAnswer } from './join-link.ts';

/** A ticket makes connections for minutes; one that is older than this is not tried any more. */
const FRESH_MS = 60_000;

export interface Tickets {
  /** For the next connection; null where the door refuses to give one, `refusedBecause` says why. Rejects when it is out of reach. */
  next(): Promise<string | null>;
  refusedBecause(): Refusal | null;
}

/**
 * The tickets of one visit: each connection after a while asks the door for another one, which the visitor's cookie makes out
 * to the same person.
 * @param first what the first knock gave
 */
export function createTickets(
  first: string,
  knock: () => Promise<Result<KnockAnswer>>,
  nowMs: () => number = () => performance.now(),
): Tickets {
  let ticket = first;
  let sinceMs = nowMs();
  let refusal: Refusal | null = null;

  return {
    async next() {
      if (nowMs() - sinceMs < FRESH_MS) return ticket;
      const answer = await knock();
      refusal = answer.ok ? null : answer.refusal;
      if (!answer.ok || answer.value.ticket === null) return null;
      ticket = answer.value.ticket;
      sinceMs = nowMs();
      return ticket;
    },
    refusedBecause: () => refusal,
  };
}
