import { NullEngine } from '@babylonjs/core/Engines/nullEngine.js';
import '@babylonjs/core/Engines/Extensions/engine.dynamicTexture.js';
import { FreeCamera } from '@babylonjs/core/Cameras/freeCamera.pure.js';
import type { DynamicTexture } from '@babylonjs/core/Materials/Textures/dynamicTexture.js';
import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.pure.js';
import { Logger } from '@babylonjs/core/Misc/logger.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { layoutPanel } from '../../../src/headset/panels/layout.ts';
import { createPanelRoom } from '../../../src/headset/panels/panel-room.ts';
import { createRoomScene } from '../../../src/headset/scene/scene.ts';
import type { MutableRay } from '../../../src/headset/xr/rays.ts';
import { describePanels } from '../../../src/ui/panels/panels.ts';
import type { HeadsetView } from '../../../src/ui/panels/view.ts';
import { type FakeContext, installFakeCanvas } from '../../support/fake-canvas.ts';
import { atHome, contact, inCall, ROOM, TEXTS, view } from '../../support/headset-views.ts';

installFakeCanvas();
const measure = (text: string, sizeMm: number) => text.length * sizeMm * 0.5;
const panelsOf = (of: HeadsetView) => describePanels(of, TEXTS);
const HEAD = { position: new Vector3(0, 1.6, 0), orientation: new Quaternion(0, 0, 0, 1), tracked: true };

function createRay(): MutableRay {
  return {
    slot: 0,
    handedness: 'right',
    origin: new Vector3(0.2, 1.3, -0.2),
    direction: new Vector3(0, 0, -1),
    orientation: new Quaternion(),
    tracked: true,
    selecting: false,
    onPanel: false,
  };
}

// Its greeting would stand between the results.
Logger.LogLevels = Logger.WarningLogLevel | Logger.ErrorLogLevel;

