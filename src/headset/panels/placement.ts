import { Quaternion } from '@babylonjs/core/Maths/math.vector.pure.js';
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure.js';
import type { PanelId } from '../../ui/panels/description.ts';

/** Where something stands, seen from the eyes: degrees to the right and up of straight ahead. */
export interface Placement {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  /** Which edge stands at `pitchDeg`; a panel that grows does so away from it. */
  readonly edge: 'top' | 'centre' | 'bottom';
  /** Panels of the view are never pinned: they have to be seen at once. */
  readonly group: 'desk' | 'view';
}

/** Arm's length: easy to read, and far enough for both eyes. */
export const PANEL_DISTANCE_M = 0.9;

/**
 * The display shows each eye 43 x 29 degrees; the middle 10 are the hands' and stay free during a call. To the side an
 * eye sees 2 degrees less than the head's middle, and near the edge devices clip: 1.5 degrees stay free in both eyes.
 */
const HOME: Placement = { yawDeg: 0, pitchDeg: -3.5, edge: 'centre', group: 'desk' };
const PLACEMENTS: Readonly<Record<PanelId, Placement>> = {
  start: HOME,
  tenant: HOME,
  'sign-in': HOME,
  home: HOME,
  menu: HOME,
  search: HOME,
  // The tallest of all: with the keyboard.
  'add-people': { ...HOME, pitchDeg: -2.7 },
  settings: HOME,
  'one-time': HOME,
  join: HOME,
  enter: HOME,
  'lobby-place': HOME,
  // Beside the home panel, to the right of where the hands work, above the tools also while their colours are open.
  lobby: { yawDeg: 13.75, pitchDeg: 9.8, edge: 'top', group: 'view' },
  incoming: { ...HOME, group: 'view' },
  'end-call': { ...HOME, group: 'view' },
  tools: { yawDeg: 0, pitchDeg: -12.95, edge: 'bottom', group: 'desk' },
  people: { yawDeg: -11.5, pitchDeg: 3.4, edge: 'top', group: 'desk' },
  'camera-live': { yawDeg: 14.2, pitchDeg: 11.3, edge: 'centre', group: 'view' },
  notices: { yawDeg: 1.5, pitchDeg: 5.5, edge: 'bottom', group: 'view' },
};
/** The video slate: its lower edge, above the people. */
export const SLATE_PLACEMENT: Placement = { yawDeg: -11.5, pitchDeg: 4, edge: 'bottom', group: 'desk' };
/** As wide as the people, and at most so high. */
export const SLATE_M = { width: 0.202, mostHeight: 0.118 } as const;

export function placementOf(id: PanelId): Placement {
  return PLACEMENTS[id];
}

const RAD = Math.PI / 180;

/** Puts a node on the sphere around its parent and turns it to the parent's origin, where the eyes are. */
export function placeOnSphere(node: TransformNode, placement: Placement, heightM: number): void {
  const halfAngle = Math.atan(heightM / 2 / PANEL_DISTANCE_M);
  const shift = placement.edge === 'centre' ? 0 : placement.edge === 'top' ? -halfAngle : halfAngle;
  const pitch = placement.pitchDeg * RAD + shift;
  const yaw = -placement.yawDeg * RAD;
  const flat = Math.cos(pitch) * PANEL_DISTANCE_M;
  node.position.set(-Math.sin(yaw) * flat, Math.sin(pitch) * PANEL_DISTANCE_M, -Math.cos(yaw) * flat);
  // Turned by yaw first, then tilted so that its +z looks at the eyes.
  node.rotationQuaternion ??= new Quaternion();
  yawPitchToRef(yaw, pitch, node.rotationQuaternion);
}

/** The rotation about +y by `yaw`, then about the turned +x by `pitch` (both rad, right-handed). */
export function yawPitchToRef(yaw: number, pitch: number, out: Quaternion): void {
  const cy = Math.cos(yaw / 2);
  const sy = Math.sin(yaw / 2);
  const cp = Math.cos(pitch / 2);
  const sp = Math.sin(pitch / 2);
  out.set(cy * sp, sy * cp, -sy * sp, cy * cp);
}
