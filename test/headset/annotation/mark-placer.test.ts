import { effect, signal } from '@preact/signals-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CallSession } from '../../../src/client/types.ts';
import { fromAnchorLocal } from '../../../src/domain/annotation/anchoring.ts';
import type { ImagePoint } from '../../../src/domain/annotation/types.ts';
import type { CallCommand } from '../../../src/domain/call/command.ts';
import type { RefusalCode } from '../../../src/domain/call/refusal.ts';
import type { CallState } from '../../../src/domain/call/state.ts';
import { documentedHoloLens2Profile, project } from '../../../src/domain/registration/camera.ts';
import type { FrameLookup } from '../../../src/domain/registration/frame-log.ts';
import { anchorsInUse, startAnchorReporter } from '../../../src/headset/annotation/anchor-reporter.ts';
import { startMarkPlacer } from '../../../src/headset/annotation/mark-placer.ts';
import { createRoomAnchors } from '../../../src/headset/annotation/room-anchors.ts';
import { createRoomProbe } from '../../../src/headset/annotation/room-probe.ts';
import { DANA, dana, eva, FRAME, joinedCall, MARK, uuid } from '../../support/call-fixtures.ts';
import { createFakeXr, installXrGlobals } from '../../support/fake-xr.ts';

beforeAll(installXrGlobals);
afterEach(() => {
  vi.useRealTimers();
});

const CAMERA = documentedHoloLens2Profile();
const HEAD = { position: [0, 1.6, 0], orientation: [0, 0, 0, 1] } as const;

function setUp(found: FrameLookup = { ok: true, pose: HEAD }, withRoom = true) {
  const xr = createFakeXr();
  const call = joinedCall();
  const state = signal<CallState>(call.state());
  const outcomes: unknown[] = [];
  const sent: CallCommand['type'][] = [];
  /** What the hub refuses of what is sent next, whatever it is. */
  const refusals: RefusalCode[] = [];
  const session = {
    state,
    async send(command: CallCommand) {
      sent.push(command.type);
      const code = refusals.shift();
      if (code !== undefined) return { ok: false, refusal: { code } };
      outcomes.push(call.do(command, dana));
      state.value = call.state();
      return { ok: true, value: null };
    },
  } as unknown as CallSession;
  let ids = 500;
  const anchors = createRoomAnchors(xr.room, () => {
    ids += 1;
    return uuid(ids);
  });
  const room = { probe: createRoomProbe(xr.room), anchors, spaceEpoch: xr.room.spaceEpoch };
  const stop = startMarkPlacer({
    call: session,
    me: DANA,
    camera: CAMERA,
    findFrame: () => found,
    room: () => (withRoom ? room : null),
  });
  const mark = (n: number, points: readonly ImagePoint[] = [[0.5, 0.5]], spaceEpoch = 1) => {
    call.do(
      { type: 'mark', markId: uuid(n), target: DANA, frame: { ...FRAME, spaceEpoch }, mark: { ...MARK, points } },
      eva,
    );
    state.value = call.state();
  };
  return { xr, call, state, session, anchors, stop, mark, outcomes, sent, refusals };
}

