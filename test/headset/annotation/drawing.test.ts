import { NullEngine } from '@babylonjs/core/Engines/nullEngine.js';
import { Logger } from '@babylonjs/core/Misc/logger.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromAnchorLocal } from '../../../src/domain/annotation/anchoring.ts';
import type { SurfaceSample } from '../../../src/domain/annotation/surface-stroke.ts';
import type { MarkShape, Placement } from '../../../src/domain/annotation/types.ts';
import { type AimListener, createAim } from '../../../src/headset/annotation/aim.ts';
import { startDrawingTool } from '../../../src/headset/annotation/drawing-tool.ts';
import type { RoomAnchors } from '../../../src/headset/annotation/room-anchors.ts';
import type { XrRoom } from '../../../src/headset/annotation/xr-room.ts';
import { createRoomScene } from '../../../src/headset/scene/scene.ts';
import { uuid } from '../../support/call-fixtures.ts';

// Its greeting would stand between the results.
Logger.LogLevels = Logger.WarningLogLevel | Logger.ErrorLogLevel;

interface Hand {
  readonly targetRayMode: XRTargetRayMode;
  readonly targetRaySpace: object;
  /** Where the hand's ray starts; it looks straight at a wall at z = -2. */
  x: number;
  onPanel: boolean;
}

const createHand = (x: number): Hand => ({
  targetRayMode: 'tracked-pointer',
  targetRaySpace: {},
  x,
  onPanel: false,
});

