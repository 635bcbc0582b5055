import { type Signal, signal } from '@preact/signals-core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStillSharing, type StillSharing } from '../../src/client/call/still-sharing.ts';
import type { ConnectionStatus, RelayPayload } from '../../src/client/types.ts';
import type { ImageMark } from '../../src/domain/annotation/types.ts';
import { initialCall, NO_MEDIA } from '../../src/domain/call/initial.ts';
import { accept, type Result, refuse } from '../../src/domain/call/refusal.ts';
import type { CallState, Participant } from '../../src/domain/call/state.ts';
import { createStills, type Stills } from '../../src/join/call/stills.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Line = 'up' | 'down';
type Listener = (from: string, payload: RelayPayload) => void;

const person = (key: string, state: Participant['state']): Participant => ({
  person: key,
  name: key,
  state,
  rungBy: null,
  device: { id: key, kind: key === 'agent' ? 'desk' : 'phone' },
  media: NO_MEDIA,
  camera: null,
  spaceEpoch: 0,
  tracking: false,
});
const mark = (u: number): ImageMark => ({ shape: 'arrow', colour: 'blue', points: [[u, 0.5]], aspect: 1 });

/** A desk, a phone and a hub that loses everything for whoever is not there. */
function createWorld() {
  const lines: Record<string, Line> = { agent: 'up', me: 'up' };
  const listeners: Record<string, Listener | null> = { agent: null, me: null };
  const state: Signal<CallState> = signal(stateNow());
  const status = signal<ConnectionStatus>('online');
  const world = { marks: [] as readonly ImageMark[], sharedId: null as string | null, ids: 0, refuses: false };

  function stateNow(): CallState {
    const people = ['agent', 'me'].map((key) => person(key, lines[key] === 'up' ? 'joined' : 'reconnecting'));
    return {
      ...initialCall('c'),
      phase: 'open',
      participants: Object.fromEntries(people.map((one) => [one.person, one])),
    };
  }

  const sessionOf = (self: string, isGone: () => boolean) => ({
    state,
    onRelay(listener: Listener) {
      listeners[self] = listener;
      return () => {
        if (listeners[self] === listener) listeners[self] = null;
      };
    },
    async sendRelay(to: string, payload: RelayPayload): Promise<Result<null> | null> {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (lines[self] === 'down' || isGone()) return null;
      if (world.refuses) return refuse('too-many-requests');
      if (lines[to] === 'up') setTimeout(() => lines[to] === 'up' && listeners[to]?.(self, payload), 30);
      return accept(null);
    },
  });

  /** A page that is loaded anew says no goodbye. */
  let desks = 0;
  function openDesk(): StillSharing {
    desks += 1;
    const own = desks;
    return createStillSharing({
      me: 'agent',
      session: sessionOf('agent', () => desks !== own),
      onRefused: ({ code }) => {
        throw new Error(code);
      },
    });
  }
  const openPhone = (): Stills =>
    createStills({
      session: sessionOf('me', () => false),
      me: 'me',
      status,
      decode: async ([id]) => ({ id, close: () => undefined }) as unknown as ImageBitmap,
      nowMs: () => performance.now(),
    });
  let desk = openDesk();
  let phone = openPhone();

  function setLine(who: string, line: Line): void {
    lines[who] = line;
    state.value = stateNow();
    if (who === 'me') status.value = line === 'up' ? 'online' : 'reconnecting';
  }

  function replaceDesk(): void {
    const before = desk;
    desk = openDesk();
    before.dispose();
    world.sharedId = null;
  }

  return {
    world,
    setLine,
    shown: () => phone.current.value,
    reception: () => desk.reception.value,
    freeze() {
      world.ids += 1;
      world.sharedId = `still-${world.ids}`;
      world.marks = [];
      const jpeg = new Uint8Array([world.ids]);
      desk.share({ to: 'me', stillId: world.sharedId, jpeg, marks: () => world.marks });
    },
    draw() {
      world.marks = [...world.marks, mark(world.marks.length / 100)];
      desk.touch();
    },
    stop() {
      world.sharedId = null;
      desk.end();
    },
    dismiss: () => phone.dismiss(),
    reloadDesk() {
      setLine('agent', 'down');
      replaceDesk();
      setLine('agent', 'up');
    },
    /** So quick that nobody is told. */
    blinkDesk: replaceDesk,
    reloadPhone() {
      setLine('me', 'down');
      phone.dispose();
      phone = openPhone();
      setLine('me', 'up');
    },
    dispose() {
      desk.dispose();
      phone.dispose();
    },
  };
}

