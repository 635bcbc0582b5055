import { type NativeMesh, NativePlane, type XRDevice, XRRigidTransform, XRSemanticLabels } from 'iwer';
import type { Pose, Vec3 } from '../../domain/registration/pose.ts';
import { fromAxisAngle, multiply } from '../../domain/registration/quat.ts';
import { distance, normalize } from '../../domain/registration/vec3.ts';
import { hitAll } from '../geometry/hit-test.ts';
import { rotationBetween } from '../geometry/orient.ts';
import type { Placed, SurfaceHit } from '../geometry/shape.ts';
import type { Geometry } from '../handle.ts';
import type { Room, ScenePlane } from '../room/room.ts';

type Environment = NonNullable<XRDevice['sem']>;
type Matrix4 = Parameters<Environment['computeHitTestResults']>[0];

export interface EnvironmentOptions {
  readonly room: Room;
  readonly geometry: Geometry;
  readonly canvas: HTMLCanvasElement;
  readonly headPoseAt: (timeMs: number) => Pose;
  readonly isLost: () => boolean;
  /** Called at the beginning of every display frame of an AR session. */
  readonly onFrame: (timeMs: number) => void;
}

/** The device's plane finder looks about again this often, and this far (Chromium's Windows Mixed Reality path). */
const PLANES_REFRESH_MS = 5000;
const PLANES_REACH_M = 5;
/** A device does not report surfaces further away than this. */
const HIT_REACH_M = 10;

const LABELS: Readonly<Record<ScenePlane['label'], XRSemanticLabels>> = {
  floor: XRSemanticLabels.Floor,
  ceiling: XRSemanticLabels.Ceiling,
  wall: XRSemanticLabels.Wall,
  table: XRSemanticLabels.Table,
  other: XRSemanticLabels.Other,
};

/** The room as IWER's "synthetic environment": what hit-tests meet, and where each frame begins. */
export function createEnvironment(options: EnvironmentOptions): Environment {
  const solids = options.room.parts.filter((part) => part.solid);
  const planes = createPlaneFinder(options.room.planes);
  return {
    version: '1',
    environmentCanvas: options.canvas,
    trackedPlanes: new Set(options.room.planes.map(nativePlane)),
    // The device offers no meshes to pages; hit-tests alone meet them.
    trackedMeshes: new Set<NativeMesh>(),
    planesVisible: false,
    boundingBoxesVisible: false,
    meshesVisible: false,
    render: options.onFrame,
    computeHitTestResults(rayMatrix) {
      if (options.isLost()) return [];
      const now = performance.now();
      const known = options.geometry === 'full' ? solids : planes.known(options.headPoseAt(now).position, now);
      const { origin, direction } = rayOf(rayMatrix);
      const hits = hitAll(known, origin, direction).filter((hit) => hit.distanceM <= HIT_REACH_M);
      return hits.map(hitMatrix);
    },
    computeDepthBuffer: () => null,
    loadEnvironment: () => refuseOtherRooms(),
    loadDefaultEnvironment: () => refuseOtherRooms(),
    deleteAll: () => refuseOtherRooms(),
  };
}

interface PlaneFinder {
  known(head: Vec3, nowMs: number): readonly Placed[];
}

function createPlaneFinder(planes: readonly ScenePlane[]): PlaneFinder {
  let known: readonly Placed[] = [];
  let refreshAtMs = Number.NEGATIVE_INFINITY;
  return {
    known(head, nowMs) {
      if (nowMs >= refreshAtMs) {
        known = planes.filter((plane) => distance(plane.pose.position, head) <= PLANES_REACH_M);
        refreshAtMs = nowMs + PLANES_REFRESH_MS;
      }
      return known;
    },
  };
}

/** A ray matrix takes -z to the ray's direction; columns follow each other. */
function rayOf(m: Matrix4): { readonly origin: Vec3; readonly direction: Vec3 } {
  return { origin: [m[12], m[13], m[14]], direction: normalize([-m[8], -m[9], -m[10]]) ?? [0, 0, -1] };
}

/** A hit's pose has its y axis along the surface's normal. */
function hitMatrix(hit: SurfaceHit): Matrix4 {
  const [x, y, z, w] = rotationBetween([0, 1, 0], hit.normal);
  const [px, py, pz] = hit.point;
  const orientation = { x, y, z, w };
  return new XRRigidTransform({ x: px, y: py, z: pz, w: 1 }, orientation).matrix as unknown as Matrix4;
}

function nativePlane(plane: ScenePlane): NativePlane {
  const [px, py, pz] = plane.pose.position;
  // Ours have their normal along +z, WebXR's along +y.
  const [x, y, z, w] = multiply(plane.pose.orientation, fromAxisAngle([1, 0, 0], Math.PI / 2));
  const [halfWidth, halfHeight] = [plane.shape.width / 2, plane.shape.height / 2];
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const;
  return new NativePlane(
    new XRRigidTransform({ x: px, y: py, z: pz, w: 1 }, { x, y, z, w }),
    corners.map(([sx, sz]) => new DOMPointReadOnly(sx * halfWidth, 0, sz * halfHeight)),
    LABELS[plane.label],
  );
}

function refuseOtherRooms(): never {
  throw new Error('The emulated HoloLens has one room of its own.');
}
