import { createLinkHealthMonitor, type LinkHealthMonitor } from '../../src/client/media/link-health.ts';
import { createNegotiation, type Negotiation } from '../../src/client/media/negotiation.ts';
import type { LinkState } from '../../src/client/types.ts';
import type { SignalPayload } from '../../src/protocol/types.ts';
import { canReach, createFakePeer, type FakePeer } from './media-fake-peer.ts';

/** Two pages that negotiate over bad signalling, in simulated time. Everything follows from the seed. */
export interface SignallingFaults {
  readonly lossRatio: number;
  readonly repeatRatio: number;
  /** Each message takes up to this long, so that later ones overtake earlier ones. */
  readonly maxDelayMs: number;
}

export type SideName = 'polite' | 'impolite';

export interface Simulation {
  run(forMs: number): Promise<void>;
  runUntil(condition: () => boolean, atMostMs: number): Promise<boolean>;
  connected(): boolean;
  stateOf(side: SideName): LinkState;
  peerOf(side: SideName): FakePeer;
  restartIce(side: SideName): void;
  /** The page is loaded anew: nothing of it is left but its person. */
  reload(side: SideName): void;
  setFaults(faults: SignallingFaults): void;
  /** Whether media packets can pass at all. */
  setNetwork(up: boolean): void;
  /** Hands a side the last message of that kind once more. */
  repeatLast(to: SideName, type: SignalPayload['type']): void;
  peersOpened(): number;
  wrongAnswers(): number;
}

export const PERFECT: SignallingFaults = { lossRatio: 0, repeatRatio: 0, maxDelayMs: 20 };
export const GONE: SignallingFaults = { lossRatio: 1, repeatRatio: 0, maxDelayMs: 0 };

interface Side {
  readonly negotiation: Negotiation<FakePeer>;
  readonly health: LinkHealthMonitor;
  readonly vitals: { state: LinkState; heardAtMs: number | null };
}

interface Message {
  readonly atMs: number;
  readonly to: SideName;
  readonly payload: SignalPayload;
}

const STEP_MS = 50;
const TICK_MS = 500;
const other = (side: SideName): SideName => (side === 'polite' ? 'impolite' : 'polite');

export function createSimulation(seed: number, initialFaults: SignallingFaults): Simulation {
  const random = randomOf(seed);
  const opened: FakePeer[] = [];
  const sent: Message[] = [];
  let faults = initialFaults;
  let networkUp = true;
  let nowMs = 0;
  let messages: Message[] = [];
  let ids = 0;

  function post(to: SideName, payload: SignalPayload): void {
    const copies = random() < faults.repeatRatio ? 2 : 1;
    for (let i = 0; i < copies; i += 1) {
      if (random() < faults.lossRatio) continue;
      const message = { atMs: nowMs + random() * faults.maxDelayMs, to, payload };
      messages.push(message);
      sent.push(message);
    }
  }

  function open(name: SideName): Side {
    const vitals: Side['vitals'] = { state: 'connecting', heardAtMs: null };
    return {
      vitals,
      health: createLinkHealthMonitor(nowMs),
      negotiation: createNegotiation<FakePeer>({
        polite: name === 'polite',
        send: (payload) => post(other(name), payload),
        openPeer() {
          const peer = createFakePeer(name === 'impolite');
          opened.push(peer);
          vitals.heardAtMs = null;
          return peer;
        },
        prepareAnswer: () => undefined,
        onNegotiated: () => undefined,
        isAlive: () => vitals.heardAtMs !== null && nowMs - vitals.heardAtMs < 1000,
        nowMs: () => nowMs,
        newId() {
          ids += 1;
          return `c${ids}`;
        },
      }),
    };
  }

  const sides: Record<SideName, Side> = { polite: open('polite'), impolite: open('impolite') };
  const peerOf = (name: SideName): FakePeer => sides[name].negotiation.peer();
  const hasPath = (): boolean => networkUp && canReach(peerOf('polite'), peerOf('impolite'));
  const connected = (): boolean =>
    hasPath() && sides.polite.vitals.state === 'connected' && sides.impolite.vitals.state === 'connected';

  function check(side: Side): void {
    side.negotiation.tick();
    const { state, remedy } = side.health.check({
      nowMs,
      connectionState: side.negotiation.peer().connectionState,
      heardAtMs: side.vitals.heardAtMs,
      negotiatedAtMs: side.negotiation.negotiatedAtMs(),
    });
    side.vitals.state = state;
    if (remedy === 'restart-ice') side.negotiation.restartIce();
    if (remedy === 'start-over') side.negotiation.startOver();
  }

  async function step(): Promise<void> {
    nowMs += STEP_MS;
    const due = messages.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs);
    messages = messages.filter(({ atMs }) => atMs > nowMs);
    for (const { to, payload } of due) sides[to].negotiation.receive(structuredClone(payload));
    await settle();
    for (const side of Object.values(sides)) {
      if (!hasPath()) continue;
      side.vitals.heardAtMs = nowMs;
      side.negotiation.peer().connectionState = 'connected';
    }
    if (nowMs % TICK_MS === 0) for (const side of Object.values(sides)) check(side);
    await settle();
  }

  async function runUntil(condition: () => boolean, atMostMs: number): Promise<boolean> {
    const endMs = nowMs + atMostMs;
    while (nowMs < endMs) {
      await step();
      if (condition()) return true;
    }
    return false;
  }

  return {
    runUntil,
    run: async (forMs) => void (await runUntil(() => false, forMs)),
    connected,
    stateOf: (name) => sides[name].vitals.state,
    peerOf,
    restartIce: (name) => sides[name].negotiation.restartIce(),
    reload(name) {
      sides[name].negotiation.dispose();
      sides[name] = open(name);
    },
    setFaults(next) {
      faults = next;
    },
    setNetwork(up) {
      networkUp = up;
    },
    repeatLast(to, type) {
      const message = sent.filter((candidate) => candidate.to === to && candidate.payload.type === type).at(-1);
      if (message !== undefined) messages.push({ ...message, atMs: nowMs });
    },
    peersOpened: () => opened.length,
    wrongAnswers: () => opened.reduce((total, peer) => total + peer.wrongAnswers, 0),
  };
}

/** Every promise chain of negotiation is shorter than this. */
async function settle(): Promise<void> {
  for (let i = 0; i < 40; i += 1) await Promise.resolve();
}

function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
