import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CameraStill } from '../../../src/client/media/still-camera.ts';
import { FIRST_SNAPSHOT_FRAME_ID } from '../../../src/domain/registration/frame-memory.ts';
import { createSnapshotSender } from '../../../src/headset/call/snapshots.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA } from '../../support/desk-harness/people.ts';

const STILL: CameraStill = {
  tag: {
    frameId: FIRST_SNAPSHOT_FRAME_ID,
    captureTimeMs: 1_000.25,
    spaceEpoch: 2,
    tracked: true,
    pose: { position: [0, 1.6, 0], orientation: [0, 0, 0, 1] } as CameraStill['tag']['pose'],
  },
  jpeg: new Uint8Array([0xff, 0xd8, 0xff]),
};
const SNAPSHOT = {
  frame: { frameId: FIRST_SNAPSHOT_FRAME_ID, captureTimeMs: 1_000.25, spaceEpoch: 2 },
  tracked: true,
  pose: STILL.tag.pose,
  takenAtMs: 51_000,
  jpeg: STILL.jpeg,
};
const EVA = '00000000-0000-4000-8000-00000000000e:00000000-0000-4000-8000-00000000000e';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp({ on = true } = {}) {
  const call = createFakeCall('call', DANA);
  call.as('hub', { type: 'create', kind: 'meeting', title: 'Pump', meetingId: 'm' });
  for (const who of [DANA, ALEX, { ...ALEX, person: EVA, name: 'Eva' }]) {
    call.as('hub', { type: 'join', ...who, media: { audio: true, video: 'off', problem: 'none' } });
  }
  const camera = signal<MediaStreamTrack | null>(on ? ({} as MediaStreamTrack) : null);
  const takes: ((still: CameraStill | null) => void)[] = [];
  const sender = createSnapshotSender({
    session: call.session,
    camera,
    take: () => new Promise((resolve) => takes.push(resolve)),
    hubTimeOf: (pageTimeMs) => 50_000 + pageTimeMs,
  });
  const ask = (from: string = ALEX.person) => call.relay(from, { type: 'askSnapshot' });
  const taken = async (still: CameraStill | null) => {
    takes.shift()?.(still);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { call, camera, sender, takes, ask, taken };
}

describe('a headset that is asked for a snapshot', () => {
  it('sends the one who asked the picture, with its frame, its pose and its time on the hub’s clock [SPEC 8.4]', async () => {
    const { call, ask, taken, sender } = setUp();
    ask();
    await taken(STILL);
    expect(call.relayed).toEqual([{ to: ALEX.person, payload: { type: 'snapshot', snapshot: SNAPSHOT } }]);
    expect(sender.justSent.value).toBe(true);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(sender.justSent.value).toBe(false);
  });

  it('takes one picture for all who ask meanwhile, however often they do', async () => {
    const { call, ask, taken, takes } = setUp();
    for (const from of [ALEX.person, EVA, ALEX.person]) ask(from);
    expect(takes).toHaveLength(1);
    await taken(STILL);
    expect(call.relayed.map(({ to }) => to)).toEqual([ALEX.person, EVA]);
  });

  it('says so when its camera is off, and takes nothing [SPEC 8.4]', async () => {
    const { call, ask, takes, sender } = setUp({ on: false });
    ask();
    await vi.advanceTimersByTimeAsync(0);
    expect(takes).toHaveLength(0);
    expect(call.relayed).toEqual([{ to: ALEX.person, payload: { type: 'noSnapshot', reason: 'camera-off' } }]);
    expect(sender.justSent.value).toBe(false);
  });

  it('keeps the picture to itself when the wearer stopped the video meanwhile', async () => {
    const { call, camera, ask, taken } = setUp();
    ask();
    camera.value = null;
    await taken(STILL);
    expect(call.relayed).toEqual([{ to: ALEX.person, payload: { type: 'noSnapshot', reason: 'camera-off' } }]);
  });

  it('says so when the camera shows nothing, and tries again when it is asked again', async () => {
    const { call, ask, taken, takes } = setUp();
    ask();
    await taken(null);
    expect(call.relayed).toEqual([{ to: ALEX.person, payload: { type: 'noSnapshot', reason: 'no-picture' } }]);
    ask();
    expect(takes).toHaveLength(1);
  });

  it('does not listen to somebody who is not in the call, nor after it', async () => {
    const { ask, takes, sender } = setUp();
    ask('somebody:else');
    expect(takes).toHaveLength(0);
    sender.dispose();
    ask();
    expect(takes).toHaveLength(0);
  });
});
