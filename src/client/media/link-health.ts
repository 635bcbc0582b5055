import type { LinkState } from '../types.ts';

/** What is known of a connection at one moment. Times in ms on one clock. */
export interface LinkFacts {
  readonly nowMs: number;
  readonly connectionState: RTCPeerConnectionState;
  /** When something of the peer last arrived on this connection; null before the first. */
  readonly heardAtMs: number | null;
  /** When a description of the peer was last set on this connection; null before the first. */
  readonly negotiatedAtMs: number | null;
}

/** `start-over`: a new connection, because restarting ICE on this one has not helped. */
export type LinkRemedy = 'none' | 'restart-ice' | 'start-over';

export interface LinkHealth {
  readonly state: LinkState;
  readonly remedy: LinkRemedy;
}

export interface LinkHealthMonitor {
  /** To be called about twice a second; each remedy is named once and its effect awaited. */
  check(facts: LinkFacts): LinkHealth;
  /** The network changed or signalling is back: what is broken is tried again at once. */
  hasten(): void;
}

/** Browsers take 6 to 7 s to call a dead connection `disconnected`; media and keep-alives come several times a second. */
const SILENCE_MS = 2000;
/** A negotiated connection that finds no path for so long has none: a firewall, not a passing fault. */
const NO_PATH_MS = 20_000;
/** Time for a restart to be negotiated over a slow way and for the checks after it; then longer and longer. */
const RESTART_AFTER_MS = [0, 4000, 6000, 8000] as const;
const RESTART_LATEST_MS = 10_000;
/** Restarts that were negotiated and still did not help: DTLS may be broken, only a new connection mends that. */
const RESTARTS_BEFORE_START_OVER = 3;
/** Restarts that nobody answers for so long are meant for a peer that is no more, if signalling works at all. */
const UNANSWERED_MS = 30_000;
/** A first connection gets this long before it is helped: checks, relays and DTLS take their time. */
const FIRST_CONNECT_MS = 8000;

interface Outage {
  readonly startedAtMs: number;
  /** The first moment in it at which both sides had negotiated: from then on a path could be found. */
  negotiatedAtMs: number | null;
  lastRemedyAtMs: number | null;
  remedies: number;
  fruitless: number;
  /** The last sign that restarting still has a chance: the beginning, an answer, a new connection. */
  hopefulAtMs: number;
}

export function createLinkHealthMonitor(nowMs: number): LinkHealthMonitor {
  let everConnected = false;
  let hasty = false;
  let outage: Outage | null = newOutage(nowMs);

  function check(facts: LinkFacts): LinkHealth {
    if (isHealthy(facts)) {
      everConnected = true;
      outage = null;
      hasty = false;
      return { state: 'connected', remedy: 'none' };
    }
    outage ??= newOutage(facts.nowMs);
    noteNegotiation(outage, facts);
    const remedy = remedyFor(outage, facts);
    hasty = false;
    return { state: stateOf(outage, facts), remedy };
  }

  function stateOf(current: Outage, { nowMs: now }: LinkFacts): LinkState {
    if (current.negotiatedAtMs !== null && now - current.negotiatedAtMs >= NO_PATH_MS) return 'no-path';
    return everConnected ? 'reconnecting' : 'connecting';
  }

  function remedyFor(current: Outage, facts: LinkFacts): LinkRemedy {
    // Nothing to mend before the peer has answered for the first time.
    if (facts.negotiatedAtMs === null || !isDue(current, facts)) return 'none';
    if (current.lastRemedyAtMs !== null && facts.negotiatedAtMs > current.lastRemedyAtMs) {
      current.fruitless += 1;
      current.hopefulAtMs = facts.nowMs;
    }
    current.lastRemedyAtMs = facts.nowMs;
    current.remedies += 1;
    const isHopeless = facts.nowMs - current.hopefulAtMs > UNANSWERED_MS;
    if (current.fruitless < RESTARTS_BEFORE_START_OVER && !isHopeless) return 'restart-ice';
    current.fruitless = 0;
    current.hopefulAtMs = facts.nowMs;
    return 'start-over';
  }

  function isDue(current: Outage, facts: LinkFacts): boolean {
    if (hasty) return true;
    if (!everConnected && current.remedies === 0) {
      return facts.connectionState === 'failed' || facts.nowMs - (facts.negotiatedAtMs ?? 0) >= FIRST_CONNECT_MS;
    }
    const waitMs = RESTART_AFTER_MS[current.remedies] ?? RESTART_LATEST_MS;
    return facts.nowMs - (current.lastRemedyAtMs ?? current.startedAtMs) >= waitMs;
  }

  return {
    check,
    hasten() {
      // A first connection is under way anyway.
      hasty = outage !== null && everConnected;
    },
  };
}

function newOutage(nowMs: number): Outage {
  return {
    startedAtMs: nowMs,
    negotiatedAtMs: null,
    lastRemedyAtMs: null,
    remedies: 0,
    fruitless: 0,
    hopefulAtMs: nowMs,
  };
}

/** Descriptions from before the outage say nothing of the present: its first negotiation starts the clock. */
function noteNegotiation(outage: Outage, { negotiatedAtMs }: LinkFacts): void {
  if (negotiatedAtMs !== null && negotiatedAtMs >= outage.startedAtMs) outage.negotiatedAtMs ??= negotiatedAtMs;
}

/** Connected by name is not enough: something has to come through. */
function isHealthy({ connectionState, heardAtMs, nowMs }: LinkFacts): boolean {
  if (connectionState === 'failed' || connectionState === 'closed' || connectionState === 'new') return false;
  return heardAtMs !== null && nowMs - heardAtMs < SILENCE_MS;
}
