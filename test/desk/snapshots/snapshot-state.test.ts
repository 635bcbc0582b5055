import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextSnapshotState,
  type ReadSnapshot,
  SNAPSHOTS_OFF,
  type SnapshotEvent,
  type SnapshotState,
} from '../../../src/desk/snapshots/snapshot-state.ts';

const taken = (takenAtMs: number) => ({ takenAtMs }) as ReadSnapshot;
const stateAfter = (...events: readonly SnapshotEvent[]): SnapshotState =>
  events.reduce(nextSnapshotState, SNAPSHOTS_OFF);
const chosen = { type: 'chosen' } as const;
const asked = { type: 'asked' } as const;
const arrived = (takenAtMs: number) => ({ type: 'arrived', snapshot: taken(takenAtMs) }) as const;
const failed = { type: 'failed', failure: 'timed-out' } as const;
const over = { type: 'over' } as const;

describe('snapshots of a camera', () => {
  it('are off until the expert chooses them, whatever comes', () => {
    expect(stateAfter(asked, arrived(1), failed)).toEqual({ mode: 'off' });
    expect(stateAfter(chosen)).toEqual({ mode: 'on', asking: false, failure: null, snapshot: null });
  });

  it('keep showing the last one while the next is awaited, and when it does not come', () => {
    expect(stateAfter(chosen, asked, arrived(1), asked)).toEqual({
      mode: 'on',
      asking: true,
      failure: null,
      snapshot: taken(1),
    });
    expect(stateAfter(chosen, asked, arrived(1), asked, failed)).toEqual({
      mode: 'on',
      asking: false,
      failure: 'timed-out',
      snapshot: taken(1),
    });
  });

  it('take one that comes too late, but never an older one for a newer one', () => {
    expect(stateAfter(chosen, asked, failed, arrived(1))).toMatchObject({
      asking: false,
      failure: null,
      snapshot: taken(1),
    });
    expect(stateAfter(chosen, asked, arrived(2), arrived(1))).toMatchObject({ snapshot: taken(2) });
  });

  it('say why none came only while one is awaited', () => {
    expect(stateAfter(chosen, failed)).toMatchObject({ failure: null });
    expect(stateAfter(chosen, asked, failed, asked)).toMatchObject({ asking: true, failure: null });
  });

  it('are over when video comes again, and have to be chosen anew', () => {
    expect(stateAfter(chosen, asked, arrived(1), over)).toEqual({ mode: 'off' });
    expect(stateAfter(chosen, asked, arrived(1), over, chosen)).toMatchObject({ snapshot: null });
  });

  it('never wait and name a failure at once', () => {
    const event = fc.constantFrom<SnapshotEvent>(chosen, asked, arrived(1), arrived(2), failed, over);
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const state = stateAfter(...events);
        expect(state.mode === 'on' && state.asking && state.failure !== null).toBe(false);
      }),
    );
  });
});