/** A session with two hands in front of a wall. */
function createHands() {
  const [right, left] = [createHand(0.2), createHand(-0.5)];
  const frames = new Set<(frame: XRFrame, timeMs: number) => void>();
  const present = [right, left];
  const handOf = (space: object): Hand | undefined => present.find((hand) => hand.targetRaySpace === space);
  const openSources = new Set<object>();
  const session = Object.assign(new EventTarget(), {
    inputSources: present,
    requestHitTestSource: async ({ space }: { space: object }) => {
      const source = { space, cancel: () => void openSources.delete(source) };
      openSources.add(source);
      return source;
    },
  });
  const poseAt = (x: number, z: number, orientation = { x: 0, y: 0, z: 0, w: 1 }) => ({
    transform: { position: { x, y: 1.4, z, w: 1 }, orientation },
  });
  const frame = {
    getPose: (space: object) => {
      const hand = handOf(space);
      return hand === undefined ? null : poseAt(hand.x, 0);
    },
    getHitTestResults: ({ space }: { space: object }) => {
      const hand = handOf(space);
      const facing = { x: Math.SQRT1_2, y: 0, z: 0, w: Math.SQRT1_2 };
      return hand === undefined ? [] : [{ getPose: () => poseAt(hand.x, -2, facing) }];
    },
  };
  const room = {
    session: session as unknown as XRSession,
    referenceSpace: () => ({}) as XRReferenceSpace,
    spaceEpoch: () => 1,
    onFrame: (listener) => {
      frames.add(listener);
      return () => void frames.delete(listener);
    },
    onEnd: () => () => undefined,
  } satisfies XrRoom;
  const select = (type: 'selectstart' | 'selectend', inputSource: Hand): void => {
    session.dispatchEvent(Object.assign(new Event(type), { inputSource }));
  };
  return {
    right,
    left,
    room,
    isOnPanel: (source: XRInputSource) => (source as unknown as Hand).onPanel,
    openSources: () => openSources.size,
    press: (hand: Hand) => select('selectstart', hand),
    release: (hand: Hand) => select('selectend', hand),
    takeAway: (hand: Hand) => void present.splice(present.indexOf(hand), 1),
    async frames(count = 1) {
      for (let i = 0; i < count; i += 1) {
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
        for (const listener of [...frames]) listener(frame as unknown as XRFrame, 0);
      }
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

describe('the aim of a tool', () => {
  function setUp() {
    const hands = createHands();
    const aim = createAim(hands.room, hands.isOnPanel);
    const samples: SurfaceSample[] = [];
    const told: string[] = [];
    const listener: AimListener = {
      move: (sample, onPanel) => {
        samples.push(sample);
        told.push(`${onPanel ? 'panel' : 'move'} ${sample.ray.origin[0]}`);
      },
      press: () => told.push('press'),
      release: () => told.push('release'),
    };
    const stop = aim.listen(listener);
    return { ...hands, aim, samples, told, stop };
  }

  it('tells where the ray starts, where it looks, and what it meets', async () => {
    const { frames, samples } = setUp();
    await frames(2);
    const last = samples.at(-1);
    expect(last?.ray.origin).toEqual([0.2, 1.4, 0]);
    expect(last?.ray.direction[2]).toBeCloseTo(-1);
    expect(last?.hit?.point).toEqual([0.2, 1.4, -2]);
    expect(last?.hit?.normal[2]).toBeCloseTo(1);
  });

  it('writes every frame into the same sample', async () => {
    const { frames, samples, right } = setUp();
    await frames(2);
    const [ray, origin, hit] = [samples[1]?.ray, samples[1]?.ray.origin, samples[1]?.hit];
    right.x = 0.3;
    await frames(2);
    expect(new Set(samples).size).toBe(1);
    expect(samples[3]?.ray).toBe(ray);
    expect(samples[3]?.ray.origin).toBe(origin);
    expect(samples[3]?.hit).toBe(hit);
    expect(hit?.point[0]).toBe(0.3);
  });

  it('stays with the hand that presses, whatever the other one does', async () => {
    const { frames, told, press, release, right, left } = setUp();
    press(right);
    await frames();
    press(left);
    await frames();
    release(left);
    await frames();
    release(right);
    expect(told).toEqual(['press', 'move 0.2', 'move 0.2', 'move 0.2', 'release']);
  });

  it('goes to the other hand with its next press', async () => {
    const { frames, told, press, left } = setUp();
    press(left);
    await frames();
    expect(told).toEqual(['press', 'move -0.5']);
  });

  it('is not taken by a press on a panel', async () => {
    const { frames, told, press, release, left } = setUp();
    left.onPanel = true;
    press(left);
    await frames();
    release(left);
    expect(told).toEqual(['move 0.2']);
  });

  it('lets go when the hand that presses is no longer there', async () => {
    const { frames, told, press, takeAway, right } = setUp();
    press(right);
    await frames();
    takeAway(right);
    await frames();
    expect(told).toEqual(['press', 'move 0.2', 'release', 'move -0.5']);
  });

  it('tells nobody after the end, and leaves no hit-test source behind', async () => {
    const { frames, told, press, aim, stop, openSources, right } = setUp();
    await frames(2);
    expect(openSources()).toBe(1);
    stop();
    aim.dispose();
    told.length = 0;
    press(right);
    await frames();
    expect([told, openSources()]).toEqual([[], 0]);
  });
});

describe('a drawing tool', () => {
  let engine: NullEngine;
  let scene: ReturnType<typeof createRoomScene>;
  beforeEach(() => {
    engine = new NullEngine();
    scene = createRoomScene(engine);
  });
  afterEach(() => {
    scene.dispose();
    engine.dispose();
  });

  function setUp(shape: MarkShape) {
    const hands = createHands();
    const drawn: Placement[] = [];
    const inHand = new Set<string>();
    const anchors: Pick<RoomAnchors, 'anchorAt' | 'letGo'> = {
      anchorAt: async (position) => {
        inHand.add(uuid(1));
        const pose = { position, orientation: [0, 0, 0, 1] } as const;
        return { anchorId: uuid(1), kind: 'anchor', pose, spaceEpoch: 1, state: 'tracked' };
      },
      letGo: (anchorId) => void inHand.delete(anchorId),
    };
    startDrawingTool({
      scene,
      shape,
      colour: 'red',
      aim: createAim(hands.room, hands.isOnPanel),
      anchors: anchors as RoomAnchors,
      spaceEpoch: () => 1,
      head: () => [0, 1.6, 0],
      onDrawn: async (placement) => void drawn.push(placement),
      onRefused: (code) => {
        throw new Error(code);
      },
    });
    const points = () => {
      const [first] = drawn;
      if (first === undefined) throw new Error('nothing drawn');
      const geometry = fromAnchorLocal(first.geometry, first.anchorPose);
      return geometry.kind === 'stroke' ? geometry.points : [];
    };
    return { ...hands, drawn, inHand, points };
  }

  it('draws one stroke from press to release, whatever the other hand does', async () => {
    const { frames, press, release, right, left, drawn, points } = setUp('ink');
    await frames(2);
    left.onPanel = true;
    press(right);
    await frames();
    left.onPanel = false;
    press(left);
    right.x = 0.5;
    await frames();
    release(left);
    await frames();
    release(right);
    await frames();
    expect(drawn).toHaveLength(1);
    expect(points().map(([x]) => x)).toEqual([expect.closeTo(0.2, 5), expect.closeTo(0.5, 5)]);
  });

  it('shows an arrow’s ghost where the hand that draws points, though the other one is on a panel', async () => {
    const { frames, left, right } = setUp('arrow');
    const ghost = () => scene.getMeshByName('annotations preview')?.isEnabled();
    left.onPanel = true;
    await frames(2);
    expect(ghost()).toBe(true);
    right.onPanel = true;
    await frames();
    expect(ghost()).toBe(false);
  });

  it('lets the anchor go once the hub has answered', async () => {
    const { frames, press, release, right, drawn, inHand } = setUp('arrow');
    await frames(2);
    press(right);
    await frames();
    release(right);
    await frames(2);
    expect([drawn.length, inHand.size]).toEqual([1, 0]);
  });
});
