import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.pure.js';
import type { RoomRay } from '../types.ts';

/** What a ray is made of while it is followed; others see it as `RoomRay`. */
export interface MutableRay extends RoomRay {
  handedness: XRHandedness;
  tracked: boolean;
  selecting: boolean;
  onPanel: boolean;
  readonly orientation: Quaternion;
}

export interface RayListeners {
  selectStart(ray: MutableRay): void;
  selectEnd(ray: MutableRay): void;
}

/** Two hands. A third input waits until one of them has gone. */
const SLOTS = 2;

/**
 * Follows the target rays of a session's inputs and their `select`: all that HoloLens 2's browser can be relied on
 * for, and the same for hands, controllers and gaze. It asks the session itself, because Babylon's input manager
 * brings controller models and their download with it.
 */
export interface RayInput {
  readonly rays: readonly MutableRay[];
  /** The ray of an input; null for one that is not followed. */
  rayOf(source: XRInputSource): MutableRay | null;
  /** Reads the poses of this frame; allocates nothing itself. */
  update(frame: XRFrame, space: XRReferenceSpace): void;
  dispose(): void;
}

export function createRayInput(session: XRSession, listeners: RayListeners, space: () => XRReferenceSpace): RayInput {
  const rays: readonly MutableRay[] = Array.from({ length: SLOTS }, (_, slot) => createRay(slot));
  const sources: (XRInputSource | null)[] = rays.map(() => null);

  function slotOf(source: XRInputSource): number {
    const known = sources.indexOf(source);
    if (known >= 0) return known;
    const free = sources.indexOf(null);
    const ray = rays[free];
    if (ray === undefined) return -1;
    sources[free] = source;
    ray.handedness = source.handedness;
    return free;
  }

  function release(slot: number): void {
    const ray = rays[slot];
    if (ray === undefined) return;
    sources[slot] = null;
    ray.tracked = false;
    if (ray.selecting) {
      ray.selecting = false;
      listeners.selectEnd(ray);
    }
    ray.onPanel = false;
  }

  function update(frame: XRFrame, referenceSpace: XRReferenceSpace): void {
    const present = session.inputSources;
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const source = sources[slot];
      if (source != null && !includes(present, source)) release(slot);
    }
    for (let at = 0; at < present.length; at += 1) {
      const source = present[at];
      if (source === undefined) continue;
      const ray = rays[slotOf(source)];
      if (ray !== undefined) readPose(ray, source, frame, referenceSpace);
    }
  }

  const started = (event: XRInputSourceEvent): void => {
    const ray = rays[slotOf(event.inputSource)];
    if (ray === undefined) return;
    // The hand has moved since the last frame: a press counts where it was made.
    readPose(ray, event.inputSource, event.frame, space());
    ray.selecting = true;
    listeners.selectStart(ray);
  };
  const ended = (event: XRInputSourceEvent): void => {
    const ray = rays[sources.indexOf(event.inputSource)];
    if (!ray?.selecting) return;
    readPose(ray, event.inputSource, event.frame, space());
    ray.selecting = false;
    listeners.selectEnd(ray);
  };
  session.addEventListener('selectstart', started);
  session.addEventListener('selectend', ended);

  function dispose(): void {
    session.removeEventListener('selectstart', started);
    session.removeEventListener('selectend', ended);
    for (let slot = 0; slot < SLOTS; slot += 1) release(slot);
  }

  const rayOf = (source: XRInputSource): MutableRay | null => rays[sources.indexOf(source)] ?? null;
  return { rays, rayOf, update, dispose };
}

function createRay(slot: number): MutableRay {
  return {
    slot,
    handedness: 'none',
    origin: new Vector3(),
    direction: new Vector3(0, 0, -1),
    orientation: new Quaternion(),
    tracked: false,
    selecting: false,
    onPanel: false,
  };
}

function includes(sources: XRInputSourceArray, source: XRInputSource): boolean {
  for (let at = 0; at < sources.length; at += 1) if (sources[at] === source) return true;
  return false;
}

function readPose(ray: MutableRay, source: XRInputSource, frame: XRFrame, space: XRReferenceSpace): void {
  const pose = frame.getPose(source.targetRaySpace, space);
  ray.tracked = pose != null;
  if (pose == null) return;
  const { position, orientation } = pose.transform;
  const { x, y, z, w } = orientation;
  ray.origin.set(position.x, position.y, position.z);
  ray.orientation.set(x, y, z, w);
  // The rotated -z axis: where a target ray points.
  ray.direction.set(-2 * (x * z + w * y), -2 * (y * z - w * x), -1 + 2 * (x * x + y * y));
}