describe('a mark that waits for the headset', () => {
  it('is placed where the frame’s camera saw it on the surface', async () => {
    const { xr, call, mark } = setUp();
    mark(1, [[0.7, 0.3]]);
    await xr.frames(12);
    const annotation = call.state().annotations[uuid(1)];
    const anchor = call.state().anchors[annotation?.anchorId ?? ''];
    if (annotation === undefined || anchor === undefined) throw new Error('not placed');
    const geometry = fromAnchorLocal(annotation.geometry, anchor.pose);
    if (geometry.kind !== 'arrow') throw new Error('an arrow was drawn');
    expect(geometry.tip[2]).toBeCloseTo(-2, 3);
    const seen = project(geometry.tip, HEAD, CAMERA);
    expect(seen).toMatchObject({ kind: 'image' });
    if (seen.kind === 'image') expect([seen.u, seen.v]).toEqual([expect.closeTo(0.7, 4), expect.closeTo(0.3, 4)]);
    expect(annotation).toMatchObject({ depthSource: 'plane', quality: 'good' });
  });

  it('that waited before this page was there is placed too', async () => {
    const { xr, call, mark, stop, session, anchors } = setUp();
    stop();
    mark(1);
    startMarkPlacer({
      call: session,
      me: DANA,
      camera: CAMERA,
      findFrame: () => ({ ok: true, pose: HEAD }),
      room: () => ({ probe: createRoomProbe(xr.room), anchors, spaceEpoch: xr.room.spaceEpoch }),
    });
    await xr.frames(12);
    expect(call.state().annotations[uuid(1)]).toBeDefined();
  });

  it('is answered once, however often the state changes meanwhile', async () => {
    const { xr, state, mark, outcomes } = setUp();
    mark(1);
    state.value = { ...state.value };
    await xr.frames(12);
    state.value = { ...state.value };
    await xr.frames(12);
    expect(outcomes).toEqual([['markPlaced']]);
  });

  it.each([
    ['its frame is too old', setUp.bind(null, { ok: false, code: 'frame-too-old' }), 'frame-too-old'],
    ['its frame was not tracked', setUp.bind(null, { ok: false, code: 'frame-not-tracked' }), 'frame-not-tracked'],
    ['no session runs', setUp.bind(null, { ok: true, pose: HEAD }, false), 'frame-not-tracked'],
  ] as const)('is refused with the reason when %s', async (_, start, code) => {
    const { xr, call, mark } = start();
    mark(1);
    await xr.frames(12);
    expect(call.log().at(-1)?.event).toMatchObject({ type: 'markRefused', code });
  });

  it('is refused when its frame is of a space that is gone', async () => {
    const { xr, call, mark } = setUp();
    mark(1, [[0.5, 0.5]], 0);
    await xr.frames(12);
    expect(call.log().at(-1)?.event).toMatchObject({ type: 'markRefused', code: 'space-reset' });
  });

  it('is refused when the device loses its bearings while it is placed', async () => {
    const { xr, call, mark } = setUp();
    mark(1);
    await xr.frames(1);
    xr.resetSpace();
    await xr.frames(12);
    expect(call.log().at(-1)?.event).toMatchObject({ type: 'markRefused', code: 'space-reset' });
  });
});

describe('a mark whose place the hub refuses', () => {
  it('is refused, so that nobody waits for it', async () => {
    const { xr, call, mark, sent, refusals } = setUp();
    refusals.push('anchor-unknown');
    mark(1);
    await xr.frames(12);
    expect(sent).toEqual(['placeMark', 'refuseMark']);
    expect(call.log().at(-1)?.event).toMatchObject({ type: 'markRefused', code: 'frame-not-tracked' });
  });

  it('is let go when its refusal is refused too, however often the state changes', async () => {
    const { xr, state, mark, sent, refusals } = setUp();
    refusals.push('anchor-unknown', 'malformed');
    mark(1);
    await xr.frames(12);
    state.value = { ...state.value };
    await xr.frames(12);
    expect(sent).toEqual(['placeMark', 'refuseMark']);
  });

  it.each(['mark-unknown', 'call-ended'] as const)('with %s needs no answer any more', async (code) => {
    const { xr, mark, sent, refusals } = setUp();
    refusals.push(code);
    mark(1);
    await xr.frames(12);
    expect(sent).toEqual(['placeMark']);
  });

  it('only for now is placed a little later', async () => {
    vi.useFakeTimers();
    const { xr, call, mark, sent, refusals } = setUp();
    refusals.push('too-many-requests');
    mark(1);
    await xr.frames(12);
    await vi.runAllTimersAsync();
    expect(sent).toEqual(['placeMark', 'placeMark']);
    expect(call.state().annotations[uuid(1)]).toBeDefined();
  });

  it('for now, again and again, is answered a few times at most', async () => {
    vi.useFakeTimers();
    const { xr, state, mark, sent, refusals } = setUp();
    refusals.push(...Array.from({ length: 100 }, () => 'too-many-requests' as const));
    mark(1);
    await xr.frames(12);
    await vi.runAllTimersAsync();
    state.value = { ...state.value };
    await xr.frames(12);
    await vi.runAllTimersAsync();
    expect(sent).toEqual([...Array(3).fill('placeMark'), ...Array(3).fill('refuseMark')]);
  });
});

