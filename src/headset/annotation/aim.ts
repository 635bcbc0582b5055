import type { Hit } from '../../domain/annotation/plane-fit.ts';
import type { SurfaceSample } from '../../domain/annotation/surface-stroke.ts';
import { rotate } from '../../domain/registration/quat.ts';
import { hitOf, poseOf } from './xr-convert.ts';
import type { XrRoom } from './xr-room.ts';

/** The wearer's target ray, with what the device says it meets, for as long as a tool is in hand. */
export interface Aim {
  /** Called in each frame in which there is a ray. */
  onMove(listener: (sample: SurfaceSample) => void): () => void;
  onSelectStart(listener: () => void): () => void;
  onSelectEnd(listener: () => void): () => void;
  dispose(): void;
}

const FORWARD = [0, 0, -1] as const;

/**
 * Follows the first source that points (a hand's ray, a controller), or the one that pressed last. Needs no joints:
 * target ray and `select` are all that every device gives.
 */
export function createAim(room: XrRoom): Aim {
  const { session } = room;
  const moves = new Set<(sample: SurfaceSample) => void>();
  const starts = new Set<() => void>();
  const ends = new Set<() => void>();
  let active: XRInputSource | null = null;
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

  const stopFrames = room.onFrame((frame) => {
    const input = pointing(session, active);
    if (input === null) return;
    if (input !== sourceOf) void follow(input);
    const pose = frame.getPose(input.targetRaySpace, room.referenceSpace());
    if (!pose || moves.size === 0) return;
    const { position, orientation } = poseOf(pose.transform);
    const ray = { origin: position, direction: rotate(orientation, FORWARD) };
    const hit = readHit(frame, source, room.referenceSpace());
    for (const listener of [...moves]) listener({ ray, hit });
  });

  const start = ({ inputSource }: XRInputSourceEvent): void => {
    active = inputSource;
    for (const listener of [...starts]) listener();
  };
  const end = ({ inputSource }: XRInputSourceEvent): void => {
    if (inputSource === active) for (const listener of [...ends]) listener();
  };
  session.addEventListener('selectstart', start);
  session.addEventListener('selectend', end);

  const adder =
    <T>(set: Set<T>) =>
    (listener: T) => {
      set.add(listener);
      return () => void set.delete(listener);
    };
  return {
    onMove: adder(moves),
    onSelectStart: adder(starts),
    onSelectEnd: adder(ends),
    dispose() {
      disposed = true;
      stopFrames();
      source?.cancel();
      source = null;
      session.removeEventListener('selectstart', start);
      session.removeEventListener('selectend', end);
    },
  };
}

function pointing(session: XRSession, active: XRInputSource | null): XRInputSource | null {
  const sources = [...session.inputSources];
  if (active !== null && sources.includes(active)) return active;
  return sources.find((source) => source.targetRayMode === 'tracked-pointer') ?? sources[0] ?? null;
}

function readHit(frame: XRFrame, source: XRHitTestSource | null, space: XRReferenceSpace): Hit | null {
  if (source === null) return null;
  try {
    const pose = frame.getHitTestResults(source)[0]?.getPose(space);
    return pose ? hitOf(pose) : null;
  } catch {
    return null;
  }
}