type World = ReturnType<typeof createWorld>;
const DEEDS: Readonly<Record<string, (world: World) => void>> = {
  freeze: (world) => {
    if (world.world.sharedId === null) world.freeze();
  },
  draw: (world) => {
    if (world.world.sharedId !== null) world.draw();
  },
  stop: (world) => world.stop(),
  'phone is cut off': (world) => world.setLine('me', 'down'),
  'phone is back': (world) => world.setLine('me', 'up'),
  'desk is cut off': (world) => world.setLine('agent', 'down'),
  'desk is back': (world) => world.setLine('agent', 'up'),
  'phone is reloaded': (world) => world.reloadPhone(),
  'desk is reloaded': (world) => world.reloadDesk(),
  'desk is reloaded at once': (world) => world.blinkDesk(),
  dismiss: (world) => world.dismiss(),
  'hub is busy': ({ world }) => {
    world.refuses = true;
  },
  'hub is free': ({ world }) => {
    world.refuses = false;
  },
};
/** Mostly drawing: so most histories end with something to see. */
const deed = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('freeze', 'draw') },
  { weight: 3, arbitrary: fc.constantFrom(...Object.keys(DEEDS)) },
);
const history = fc.array(fc.record({ deed, afterMs: fc.constantFrom(0, 10, 45, 120, 2_000) }), { maxLength: 40 });
/** Longer than a quiet page is waited for. */
const SETTLE_MS = 60_000;

describe('a frozen picture that two pages share', () => {
  it('comes to be the same on both, whatever was lost, refused or loaded anew', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (deeds) => {
        const here = createWorld();
        for (const { deed, afterMs } of deeds) {
          DEEDS[deed]?.(here);
          await vi.advanceTimersByTimeAsync(afterMs);
        }
        here.world.refuses = false;
        here.setLine('agent', 'up');
        here.setLine('me', 'up');
        await vi.advanceTimersByTimeAsync(SETTLE_MS);
        const shown = here.shown();
        if (here.world.sharedId === null) expect(shown).toBeNull();
        else if (here.reception() === 'shown') {
          expect(shown).toMatchObject({ from: 'agent', picture: { id: here.world.ids }, marks: here.world.marks });
        } else {
          expect(here.reception()).toBe('dismissed');
          expect(shown).toBeNull();
        }
        here.dispose();
      }),
      { numRuns: 500 },
    );
  });

  it('is there with its marks within a second, and gone as soon, where nothing goes wrong', async () => {
    const here = createWorld();
    here.freeze();
    here.draw();
    await vi.advanceTimersByTimeAsync(400);
    expect(here.shown()?.marks).toHaveLength(1);
    expect(here.reception()).toBe('shown');
    here.stop();
    await vi.advanceTimersByTimeAsync(60);
    expect(here.shown()).toBeNull();
    here.dispose();
  });

  it('is gone within a second when the desk is loaded anew, also where nobody sees it go', async () => {
    for (const reload of ['reloadDesk', 'blinkDesk'] as const) {
      const here = createWorld();
      here.freeze();
      await vi.advanceTimersByTimeAsync(400);
      expect(here.shown()).not.toBeNull();
      here[reload]();
      await vi.advanceTimersByTimeAsync(1_000);
      expect(here.shown()).toBeNull();
      here.dispose();
    }
  });
});