describe('a mark on a headset that shows nothing', () => {
  it('is refused after a while', async () => {
    vi.useFakeTimers();
    const { call, mark } = setUp();
    mark(1);
    await vi.runAllTimersAsync();
    expect(call.log().at(-1)?.event).toMatchObject({ type: 'markRefused', code: 'frame-not-tracked' });
  });

  it('is left alone once the placer has stopped', async () => {
    vi.useFakeTimers();
    const { mark, stop, sent } = setUp();
    mark(1);
    stop();
    await vi.runAllTimersAsync();
    expect(sent).toEqual([]);
  });
});

describe('the anchor of a mark', () => {
  const LONG = 400;

  it('stays while the mark can come back, and goes to the device when it cannot', async () => {
    const { xr, call, state, mark, anchors } = setUp();
    const stop = effect(() => anchors.keepOnly(anchorsInUse(state.value)));
    mark(1);
    await xr.frames(LONG);
    call.do({ type: 'eraseAll' }, eva);
    state.value = call.state();
    await xr.frames(LONG);
    expect(xr.anchors.map((one) => one.deleted)).toEqual([false]);
    call.do({ type: 'undo' }, eva);
    call.do({ type: 'undo' }, eva);
    state.value = call.state();
    await xr.frames(LONG);
    expect(xr.anchors.map((one) => one.deleted)).toEqual([true]);
    stop();
  });

  it('goes to the device when the hub refuses the place', async () => {
    const { xr, mark, refusals } = setUp();
    refusals.push('anchor-unknown');
    mark(1);
    await xr.frames(LONG);
    expect(xr.anchors.map((one) => one.deleted)).toEqual([true]);
  });

  it('goes to the device when the mark is refused because the space changed under it', async () => {
    const { xr, mark } = setUp();
    mark(1);
    await xr.frames(1);
    xr.resetSpace();
    await xr.frames(LONG);
    expect(xr.anchors.map((one) => one.deleted)).not.toContain(false);
  });
});

describe('the report on anchors', () => {
  it('says nothing of anchors on which nothing hangs any more', async () => {
    const { xr, call, state, mark, session, outcomes } = setUp();
    mark(1);
    await xr.frames(12);
    call.do({ type: 'undo' }, eva);
    state.value = call.state();
    startAnchorReporter(session, DANA, () => null);
    await xr.frames(2);
    expect(outcomes).toEqual([['markPlaced']]);
  });

  it('says that anchors of an earlier session are lost, once', async () => {
    const { xr, call, mark, session, outcomes } = setUp();
    mark(1);
    await xr.frames(12);
    startAnchorReporter(session, DANA, () => null);
    await xr.frames(2);
    expect(outcomes).toEqual([['markPlaced'], ['anchorMoved']]);
    expect(Object.values(call.state().anchors)[0]?.state).toBe('lost');
  });

  it('says where an anchor moved, and nothing while it stays', async () => {
    const { xr, call, mark, session, anchors, outcomes } = setUp();
    mark(1);
    await xr.frames(12);
    startAnchorReporter(session, DANA, () => anchors);
    await xr.frames(40);
    expect(outcomes).toHaveLength(1);
    const made = xr.anchors[0];
    if (made) made.pose = { position: [0, 1.7, -2], orientation: [0, 0, 0, 1] };
    await xr.frames(40);
    expect(outcomes).toHaveLength(2);
    expect(Object.values(call.state().anchors)[0]?.pose.position).toEqual([0, 1.7, -2]);
  });
});
