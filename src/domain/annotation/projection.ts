import { type CameraProfile, NEAR_DEPTH_M } from '../registration/camera.ts';
import type { AnchorPose, Vec3, ViewerPose } from '../registration/pose.ts';
import { rotateInto } from '../registration/quat.ts';
import { composePoses, IDENTITY_POSE, invertPose } from '../registration/transform.ts';
import { addScaled, cross, type MutableVec3, perpendicular } from '../registration/vec3.ts';
import { ARROW_HEAD_LENGTH, ARROW_HEAD_RADIUS, DOT_RADIUS_M } from './arrow-shape.ts';
import { hullInto } from './hull.ts';
import type { AnnotationGeometry } from './types.ts';

/** Takes the way of a line, in pixels from the top left: a canvas context or a `Path2D` is one. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  closePath(): void;
}

/** `line` gets what is to be stroked, `fill` what is to be filled (arrow heads, dots). They may be the same. */
export interface OverlaySinks {
  readonly line: PathSink;
  readonly fill: PathSink;
}

/** Draws annotations over a video frame as the frame's camera would have seen them. Reuses its buffers. */
export interface OverlayProjector {
  /** Once for each frame. `widthPx` x `heightPx` is the picture's size in the sink's units. */
  setView(viewerPose: ViewerPose, profile: CameraProfile, widthPx: number, heightPx: number): void;
  /** Once for each annotation. False when nothing of it is in front of the camera. */
  trace(geometry: AnnotationGeometry, anchorPose: AnchorPose, sinks: OverlaySinks): boolean;
}

const RIM_POINTS = 12;
const RIM_COSINES = Array.from({ length: RIM_POINTS }, (_, i) => Math.cos((2 * Math.PI * i) / RIM_POINTS));
const RIM_SINES = Array.from({ length: RIM_POINTS }, (_, i) => Math.sin((2 * Math.PI * i) / RIM_POINTS));

