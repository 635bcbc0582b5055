import { Quaternion } from '@babylonjs/core/Maths/math.vector.pure.js';
import { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';
import type { PanelCommand } from '../../ui/panels/command.ts';
import type { PanelDescription, PanelId } from '../../ui/panels/description.ts';
import { angleToGroup, createFollowState, headAngles, stepFollow } from '../scene/follow.ts';
import type { RoomSound, ViewerSample } from '../types.ts';
import type { MutableRay } from '../xr/rays.ts';
import { layoutPanel } from './layout.ts';
import type { MeasureText } from './measure.ts';
import { type Aim, aimAt, createAim } from './panel-aim.ts';
import { createPanelPlane, type PanelPlane } from './panel-plane.ts';
import { PANEL_DISTANCE_M, placementOf, yawPitchToRef } from './placement.ts';
import type { Target } from './sheet.ts';

interface PanelRoomOptions {
  readonly scene: Scene;
  readonly measure: MeasureText;
  readonly send: (command: PanelCommand) => void;
  readonly play: (sound: RoomSound) => void;
  /** Told when the pinned panels leave or enter the view. */
  readonly setLost: (lost: boolean) => void;
}

/** All panels of the room: where they hang, what points at them, what is selected. */
export interface PanelRoom {
  /** Where pinnable things hang; the slate hangs here too. */
  readonly desk: TransformNode;
  show(panels: readonly PanelDescription[]): void;
  setPinned(pinned: boolean): void;
  /** One frame: follow the head, aim, sink. Allocates nothing while nothing changes. */
  step(viewer: ViewerSample, rays: readonly MutableRay[], deltaS: number): void;
  /** The aim of a ray of this frame, for drawing where it ends. */
  aimOf(slot: number): Aim;
  /** True when the press belongs to a panel. */
  press(ray: MutableRay): boolean;
  release(ray: MutableRay): void;
  dispose(): void;
}

/** A hand shakes while it pinches: a release this far beside the target still counts. */
const SLIP_MM = 12;
/** Pinned panels further from the middle of the view than this are out of sight, whatever their size. */
const LOST_ANGLE = (32 * Math.PI) / 180;

interface Shown {
  readonly plane: PanelPlane;
  readonly description: PanelDescription;
  /** The description as text: what is drawn changes only when this does. */
  readonly written: string;
}

export function createPanelRoom({ scene, measure, send, play, setLost }: PanelRoomOptions): PanelRoom {
  const groups = { desk: createGroup('desk', scene), view: createGroup('view', scene) };
  const shown = new Map<PanelId, Shown>();
  const planes: PanelPlane[] = [];
  const pages = new Map<string, number>();
  const aims = [createAim(), createAim()];
  const pressed: ({ readonly plane: PanelPlane; readonly target: Target } | null)[] = [null, null];
  const aimed: (string | null)[] = [null, null];
  const head = { x: 0, y: 0, z: 0, yaw: 0, pitch: 0 };
  let pinned = false;
  let lost = false;

  function show(panels: readonly PanelDescription[]): void {
    const wanted = panels.filter((panel) => panel.surface !== 'page');
    const ids = new Set(wanted.map((panel) => panel.id));
    for (const id of [...shown.keys()]) if (!ids.has(id)) remove(id);
    for (const description of wanted) {
      const written = JSON.stringify(description);
      if (shown.get(description.id)?.written !== written) draw(description, written);
    }
    planes.splice(0, planes.length, ...[...shown.values()].map((one) => one.plane));
  }

  function draw(description: PanelDescription, written: string): void {
    const layout = layoutPanel(description, { measure, pages });
    const known = shown.get(description.id);
    known?.plane.show(layout);
    const group = groups[placementOf(description.id).group];
    const plane = known?.plane ?? createPanelPlane(layout, group.node, scene);
    shown.set(description.id, { plane, description, written });
  }

  function remove(id: PanelId): void {
    const plane = shown.get(id)?.plane;
    shown.delete(id);
    for (const [slot, press] of pressed.entries()) if (press?.plane === plane) pressed[slot] = null;
    plane?.dispose();
  }

  function step(viewer: ViewerSample, rays: readonly MutableRay[], deltaS: number): void {
    const { position, orientation } = viewer;
    head.x = position.x;
    head.y = position.y;
    head.z = position.z;
    headAngles(head, orientation.x, orientation.y, orientation.z, orientation.w);
    if (!pinned || !groups.desk.state.placed) stepFollow(groups.desk.state, head, deltaS);
    stepFollow(groups.view.state, head, deltaS);
    placeGroup(groups.desk);
    placeGroup(groups.view);
    const isLost = pinned && angleToGroup(groups.desk.state, head, PANEL_DISTANCE_M) > LOST_ANGLE;
    if (isLost !== lost) {
      lost = isLost;
      setLost(lost);
    }
    for (let at = 0; at < planes.length; at += 1) planes[at]?.step(deltaS);
    for (let slot = 0; slot < rays.length; slot += 1) aimRay(rays[slot]);
  }

  function aimRay(ray: MutableRay | undefined): void {
    const aim = ray && aims[ray.slot];
    if (ray === undefined || aim === undefined) return;
    const before = aim.plane;
    aimAt(aim, ray, planes);
    if (before !== null && before !== aim.plane && pressed[ray.slot] === null) before.feel(null, 'idle');
    ray.onPanel =
      pressed[ray.slot] !== null || (aim.plane !== null && !ray.selecting) || (ray.selecting && ray.onPanel);
    const key = aim.target?.key ?? null;
    if (pressed[ray.slot] !== null || key === aimed[ray.slot]) return;
    aimed[ray.slot] = key;
    aim.plane?.feel(aim.target, 'aimed');
    if (aim.target?.enabled) play('aim');
  }

  function press(ray: MutableRay): boolean {
    const aim = aims[ray.slot];
    if (aim === undefined) return false;
    aimAt(aim, ray, planes);
    ray.onPanel = aim.plane !== null;
    if (aim.plane === null || aim.target === null) return ray.onPanel;
    if (!aim.target.enabled) {
      play('refuse');
      return true;
    }
    pressed[ray.slot] = { plane: aim.plane, target: aim.target };
    aim.plane.feel(aim.target, 'pressed');
    play('press');
    return true;
  }

  function release(ray: MutableRay): void {
    const press = pressed[ray.slot];
    const aim = aims[ray.slot];
    pressed[ray.slot] = null;
    aimed[ray.slot] = null;
    ray.onPanel = false;
    if (press == null || aim === undefined) return;
    aimAt(aim, ray, planes);
    press.plane.feel(aim.plane === press.plane ? aim.target : null, 'aimed');
    if (aim.plane === press.plane && isNear(press.target, aim)) act(press.plane, press.target);
  }

  function act(plane: PanelPlane, { action }: Target): void {
    if (action.kind === 'command') {
      send(action.command);
      return;
    }
    pages.set(action.list, action.page);
    const one = [...shown.values()].find((candidate) => candidate.plane === plane);
    if (one !== undefined) draw(one.description, one.written);
  }

  function setPinned(next: boolean): void {
    pinned = next;
  }

  function dispose(): void {
    for (const id of [...shown.keys()]) remove(id);
    planes.length = 0;
    groups.desk.node.dispose();
    groups.view.node.dispose();
  }

  const nowhere = createAim();
  const aimOf = (slot: number): Aim => aims[slot] ?? nowhere;
  return { desk: groups.desk.node, show, setPinned, step, aimOf, press, release, dispose };
}

function isNear({ rect }: Target, aim: Aim): boolean {
  const dx = Math.max(rect.x - aim.xMm, 0, aim.xMm - rect.x - rect.width);
  const dy = Math.max(rect.y - aim.yMm, 0, aim.yMm - rect.y - rect.height);
  return Math.hypot(dx, dy) <= SLIP_MM;
}

function createGroup(name: string, scene: Scene) {
  const node = new TransformNode(name, scene);
  const rotation = new Quaternion();
  node.rotationQuaternion = rotation;
  return { node, rotation, state: createFollowState() };
}

function placeGroup({ node, rotation, state }: ReturnType<typeof createGroup>): void {
  node.position.set(state.x, state.y, state.z);
  yawPitchToRef(state.yaw, state.pitch, rotation);
}
