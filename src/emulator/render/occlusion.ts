import { boundingRadius, type Placed } from '../geometry/shape.ts';

/** Whether something stands in the way from a point along a unit direction within `reachM`. */
export type Occluded = (origin: readonly number[], direction: readonly number[], reachM: number) => boolean;

const KIND = { rect: 0, box: 1, cylinder: 2 } as const;
const STRIDE = 12;

/**
 * The question "is there light?" is asked some hundred thousand times while a room is lit, so this answers without
 * allocation, from flat arrays. Rings are too thin to matter and cast no shadow.
 */
export function createOccluder(shapes: readonly Placed[]): Occluded {
  const rows = shapes.flatMap(rowOf);
  const table = new Float64Array(rows.flat());
  const count = rows.length;

  return ([ox = 0, oy = 0, oz = 0], [dx = 0, dy = 0, dz = 0], reachM) => {
    for (let row = 0; row < count; row++) {
      const at = row * STRIDE;
      const cx = (table[at] ?? 0) - ox;
      const cy = (table[at + 1] ?? 0) - oy;
      const cz = (table[at + 2] ?? 0) - oz;
      const along = cx * dx + cy * dy + cz * dz;
      const radius = table[at + 3] ?? 0;
      if (along < -radius || along > reachM + radius) continue;
      if (cx * cx + cy * cy + cz * cz - along * along > radius * radius) continue;
      if (meets(table, at, [-cx, -cy, -cz, dx, dy, dz], reachM)) return true;
    }
    return false;
  };
}

function rowOf({ shape, pose }: Placed): readonly number[][] {
  const bound = [...pose.position, boundingRadius(shape), ...pose.orientation];
  switch (shape.kind) {
    case 'rect':
      return [[...bound, KIND.rect, shape.width / 2, shape.height / 2, 0]];
    case 'box':
      return [[...bound, KIND.box, shape.size[0] / 2, shape.size[1] / 2, shape.size[2] / 2]];
    case 'cylinder':
      return [[...bound, KIND.cylinder, shape.radius, shape.height / 2, 0]];
    case 'torus':
      return [];
  }
}

type LocalRay = [ox: number, oy: number, oz: number, dx: number, dy: number, dz: number];

function meets(table: Float64Array, at: number, ray: LocalRay, reachM: number): boolean {
  const qx = -(table[at + 4] ?? 0);
  const qy = -(table[at + 5] ?? 0);
  const qz = -(table[at + 6] ?? 0);
  const qw = table[at + 7] ?? 1;
  turn(ray, 0, qx, qy, qz, qw);
  turn(ray, 3, qx, qy, qz, qw);
  const a = table[at + 9] ?? 0;
  const b = table[at + 10] ?? 0;
  const kind = table[at + 8];
  if (kind === KIND.box) return meetsBox(ray, a, b, table[at + 11] ?? 0, reachM);
  if (kind === KIND.cylinder) return meetsCylinder(ray, a, b, reachM);
  return meetsRect(ray, a, b, reachM);
}

function turn(ray: LocalRay, i: 0 | 3, qx: number, qy: number, qz: number, qw: number): void {
  const [x, y, z] = i === 0 ? [ray[0], ray[1], ray[2]] : [ray[3], ray[4], ray[5]];
  const tx = 2 * (qy * z - qz * y);
  const ty = 2 * (qz * x - qx * z);
  const tz = 2 * (qx * y - qy * x);
  ray[i] = x + qw * tx + qy * tz - qz * ty;
  ray[i === 0 ? 1 : 4] = y + qw * ty + qz * tx - qx * tz;
  ray[i === 0 ? 2 : 5] = z + qw * tz + qx * ty - qy * tx;
}

function meetsRect([ox, oy, oz, dx, dy, dz]: LocalRay, halfWidth: number, halfHeight: number, reachM: number): boolean {
  const t = -oz / dz;
  return dz < 0 && t > 0 && t < reachM && Math.abs(ox + dx * t) < halfWidth && Math.abs(oy + dy * t) < halfHeight;
}

function meetsBox([ox, oy, oz, dx, dy, dz]: LocalRay, hx: number, hy: number, hz: number, reachM: number): boolean {
  const [x1, x2] = [(-hx - ox) / dx, (hx - ox) / dx];
  const [y1, y2] = [(-hy - oy) / dy, (hy - oy) / dy];
  const [z1, z2] = [(-hz - oz) / dz, (hz - oz) / dz];
  const enter = Math.max(Math.min(x1, x2), Math.min(y1, y2), Math.min(z1, z2));
  const leave = Math.min(Math.max(x1, x2), Math.max(y1, y2), Math.max(z1, z2));
  return leave > Math.max(enter, 0) && enter < reachM;
}

function meetsCylinder(ray: LocalRay, radius: number, halfHeight: number, reachM: number): boolean {
  const [ox, oy, oz, dx, dy, dz] = ray;
  const a = dx * dx + dz * dz;
  const halfB = ox * dx + oz * dz;
  const discriminant = halfB * halfB - a * (ox * ox + oz * oz - radius * radius);
  if (discriminant <= 0) return false;
  const root = Math.sqrt(discriminant);
  // Clip the stretch inside the endless cylinder by the two caps.
  const [y1, y2] = [(-halfHeight - oy) / dy, (halfHeight - oy) / dy];
  const enter = Math.max((-halfB - root) / a, Math.min(y1, y2));
  const leave = Math.min((-halfB + root) / a, Math.max(y1, y2));
  return leave > Math.max(enter, 0) && enter < reachM;
}
