import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LinkState, Snapshot } from '../../../src/client/types.ts';
import { createSnapshots, SNAPSHOT_PATIENCE_MS } from '../../../src/desk/snapshots/snapshots.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA, PRIYA } from '../../support/desk-harness/people.ts';

const SNAPSHOT: Snapshot = {
  frame: { frameId: 2 ** 32, captureTimeMs: 1_234.5, spaceEpoch: 4 },
  tracked: true,
  pose: { position: [0, 1.6, 0], orientation: [0, 0, 0, 1] } as Snapshot['pose'],
  takenAtMs: 1_700_000_000_000,
  jpeg: new Uint8Array([0xff, 0xd8, 0xff]),
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const call = createFakeCall('call', ALEX);
  const link = signal<LinkState | undefined>('no-path');
  const picture = {} as ImageBitmap;
  const decode = vi.fn(async () => picture);
  const snapshots = createSnapshots({
    session: call.session,
    target: DANA.person,
    linkState: () => link.value,
    decode,
  });
  const arrive = async (snapshot = SNAPSHOT, from: string = DANA.person) => {
    call.relay(from, { type: 'snapshot', snapshot });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { call, link, picture, decode, snapshots, arrive, state: () => snapshots.state.value };
}

describe('an expert who goes on with snapshots', () => {
  it('asks the headset once at a time, and gets the picture as a frame with its tag', async () => {
    const { call, snapshots, arrive, state, picture } = setUp();
    snapshots.use();
    snapshots.ask();
    snapshots.ask();
    expect(call.relayed).toEqual([{ to: DANA.person, payload: { type: 'askSnapshot' } }]);
    await arrive();
    const tag = { ...SNAPSHOT.frame, tracked: true, pose: SNAPSHOT.pose };
    const snapshot = { tag, picture, takenAtMs: SNAPSHOT.takenAtMs };
    expect(state()).toEqual({ mode: 'on', asking: false, failure: null, snapshot });
    await vi.advanceTimersByTimeAsync(SNAPSHOT_PATIENCE_MS);
    expect(state()).toMatchObject({ failure: null });
  });

  it('waits ten seconds for each, and may then ask again', async () => {
    const { call, snapshots, state } = setUp();
    snapshots.use();
    snapshots.ask();
    await vi.advanceTimersByTimeAsync(SNAPSHOT_PATIENCE_MS - 1);
    expect(state()).toMatchObject({ asking: true, failure: null });
    await vi.advanceTimersByTimeAsync(1);
    expect(state()).toMatchObject({ asking: false, failure: 'timed-out' });
    snapshots.ask();
    expect(call.relayed).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(SNAPSHOT_PATIENCE_MS - 1);
    expect(state()).toMatchObject({ asking: true });
  });

  it('is told why the headset sends none, or that what came is no picture', async () => {
    const { call, snapshots, decode, arrive, state } = setUp();
    snapshots.use();
    snapshots.ask();
    call.relay(DANA.person, { type: 'noSnapshot', reason: 'camera-off' });
    expect(state()).toMatchObject({ asking: false, failure: 'camera-off' });
    snapshots.ask();
    decode.mockRejectedValueOnce(new Error('not a picture'));
    await arrive();
    expect(state()).toMatchObject({ asking: false, failure: 'unreadable' });
  });

  it('gets no pictures from anybody else, and none unless they were chosen', async () => {
    const { snapshots, arrive, state } = setUp();
    await arrive();
    expect(state()).toEqual({ mode: 'off' });
    snapshots.use();
    await arrive(SNAPSHOT, PRIYA.person);
    expect(state()).toMatchObject({ snapshot: null });
  });

  it.each(['connected', undefined] as const)('is done with them when the way there is %s', async (next) => {
    const { link, snapshots, state, arrive } = setUp();
    snapshots.use();
    snapshots.ask();
    await arrive();
    link.value = 'reconnecting';
    expect(state()).toMatchObject({ mode: 'on' });
    link.value = next;
    expect(state()).toEqual({ mode: 'off' });
  });

  it('hears nothing more after the call', async () => {
    const { snapshots, arrive, state } = setUp();
    snapshots.use();
    snapshots.ask();
    snapshots.dispose();
    await arrive();
    await vi.advanceTimersByTimeAsync(SNAPSHOT_PATIENCE_MS);
    expect(state()).toMatchObject({ asking: true, snapshot: null });
  });
});
