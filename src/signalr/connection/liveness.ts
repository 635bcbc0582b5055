import type { Limits } from '../limits.ts';

/** `closing`: a close was sent, the socket isn't gone yet. */
export type Phase = 'handshake' | 'open' | 'closing' | 'closed';

/** All times are on the monotonic clock, in milliseconds. */
export interface ConnectionTimes {
  readonly phase: Phase;
  readonly phaseSinceMs: number;
  /** Undefined: the client can't be late, as it was never heard or isn't listened to. */
  readonly lastHeardMs: number | undefined;
  readonly lastSentAtMs: number;
}

export type Due = 'nothing' | 'ping' | 'handshakeTimeout' | 'clientTimeout' | 'closeTimeout';

/** What time asks of a connection now. */
export function whatIsDue(times: ConnectionTimes, nowMs: number, limits: Limits): Due {
  const { phase, phaseSinceMs, lastHeardMs = nowMs, lastSentAtMs } = times;
  switch (phase) {
    case 'handshake':
      return nowMs - phaseSinceMs >= limits.handshakeTimeoutMs ? 'handshakeTimeout' : 'nothing';
    case 'open':
      if (nowMs - lastHeardMs >= limits.clientTimeoutMs) return 'clientTimeout';
      return nowMs - lastSentAtMs >= limits.keepAliveMs ? 'ping' : 'nothing';
    case 'closing':
    case 'closed':
      return nowMs - phaseSinceMs >= limits.closeTimeoutMs ? 'closeTimeout' : 'nothing';
  }
}
