import { Matrix, Vector3 } from '@babylonjs/core/Maths/math.vector.pure.js';
import type { RoomRay } from '../types.ts';
import { targetAt } from './layout.ts';
import type { PanelPlane } from './panel-plane.ts';
import type { Target } from './sheet.ts';

/** Where a ray meets a panel; written anew by each `aimAt`. */
export interface Aim {
  plane: PanelPlane | null;
  target: Target | null;
  distanceM: number;
  xMm: number;
  yMm: number;
}

export const createAim = (): Aim => ({ plane: null, target: null, distanceM: 0, xMm: 0, yMm: 0 });

const toLocal = new Matrix();
const origin = new Vector3();
const direction = new Vector3();

/** Finds the nearest panel that a ray meets, from the front or the back. Allocates nothing. */
export function aimAt(out: Aim, ray: RoomRay, planes: Iterable<PanelPlane>): void {
  out.plane = null;
  out.target = null;
  out.distanceM = Number.POSITIVE_INFINITY;
  if (!ray.tracked) return;
  for (const plane of planes) {
    plane.mesh.getWorldMatrix().invertToRef(toLocal);
    Vector3.TransformCoordinatesToRef(ray.origin, toLocal, origin);
    // Not normalised, so that the distance along it stays in metres of the room.
    Vector3.TransformNormalToRef(ray.direction, toLocal, direction);
    if (Math.abs(direction.z) < 1e-6) continue;
    const distanceM = -origin.z / direction.z;
    const x = origin.x + direction.x * distanceM;
    const y = origin.y + direction.y * distanceM;
    const outside = !(distanceM > 0 && Math.abs(x) <= 0.5 && Math.abs(y) <= 0.5);
    if (outside || distanceM >= out.distanceM) continue;
    const { size } = plane.layout();
    out.plane = plane;
    out.distanceM = distanceM;
    out.xMm = (x + 0.5) * size.width;
    out.yMm = (0.5 - y) * size.height;
  }
  if (out.plane !== null) out.target = targetAt(out.plane.layout(), out.xMm, out.yMm);
}
