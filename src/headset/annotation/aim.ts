import type { Hit } from '../../domain/annotation/plane-fit.ts';
import type { SurfaceSample } from '../../domain/annotation/surface-stroke.ts';
import type { Vec3 } from '../../domain/registration/pose.ts';
import { readForward, readUp, readVec3 } from './xr-convert.ts';
import type { XrRoom } from './xr-room.ts';

/** What a tool in hand is told. */
export interface AimListener {
  /**
   * In each frame in which there is a ray. The sample is the same object every time: copy what is to be kept.
   * `onPanel`: the ray belongs to a panel now, not to a tool.
   */
  move(sample: SurfaceSample, onPanel: boolean): void;
  /** A press that is not a panel's. Moves are those of the source that pressed, until `release`. */
  press(): void;
  release(): void;
}

/** The wearer's target ray, with what the device says it meets, for as long as a tool is in hand. */
export interface Aim {
  /** Tells one tool at a time; returns the end of it. */
  listen(listener: AimListener): () => void;
  dispose(): void;
}

interface MutableSample extends SurfaceSample {
  readonly ray: { readonly origin: Vec3; readonly direction: Vec3 };
  hit: Hit | null;
}

/**
 * Follows the source that presses; else the one that pressed last, or the first that points (a hand's ray, a
 * controller). Other sources neither end nor disturb what one has begun. Needs no joints: target ray and `select`
 * are all that every device gives. A frame allocates nothing but what WebXR itself does.
 */
export function createAim(room: XrRoom, isOnPanel: (source: XRInputSource) => boolean): Aim {
  const { session } = room;
  const sample: MutableSample = { ray: { origin: [0, 0, 0], direction: [0, 0, -1] }, hit: null };
  const met: Hit = { point: [0, 0, 0], normal: [0, 1, 0] };
  let listener: AimListener | null = null;
  let pressing: XRInputSource | null = null;
  let last: XRInputSource | null = null;
  let source: XRHitTestSource | null = null;
  let sourceOf: XRInputSource | null = null;
  let disposed = false;

  const follow = async (input: XRInputSource): Promise<void> => {
    sourceOf = input;
    source?.cancel();
    source = null;
    const made = await session.requestHitTestSource?.({ space: input.targetRaySpace })?.catch(() => null);
    // Another source may have been taken up, or the tool laid down, while the device answered.
    if (disposed || sourceOf !== input) made?.cancel();
    else source = made ?? null;
  };

  const release = (): void => {
    pressing = null;
    listener?.release();
  };

  const stopFrames = room.onFrame((frame) => {
    if (pressing !== null && !isPresent(session.inputSources, pressing)) release();
    const input = pressing ?? pointing(session.inputSources, last);
    if (input === null) return;
    if (input !== sourceOf) void follow(input);
    const pose = frame.getPose(input.targetRaySpace, room.referenceSpace());
    if (!pose || listener === null) return;
    readVec3(sample.ray.origin, pose.transform.position);
    readForward(sample.ray.direction, pose.transform.orientation);
    sample.hit = readHit(met, frame, source, room.referenceSpace()) ? met : null;
    listener.move(sample, isOnPanel(input));
  });

  const started = ({ inputSource }: XRInputSourceEvent): void => {
    if (pressing !== null || isOnPanel(inputSource)) return;
    pressing = inputSource;
    last = inputSource;
    listener?.press();
  };
  const ended = ({ inputSource }: XRInputSourceEvent): void => {
    if (inputSource === pressing) release();
  };
  session.addEventListener('selectstart', started);
  session.addEventListener('selectend', ended);

  return {
    listen(next) {
      listener = next;
      return () => {
        if (listener === next) listener = null;
      };
    },
    dispose() {
      disposed = true;
      stopFrames();
      source?.cancel();
      source = null;
      session.removeEventListener('selectstart', started);
      session.removeEventListener('selectend', ended);
    },
  };
}

function pointing(sources: XRInputSourceArray, last: XRInputSource | null): XRInputSource | null {
  if (last !== null && isPresent(sources, last)) return last;
  for (let at = 0; at < sources.length; at += 1) {
    const source = sources[at];
    if (source?.targetRayMode === 'tracked-pointer') return source;
  }
  return sources[0] ?? null;
}

function isPresent(sources: XRInputSourceArray, source: XRInputSource): boolean {
  for (let at = 0; at < sources.length; at += 1) if (sources[at] === source) return true;
  return false;
}

/** Writes what the ray meets into `out`; false where it meets nothing. */
function readHit(out: Hit, frame: XRFrame, source: XRHitTestSource | null, space: XRReferenceSpace): boolean {
  if (source === null) return false;
  try {
    const pose = frame.getHitTestResults(source)[0]?.getPose(space);
    if (!pose) return false;
    readVec3(out.point, pose.transform.position);
    readUp(out.normal, pose.transform.orientation);
    return true;
  } catch {
    return false;
  }
}
