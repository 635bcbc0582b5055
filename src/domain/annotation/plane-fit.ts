import type { SpacePoint, Vec3 } from '../registration/pose.ts';
import { cross, dot, length, mean, normalize, subtract } from '../registration/vec3.ts';

/** Where a ray met a surface. `normal` is a unit vector; it may point to either side. */
export interface Hit {
  readonly point: SpacePoint;
  readonly normal: Vec3;
}

export interface Plane {
  readonly point: Vec3;
  /** Unit. */
  readonly normal: Vec3;
}

export interface FittedPlane extends Plane {
  /** The hits that lie on it. */
  readonly inliers: readonly Hit[];
}

/** How far a hit on a plane may lie from it: what depth sensors and meshes are off by. */
const INLIER_TOLERANCE_M = 0.02;
const INLIER_TOLERANCE_PER_METRE = 0.015;
/** Three points whose triangle is lower than this are collinear: no plane goes through them alone. */
const MIN_TRIANGLE_HEIGHT_M = 0.02;
/** What a hit's position and its normal are trusted to; together they weigh the two against each other. */
const POINT_SIGMA_M = 0.005;
const NORMAL_SIGMA_RAD = 0.1;
/**
 * A hit whose normal is over 45 degrees from the plane's is not part of it. Without this the hits of any straight
 * stroke would share a plane: the one that the camera and the stroke span, seen edge on.
 */
const MIN_NORMAL_AGREEMENT = Math.SQRT1_2;

/**
 * The plane with the most hits on it, of all planes through three hits or through one hit along its normal;
 * null only when there are no hits. There are few hits, so every candidate is tried rather than drawn at random.
 */
export function dominantPlane(hits: readonly Hit[], distanceM: number): FittedPlane | null {
  const toleranceM = Math.max(INLIER_TOLERANCE_M, INLIER_TOLERANCE_PER_METRE * distanceM);
  let best: { plane: Plane; inliers: readonly Hit[]; error: number } | null = null;
  for (const plane of candidates(hits)) {
    const inliers = hits.filter((hit) => liesOn(plane, hit, toleranceM));
    const error = inliers.reduce((sum, hit) => sum + heightAbove(plane, hit.point) ** 2, 0);
    const isBetter =
      best === null ||
      inliers.length > best.inliers.length ||
      (inliers.length === best.inliers.length && error < best.error);
    if (isBetter) best = { plane, inliers, error };
  }
  return best === null ? null : refine(best.plane, best.inliers);
}

function candidates(hits: readonly Hit[]): Plane[] {
  const planes: Plane[] = hits.map(({ point, normal }) => ({ point, normal }));
  for (const [i, a] of hits.entries()) {
    for (const [j, b] of hits.entries()) {
      if (j <= i) continue;
      for (const c of hits.slice(j + 1)) {
        const plane = planeThrough(a.point, b.point, c.point);
        if (plane !== null) planes.push(plane);
      }
    }
  }
  return planes;
}

function planeThrough(a: Vec3, b: Vec3, c: Vec3): Plane | null {
  const [ab, ac] = [subtract(b, a), subtract(c, a)];
  const product = cross(ab, ac);
  const longestSide = Math.max(length(ab), length(ac), length(subtract(c, b)));
  if (length(product) < MIN_TRIANGLE_HEIGHT_M * longestSide) return null;
  const normal = normalize(product);
  return normal === null ? null : { point: a, normal };
}

/**
 * The best plane for hits that are known to lie near one: least squares over positions and reported normals
 * together, which has one answer even for a single hit and for hits in a line.
 */
function refine(plane: Plane, inliers: readonly Hit[]): FittedPlane {
  const point = mean(inliers.map((hit) => hit.point));
  // Row-major. The normal is the direction of least x'Mx: little spread of positions, much of normals.
  const matrix = new Float64Array(9);
  for (const hit of inliers) {
    addOuterProduct(matrix, subtract(hit.point, point), 1 / POINT_SIGMA_M ** 2);
    addOuterProduct(matrix, hit.normal, -1 / NORMAL_SIGMA_RAD ** 2);
  }
  return { point, normal: leastDirection(matrix) ?? plane.normal, inliers };
}

function addOuterProduct(matrix: Float64Array, v: Vec3, weight: number): void {
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      const at = 3 * row + column;
      matrix[at] = (matrix[at] ?? 0) + weight * (v[row] ?? 0) * (v[column] ?? 0);
    }
  }
}

/** The eigenvector of the smallest eigenvalue of a symmetric 3x3 matrix, by Jacobi's rotations. */
function leastDirection(symmetric: Float64Array): Vec3 | null {
  const m = Float64Array.from(symmetric);
  const axes = Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  const sweeps = 12;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    rotateAway(m, axes, 0, 1);
    rotateAway(m, axes, 0, 2);
    rotateAway(m, axes, 1, 2);
  }
  const values = [m[0] ?? 0, m[4] ?? 0, m[8] ?? 0];
  const least = values.indexOf(Math.min(...values));
  return normalize([axes[least] ?? 0, axes[3 + least] ?? 0, axes[6 + least] ?? 0]);
}

/** One Jacobi rotation: makes the element (p, q) of `m` zero and turns `axes` with it. */
function rotateAway(m: Float64Array, axes: Float64Array, p: number, q: number): void {
  const offDiagonal = m[3 * p + q] ?? 0;
  if (offDiagonal === 0) return;
  const theta = ((m[4 * q] ?? 0) - (m[4 * p] ?? 0)) / (2 * offDiagonal);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const turn: Turn = { cos: 1 / Math.hypot(t, 1), sin: t / Math.hypot(t, 1) };
  for (let k = 0; k < 3; k += 1) turnPair(m, 3 * k + p, 3 * k + q, turn);
  for (let k = 0; k < 3; k += 1) turnPair(m, 3 * p + k, 3 * q + k, turn);
  for (let k = 0; k < 3; k += 1) turnPair(axes, 3 * k + p, 3 * k + q, turn);
}

interface Turn {
  readonly cos: number;
  readonly sin: number;
}

function turnPair(values: Float64Array, i: number, j: number, { cos, sin }: Turn): void {
  const [a, b] = [values[i] ?? 0, values[j] ?? 0];
  values[i] = cos * a - sin * b;
  values[j] = sin * a + cos * b;
}

function liesOn(plane: Plane, hit: Hit, toleranceM: number): boolean {
  const agreement = Math.abs(dot(hit.normal, plane.normal));
  return agreement >= MIN_NORMAL_AGREEMENT && heightAbove(plane, hit.point) <= toleranceM;
}

function heightAbove(plane: Plane, point: Vec3): number {
  return Math.abs(dot(plane.normal, subtract(point, plane.point)));
}
