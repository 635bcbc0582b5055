/** A picture size with a rate. */
export interface CameraMode {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

/** Sizes of HoloLens 2's photo/video camera (Microsoft, "Locatable camera overview"); all are 16:9. */
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1504, height: 846 },
  { width: 1280, height: 720 },
  { width: 960, height: 540 },
  { width: 640, height: 360 },
] as const;

const MAX_FRAMES_PER_SECOND = 30;

/**
 * The mode for a request, as a browser picks it: the size nearest to the asked width (or height), never above the
 * `limit`, which is also what is given when nothing is asked for.
 */
export function pickMode(constraints: MediaTrackConstraints, limit: CameraMode): CameraMode {
  const width = wantedNumber(constraints.width);
  const height = wantedNumber(constraints.height);
  const rate = wantedNumber(constraints.frameRate) ?? limit.framesPerSecond;
  const wanted = width ?? (height === null ? limit.width : (height * 16) / 9);
  const allowed = [limit, ...SIZES].filter((size) => size.width <= limit.width && size.height <= limit.height);
  const nearest = allowed.reduce((best, size) =>
    Math.abs(size.width - wanted) < Math.abs(best.width - wanted) ? size : best,
  );
  return {
    width: nearest.width,
    height: nearest.height,
    framesPerSecond: Math.max(1, Math.min(rate, limit.framesPerSecond, MAX_FRAMES_PER_SECOND)),
  };
}

/** What a constraint asks for: its exact or ideal value, or else the nearest bound. */
function wantedNumber(constraint: ConstrainULong | ConstrainDouble | undefined): number | null {
  if (constraint === undefined) return null;
  if (typeof constraint === 'number') return constraint;
  return constraint.exact ?? constraint.ideal ?? constraint.max ?? constraint.min ?? null;
}