describe('panels in the room', () => {
  const send = vi.fn();
  const play = vi.fn();
  const setLost = vi.fn();
  let engine: NullEngine;
  let scene: ReturnType<typeof createRoomScene>;
  let room: ReturnType<typeof createPanelRoom>;

  beforeEach(() => {
    vi.clearAllMocks();
    engine = new NullEngine({
      renderWidth: 512,
      renderHeight: 256,
      textureSize: 4096,
      deterministicLockstep: false,
      lockstepMaxSteps: 4,
    });
    scene = createRoomScene(engine);
    scene.activeCamera = new FreeCamera('eye', Vector3.Zero(), scene);
    room = createPanelRoom({ scene, measure, send, play, setLost });
  });
  afterEach(() => {
    scene.dispose();
    engine.dispose();
  });

  const frame = (rays: readonly MutableRay[] = [], head = HEAD, deltaS = 1 / 60): void => {
    room.step(head, rays, deltaS);
    scene.render();
  };
  const meshOf = (id: string) => {
    const mesh = scene.getMeshByName(`panel-${id}`);
    if (mesh === null) throw new Error(`no panel ${id}`);
    return mesh;
  };
  const drawnOn = (id: string): FakeContext['drawn'] => {
    const texture = scene.textures.find((one): one is DynamicTexture => one.name === `panel-${id}`);
    if (texture === undefined) throw new Error(`no texture ${id}`);
    return (texture.getContext() as unknown as FakeContext).drawn;
  };
  /** Points the ray at the middle of a target, from beside the head. */
  const aimAtTarget = (ray: MutableRay, of: HeadsetView, id: string, key: string): void => {
    const description = panelsOf(of).find((one) => one.id === id);
    if (description === undefined) throw new Error(`no panel ${id}`);
    const layout = layoutPanel(description, { measure, pages: new Map() });
    const target = layout.targets.find((one) => one.key === key);
    if (target === undefined) throw new Error(`no target ${key}`);
    const x = (target.rect.x + target.rect.width / 2) / layout.size.width - 0.5;
    const y = 0.5 - (target.rect.y + target.rect.height / 2) / layout.size.height;
    const point = Vector3.TransformCoordinates(new Vector3(x, y, 0), meshOf(id).computeWorldMatrix(true));
    ray.direction.copyFrom(point.subtract(ray.origin).normalize());
  };
  const select = (ray: MutableRay): void => {
    ray.selecting = true;
    room.press(ray);
    frame([ray]);
    ray.selecting = false;
    room.release(ray);
  };

  it('are one plane each, in front of the eyes and facing them', () => {
    room.show(panelsOf(inCall({})));
    frame();
    frame();
    const planes = scene.meshes.filter((mesh) => mesh.name.startsWith('panel-'));
    expect(planes.map((mesh) => mesh.name).sort()).toEqual(['panel-people', 'panel-tools']);
    for (const mesh of planes) {
      const world = mesh.computeWorldMatrix(true);
      const toEyes = HEAD.position.subtract(mesh.absolutePosition);
      expect(toEyes.length()).toBeCloseTo(0.9, 5);
      const normal = Vector3.TransformNormal(new Vector3(0, 0, 1), world).normalize();
      expect(Vector3.Dot(normal, toEyes.normalize())).toBeCloseTo(1, 5);
      expect(mesh.position.z).toBeLessThan(0);
    }
  });

  it('draw the words of their descriptions', () => {
    room.show(panelsOf(inCall({})));
    frame();
    expect(drawnOn('tools').words).toEqual(expect.arrayContaining(['Mute', 'Arrow', 'Ink']));
  });

  it('redraw only what changed', () => {
    room.show(panelsOf(inCall({})));
    frame();
    const clears = (id: string) => drawnOn(id).clears;
    const before = [clears('tools'), clears('people')];
    for (let at = 0; at < 5; at += 1) {
      room.show(panelsOf(inCall({})));
      frame();
    }
    expect([clears('tools'), clears('people')]).toEqual(before);
    room.show(panelsOf(inCall({ tool: 'ink' })));
    frame();
    expect(clears('tools')).toBeGreaterThan(before[0] ?? 0);
    expect(clears('people')).toBe(before[1]);
  });

  it('send the command of what is selected with a ray, with sound', () => {
    const home = atHome({ contacts: { state: 'ready', value: [contact('a'), contact('b')] } });
    room.show(panelsOf(home));
    frame();
    const ray = createRay();
    aimAtTarget(ray, home, 'home', 'b');
    frame([ray]);
    expect([ray.onPanel, play.mock.calls]).toEqual([true, [['aim']]]);
    select(ray);
    expect(send).toHaveBeenCalledExactlyOnceWith({ type: 'callPerson', person: 'b' });
    expect(play).toHaveBeenLastCalledWith('press');
  });

  it('refuse what cannot be used now, and what is let go beside it', () => {
    const call = inCall({ canUndo: false });
    room.show(panelsOf(call));
    frame();
    const ray = createRay();
    aimAtTarget(ray, call, 'tools', 'undo');
    select(ray);
    expect([send.mock.calls, play.mock.lastCall]).toEqual([[], ['refuse']]);
    aimAtTarget(ray, call, 'tools', 'mute');
    ray.selecting = true;
    room.press(ray);
    aimAtTarget(ray, call, 'tools', 'end-call');
    ray.selecting = false;
    room.release(ray);
    expect(send).not.toHaveBeenCalled();
  });

  it('leave a ray that points past them to the tools', () => {
    room.show(panelsOf(inCall({})));
    frame();
    const ray = createRay();
    ray.direction.set(0, 0.1, -1).normalize();
    frame([ray]);
    expect([ray.onPanel, room.press(ray)]).toEqual([false, false]);
  });

  it('sink 4 mm while pressed and come back', () => {
    const call = inCall({});
    room.show(panelsOf(call));
    frame();
    const ray = createRay();
    const distance = () => meshOf('tools').position.length();
    aimAtTarget(ray, call, 'tools', 'mute');
    ray.selecting = true;
    room.press(ray);
    for (let at = 0; at < 20; at += 1) frame([ray]);
    expect(distance()).toBeCloseTo(0.904, 5);
    ray.selecting = false;
    room.release(ray);
    for (let at = 0; at < 20; at += 1) frame([ray]);
    expect(distance()).toBeCloseTo(0.9, 5);
  });

  it('turn the pages of a list without asking anybody', () => {
    const value = Array.from({ length: 6 }, (_, at) => contact(`c${at}`));
    const home = atHome({ contacts: { state: 'ready', value } });
    room.show(panelsOf(home));
    frame();
    expect(drawnOn('home').words).not.toContain('Person C5');
    const ray = createRay();
    aimAtTarget(ray, home, 'home', 'contacts-next');
    select(ray);
    frame();
    expect(drawnOn('home').words).toContain('Person C5');
    expect(send).not.toHaveBeenCalled();
  });

  it('stay where they are while pinned, and say when they are out of sight; notices go on following', () => {
    const call = inCall({ tracking: false }, { room: { ...ROOM, pinned: true } });
    room.show(panelsOf(call));
    room.setPinned(true);
    frame();
    const before = meshOf('tools').absolutePosition.clone();
    const away = { ...HEAD, position: new Vector3(3, 1.6, 2), orientation: new Quaternion(0, 1, 0, 0) };
    for (let at = 0; at < 200; at += 1) frame([], away);
    expect(meshOf('tools').absolutePosition.equalsWithEpsilon(before, 1e-6)).toBe(true);
    expect(setLost.mock.calls).toEqual([[true]]);
    expect(Vector3.Distance(meshOf('notices').absolutePosition, away.position)).toBeCloseTo(0.9, 1);
    room.setPinned(false);
    for (let at = 0; at < 200; at += 1) frame([], away);
    expect(Vector3.Distance(meshOf('tools').absolutePosition, away.position)).toBeLessThan(1);
    expect(setLost.mock.lastCall).toEqual([false]);
  });

  it('leave nothing behind', () => {
    const counts = () => [
      scene.meshes.length,
      scene.materials.length,
      scene.textures.length,
      scene.transformNodes.length,
    ];
    room.dispose();
    const before = counts();
    const again = createPanelRoom({ scene, measure, send, play, setLost });
    again.show(panelsOf(inCall({ editing: ['Eva'] })));
    again.step(HEAD, [], 0);
    scene.render();
    again.show(panelsOf(view()));
    again.dispose();
    expect(counts()).toEqual(before);
  });
});
