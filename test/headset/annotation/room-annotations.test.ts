import { NullEngine } from '@babylonjs/core/Engines/nullEngine.js';
import '@babylonjs/core/Engines/Extensions/engine.dynamicTexture.js';
import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.pure.js';
import { Logger } from '@babylonjs/core/Misc/logger.js';
import { signal } from '@preact/signals-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallSession } from '../../../src/client/types.ts';
import type { CallCommand } from '../../../src/domain/call/command.ts';
import { documentedHoloLens2Profile } from '../../../src/domain/registration/camera.ts';
import { type AnnotatedCall, createRoomAnnotations } from '../../../src/headset/annotation/room-annotations.ts';
import { createRoomScene } from '../../../src/headset/scene/scene.ts';
import { DANA, dana, eva, FRAME, joinedCall, MARK, uuid } from '../../support/call-fixtures.ts';
import { installFakeCanvas } from '../../support/fake-canvas.ts';
import { createFakeXr, installXrGlobals } from '../../support/fake-xr.ts';

installFakeCanvas();
// Its greeting would stand between the results.
Logger.LogLevels = Logger.WarningLogLevel | Logger.ErrorLogLevel;
beforeAll(installXrGlobals);

/** Longer than an anchor is kept that nothing needs. */
const LONG_FRAMES = 400;

describe('annotations in a room', () => {
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
    const xr = createFakeXr();
    const driver = joinedCall();
    const state = signal(driver.state());
    const session = {
      state,
      async send(command: CallCommand) {
        driver.do(command, dana);
        state.value = driver.state();
        return { ok: true, value: null };
      },
    } as unknown as CallSession;
    const call = signal<AnnotatedCall | null>({ session, tool: signal('none'), colour: signal('red') });
    let ids = 500;
    const annotations = createRoomAnnotations({
      call,
      me: signal(DANA),
      camera: documentedHoloLens2Profile,
      findFrame: () => ({ ok: true, pose: { position: [0, 1.6, 0], orientation: [0, 0, 0, 1] } }),
      words: (authorName) => authorName,
      newId: () => {
        ids += 1;
        return uuid(ids);
      },
      onRefused: () => undefined,
    });
    const stop = annotations.startTools({
      ...xr.room,
      scene,
      epoch: signal(1),
      viewer: { position: new Vector3(), orientation: new Quaternion(), tracked: true },
      rays: [],
      isOnPanel: () => false,
    });
    const mark = () => {
      driver.do({ type: 'mark', markId: uuid(1), target: DANA, frame: FRAME, mark: MARK }, eva);
      state.value = driver.state();
    };
    return { xr, call, stop, mark };
  }

  it('hold their anchors on the device for the time of the call', async () => {
    const { xr, call, stop, mark } = setUp();
    mark();
    await xr.frames(LONG_FRAMES);
    expect(xr.anchors.map((one) => one.deleted)).toEqual([false]);
    call.value = null;
    await xr.frames(LONG_FRAMES);
    expect(xr.anchors.map((one) => one.deleted)).toEqual([true]);
    stop();
  });
});
