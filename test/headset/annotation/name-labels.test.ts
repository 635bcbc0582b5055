import { NullEngine } from '@babylonjs/core/Engines/nullEngine.js';
import '@babylonjs/core/Engines/Extensions/engine.dynamicTexture.js';
import { Logger } from '@babylonjs/core/Misc/logger.js';
import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallCommand } from '../../../src/domain/call/command.ts';
import { createNameLabels } from '../../../src/headset/annotation/name-labels.ts';
import { createRoomScene } from '../../../src/headset/scene/scene.ts';
import { dana, joinedCall, PLACEMENT, uuid } from '../../support/call-fixtures.ts';
import { installFakeCanvas } from '../../support/fake-canvas.ts';

installFakeCanvas();
// Its greeting would stand between the results.
Logger.LogLevels = Logger.WarningLogLevel | Logger.ErrorLogLevel;

describe('the names beside annotations', () => {
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

  function setUp() {
    const call = joinedCall();
    const state = signal(call.state());
    const labels = createNameLabels({
      scene,
      state,
      spaceEpoch: signal(PLACEMENT.spaceEpoch),
      words: (authorName, note) => `${authorName} ${note}`,
      head: { x: 0, y: 1.6, z: 0 },
    });
    const play = (command: CallCommand): void => {
      call.do(command, dana);
      state.value = call.state();
      labels.tick(timeMs);
    };
    const timeMs = 1;
    const draw = (n: number): void =>
      play({ type: 'annotate', annotationId: uuid(n), shape: 'arrow', colour: 'red', placement: PLACEMENT });
    const moveAnchor = (x: number, anchor: 'tracked' | 'lost' = 'tracked'): void =>
      play({
        type: 'moveAnchor',
        anchorId: PLACEMENT.anchorId,
        pose: { ...PLACEMENT.anchorPose, position: [x, 1, -1] },
        spaceEpoch: PLACEMENT.spaceEpoch,
        state: anchor,
      });
    const meshOf = () => scene.getMeshByName('labels');
    const middleX = (): number => {
      const positions = meshOf()?.getVerticesData('position') ?? [];
      return ((positions[0] ?? Number.NaN) + (positions[3] ?? Number.NaN)) / 2;
    };
    return { labels, play, draw, moveAnchor, meshOf, middleX };
  }

  it('are not drawn anew when anything else of the call changes', () => {
    const { play, draw, meshOf } = setUp();
    draw(1);
    const [mesh, texture] = [meshOf(), scene.textures[0]];
    expect(mesh).not.toBeNull();
    play({ type: 'setMedia', media: { audio: false, video: 'camera', problem: 'none' } });
    expect(meshOf()).toBe(mesh);
    expect(scene.textures[0]).toBe(texture);
    expect(mesh?.isDisposed()).toBe(false);
    expect(scene.textures).toHaveLength(1);
  });

  it('go with their anchor at once, without being drawn anew', () => {
    const { draw, moveAnchor, meshOf, middleX } = setUp();
    draw(1);
    const mesh = meshOf();
    const before = middleX();
    moveAnchor(0.5);
    expect(meshOf()).toBe(mesh);
    expect(mesh?.isDisposed()).toBe(false);
    expect(middleX() - before).toBeCloseTo(0.5, 5);
  });

  it('are drawn anew when they say something else', () => {
    const { draw, moveAnchor, meshOf } = setUp();
    draw(1);
    const first = meshOf();
    moveAnchor(0, 'lost');
    const second = meshOf();
    expect(second).not.toBe(first);
    draw(2);
    expect(meshOf()).not.toBe(second);
    expect(first?.isDisposed()).toBe(true);
  });

  it('leave nothing in the scene at the end', () => {
    const { labels, draw, meshOf } = setUp();
    draw(1);
    labels.dispose();
    expect([meshOf(), scene.textures.length, scene.materials.length]).toEqual([null, 0, 0]);
  });
});