export function createOverlayProjector(): OverlayProjector {
  // From the anchor's frame to the camera's, then pixels: everything below stands in these few numbers.
  let viewInverse = IDENTITY_POSE;
  let toCamera = viewInverse;
  let [focalXPx, focalYPx, centreXPx, centreYPx] = [1, 1, 0, 0];
  const here: MutableVec3 = [0, 0, 0];
  const previous: MutableVec3 = [0, 0, 0];
  const right: MutableVec3 = [0, 0, 0];
  const up: MutableVec3 = [0, 0, 0];
  const outline = new Float64Array(2 * (RIM_POINTS + 1));
  const hull = new Float64Array(2 * (RIM_POINTS + 2));

  function setView(viewerPose: ViewerPose, profile: CameraProfile, widthPx: number, heightPx: number): void {
    viewInverse = invertPose(composePoses(viewerPose, profile.eyeToCamera));
    focalXPx = profile.intrinsics.focalX * widthPx;
    focalYPx = profile.intrinsics.focalY * heightPx;
    centreXPx = profile.intrinsics.principalX * widthPx;
    centreYPx = profile.intrinsics.principalY * heightPx;
  }

  function toCameraInto(out: MutableVec3, point: Vec3): void {
    rotateInto(out, toCamera.orientation, point);
    for (let i = 0; i < 3; i += 1) out[i] = (out[i] ?? 0) + (toCamera.position[i] ?? 0);
  }

  const xOf = (p: Vec3): number => centreXPx - (focalXPx * p[0]) / p[2];
  const yOf = (p: Vec3): number => centreYPx + (focalYPx * p[1]) / p[2];
  const isInFront = (p: Vec3): boolean => -p[2] >= NEAR_DEPTH_M;

  /** Moves `p`, which is behind the near plane, along the way to `to` until it is on it. */
  function clip(p: MutableVec3, to: Vec3): void {
    const t = (-NEAR_DEPTH_M - p[2]) / (to[2] - p[2]);
    for (let i = 0; i < 3; i += 1) p[i] = (p[i] ?? 0) + ((to[i] ?? 0) - (p[i] ?? 0)) * t;
  }

  function copy(out: MutableVec3, from: Vec3): void {
    [out[0], out[1], out[2]] = from;
  }

  /** One segment from `previous` to `here`; `isPenDown`: the sink already stands at its start. */
  function traceSegment(sink: PathSink, isPenDown: boolean): boolean {
    const [startsInFront, endsInFront] = [isInFront(previous), isInFront(here)];
    if (!startsInFront && !endsInFront) return false;
    if (!startsInFront) clip(previous, here);
    if (!isPenDown || !startsInFront) sink.moveTo(xOf(previous), yOf(previous));
    if (endsInFront) {
      sink.lineTo(xOf(here), yOf(here));
      return true;
    }
    const end: MutableVec3 = [here[0], here[1], here[2]];
    clip(end, previous);
    sink.lineTo(xOf(end), yOf(end));
    return true;
  }

  function traceLine(points: readonly Vec3[], closed: boolean, sink: PathSink): boolean {
    const count = closed ? points.length + 1 : points.length;
    let [drawn, isPenDown] = [false, false];
    for (let i = 0; i < count; i += 1) {
      const point = points[i % points.length];
      if (point === undefined) return drawn;
      toCameraInto(here, point);
      if (i > 0) {
        const isDrawn = traceSegment(sink, isPenDown);
        drawn ||= isDrawn;
        isPenDown = isDrawn && isInFront(here);
      }
      copy(previous, here);
    }
    return drawn;
  }

  /** Puts a circle round `centre` (and the point `apex`) into `outline`; the number of points, 0 if any is behind. */
  function outlineOf(centre: Vec3, axis: Vec3, radiusM: number, apex: Vec3 | null): number {
    const side = perpendicular(axis);
    rotateInto(right, toCamera.orientation, side);
    rotateInto(up, toCamera.orientation, cross(axis, side));
    toCameraInto(previous, centre);
    for (let i = 0; i < RIM_POINTS; i += 1) {
      const [x, y] = [radiusM * (RIM_COSINES[i] ?? 0), radiusM * (RIM_SINES[i] ?? 0)];
      for (let k = 0; k < 3; k += 1) here[k] = (previous[k] ?? 0) + x * (right[k] ?? 0) + y * (up[k] ?? 0);
      if (!addToOutline(i)) return 0;
    }
    if (apex === null) return RIM_POINTS;
    toCameraInto(here, apex);
    return addToOutline(RIM_POINTS) ? RIM_POINTS + 1 : 0;
  }

  function addToOutline(i: number): boolean {
    outline[2 * i] = xOf(here);
    outline[2 * i + 1] = yOf(here);
    return isInFront(here);
  }

  /** The silhouette of a disc or a cone is the hull of its rim and tip, from wherever it is seen. */
  function traceSilhouette(count: number, sink: PathSink): boolean {
    const corners = hullInto(hull, outline, count);
    for (let i = 0; i < corners; i += 1) {
      const [x, y] = [hull[2 * i] ?? 0, hull[2 * i + 1] ?? 0];
      if (i === 0) sink.moveTo(x, y);
      else sink.lineTo(x, y);
    }
    if (corners > 0) sink.closePath();
    return corners > 0;
  }

  function trace(geometry: AnnotationGeometry, anchorPose: AnchorPose, { line, fill }: OverlaySinks): boolean {
    toCamera = composePoses(viewInverse, anchorPose);
    switch (geometry.kind) {
      case 'stroke':
        return traceLine(geometry.points, geometry.closed, line);
      case 'dot':
        return traceSilhouette(outlineOf(geometry.point, geometry.normal, DOT_RADIUS_M, null), fill);
      case 'arrow': {
        const { tip, towardsTail, lengthM } = geometry;
        const neck = addScaled(tip, towardsTail, lengthM * ARROW_HEAD_LENGTH);
        const shaft = traceLine([neck, addScaled(tip, towardsTail, lengthM)], false, line);
        const head = traceSilhouette(outlineOf(neck, towardsTail, lengthM * ARROW_HEAD_RADIUS, tip), fill);
        return shaft || head;
      }
    }
  }

  return { setView, trace };
}
