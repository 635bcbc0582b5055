import { beforeAll, describe, expect, it } from 'vitest';
import { createRoomAnchors } from '../../../src/headset/annotation/room-anchors.ts';
import { createRoomProbe } from '../../../src/headset/annotation/room-probe.ts';
import { uuid } from '../../support/call-fixtures.ts';
import { createFakeXr, installXrGlobals } from '../../support/fake-xr.ts';

beforeAll(installXrGlobals);

const AHEAD = { origin: [0, 1.6, 0], direction: [0, 0, -1] } as const;
const BEHIND = { origin: [0, 1.6, 0], direction: [0, 0, 1] } as const;

describe('probing the room', () => {
  it('tells for each ray where it met something and which way that faces', async () => {
    const xr = createFakeXr();
    const probing = createRoomProbe(xr.room).probe([AHEAD, BEHIND]);
    await xr.frames(6);
    const [hit, miss] = await probing;
    expect(hit?.point).toEqual([0, 1.6, -2]);
    expect(hit?.normal[2]).toBeCloseTo(1);
    expect(miss).toBeNull();
  });

  it('leaves no hit-test source and no listener behind', async () => {
    const xr = createFakeXr();
    const probing = createRoomProbe(xr.room).probe([AHEAD, AHEAD, BEHIND]);
    await xr.frames(6);
    await probing;
    expect(xr.openSources()).toBe(0);
    expect(xr.listening()).toBe(0);
  });

  it('answers with nothing on a device without hit-test', async () => {
    const xr = createFakeXr({ hitTest: false });
    expect(await createRoomProbe(xr.room).probe([AHEAD])).toEqual([null]);
  });

  it('answers when the session ends meanwhile', async () => {
    const xr = createFakeXr();
    const probing = createRoomProbe(xr.room).probe([BEHIND]);
    await xr.frames(1);
    xr.end();
    expect(await probing).toEqual([null]);
  });
});

function setUp(options?: Parameters<typeof createFakeXr>[0]) {
  const xr = createFakeXr(options);
  let ids = 0;
  const anchors = createRoomAnchors(xr.room, () => {
    ids += 1;
    return uuid(ids);
  });
  const anchorAt = async (point: readonly [number, number, number]) => {
    const making = anchors.anchorAt(point);
    await xr.frames(3);
    return making;
  };
  return { xr, anchors, anchorAt };
}

describe('anchors in the room', () => {
  it('are shared within a metre and made anew beyond', async () => {
    const { anchorAt } = setUp();
    const first = await anchorAt([0, 1, -1]);
    expect(first).toMatchObject({ kind: 'anchor', pose: { position: [0, 1, -1] }, spaceEpoch: 1, state: 'tracked' });
    expect((await anchorAt([0.5, 1, -1]))?.anchorId).toBe(first?.anchorId);
    expect((await anchorAt([3, 1, -1]))?.anchorId).not.toBe(first?.anchorId);
  });

  it('tell when the device moved them, and only then', async () => {
    const { xr, anchors, anchorAt } = setUp();
    const anchor = await anchorAt([0, 1, -1]);
    let changes = 0;
    anchors.onChange(() => {
      changes += 1;
    });
    await xr.frames(40);
    expect(changes).toBe(0);
    const made = xr.anchors[0];
    if (made) made.pose = { position: [0, 1.01, -1], orientation: [0, 0, 0, 1] };
    await xr.frames(40);
    expect(changes).toBe(1);
    expect(anchors.held(anchor?.anchorId ?? '')?.pose.position).toEqual([0, 1.01, -1]);
  });

  it('are lost after a second of silence, and found again', async () => {
    const { xr, anchors, anchorAt } = setUp();
    const anchor = await anchorAt([0, 1, -1]);
    const state = () => anchors.held(anchor?.anchorId ?? '')?.state;
    const made = xr.anchors[0];
    const pose = made?.pose ?? null;
    if (made) made.pose = null;
    await xr.frames(30);
    expect(state()).toBe('tracked');
    await xr.frames(90);
    expect(state()).toBe('lost');
    if (made) made.pose = pose;
    await xr.frames(40);
    expect(state()).toBe('tracked');
  });

  it('come along into a new reference space, with its epoch', async () => {
    const { xr, anchors, anchorAt } = setUp();
    const anchor = await anchorAt([0, 1, -1]);
    const made = xr.anchors[0];
    if (made) made.pose = { position: [5, 1, -1], orientation: [0, 0, 0, 1] };
    xr.resetSpace();
    await xr.frames(40);
    expect(anchors.held(anchor?.anchorId ?? '')).toMatchObject({ spaceEpoch: 2, pose: { position: [5, 1, -1] } });
  });

  it('are replaced by the reference space where a device has none, and lost with it', async () => {
    const { xr, anchors, anchorAt } = setUp({ anchors: false });
    const anchor = await anchorAt([0, 1, -1]);
    expect(anchor).toMatchObject({ kind: 'space', state: 'tracked' });
    await xr.frames(100);
    expect(anchors.held(anchor?.anchorId ?? '')?.state).toBe('tracked');
    xr.resetSpace();
    await xr.frames(100);
    expect(anchors.held(anchor?.anchorId ?? '')?.state).toBe('lost');
  });

  it('are none when the session ends while one is made', async () => {
    const { xr, anchors } = setUp();
    const making = anchors.anchorAt([0, 1, -1]);
    xr.end();
    expect(await making).toBeNull();
  });

  it('are given back to the device once nothing has needed them for a while', async () => {
    const { xr, anchors, anchorAt } = setUp();
    const anchorId = (await anchorAt([0, 1, -1]))?.anchorId ?? '';
    anchors.keepOnly(new Set([anchorId]));
    anchors.letGo(anchorId);
    await xr.frames(400);
    expect(xr.anchors[0]?.deleted).toBe(false);
    anchors.keepOnly(new Set());
    await xr.frames(200);
    expect(xr.anchors[0]?.deleted).toBe(false);
    await xr.frames(200);
    expect(xr.anchors[0]?.deleted).toBe(true);
    expect(anchors.held(anchorId)).toBeNull();
  });

  it('stay while somebody who asked for them still waits for the hub', async () => {
    const { xr, anchors, anchorAt } = setUp();
    const first = await anchorAt([0, 1, -1]);
    const second = await anchorAt([0.5, 1, -1]);
    expect(second?.anchorId).toBe(first?.anchorId);
    anchors.letGo(first?.anchorId ?? '');
    await xr.frames(400);
    expect(xr.anchors[0]?.deleted).toBe(false);
    anchors.letGo(first?.anchorId ?? '');
    await xr.frames(400);
    expect(xr.anchors[0]?.deleted).toBe(true);
  });

  it('are given back to the device at the end', async () => {
    const { xr, anchors, anchorAt } = setUp();
    await anchorAt([0, 1, -1]);
    anchors.dispose();
    expect(xr.anchors[0]?.deleted).toBe(true);
    expect(xr.listening()).toBe(0);
  });
});
