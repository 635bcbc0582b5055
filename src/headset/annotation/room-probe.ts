import type { Hit } from '../../domain/annotation/plane-fit.ts';
import type { Ray } from '../../domain/registration/camera.ts';
import { hitOf } from './xr-convert.ts';
import type { XrRoom } from './xr-room.ts';

/** Asks the device what rays from anywhere in the room meet. */
export interface RoomProbe {
  /** One answer for each ray, in the reference space; null where it met nothing or nobody answered in time. Never rejects. */
  probe(rays: readonly Ray[]): Promise<readonly (Hit | null)[]>;
}

/** A source answers from the frame after it was made; devices that are busy with their map take a little longer. */
const FRAMES_TO_WAIT = 4;
/** A session that shows nothing (the headset was taken off) has no frames: a mark then waits no longer than this. */
const TIMEOUT_MS = 1_500;

/** Without hit-test on the device every ray meets nothing, and marks fall back to an assumed depth. */
export function createRoomProbe(room: XrRoom): RoomProbe {
  return {
    async probe(rays) {
      const request = room.session.requestHitTestSource?.bind(room.session);
      if (request === undefined) return rays.map(() => null);
      const space = room.referenceSpace();
      const sources = await Promise.all(rays.map((ray) => sourceFor(ray, space, request)));
      try {
        return await readFirstHits(room, space, sources);
      } finally {
        for (const source of sources) cancel(source);
      }
    },
  };
}

type RequestSource = (options: XRHitTestOptionsInit) => Promise<XRHitTestSource> | undefined;

async function sourceFor(ray: Ray, space: XRSpace, request: RequestSource): Promise<XRHitTestSource | null> {
  const [x, y, z] = ray.origin;
  const [dx, dy, dz] = ray.direction;
  try {
    const offsetRay = new XRRay({ x, y, z, w: 1 }, { x: dx, y: dy, z: dz, w: 0 });
    return (await request({ space, offsetRay })) ?? null;
  } catch {
    return null;
  }
}

function readFirstHits(
  room: XrRoom,
  space: XRReferenceSpace,
  sources: readonly (XRHitTestSource | null)[],
): Promise<readonly (Hit | null)[]> {
  const hits: (Hit | null)[] = sources.map(() => null);
  return new Promise((resolve) => {
    let frames = 0;
    const finish = (): void => {
      stopFrames();
      stopEnd();
      clearTimeout(timer);
      resolve(hits);
    };
    const stopFrames = room.onFrame((frame) => {
      frames += 1;
      for (const [i, source] of sources.entries()) hits[i] ??= firstHit(frame, source, space);
      if (frames >= FRAMES_TO_WAIT || hits.every((hit, i) => hit !== null || sources[i] === null)) finish();
    });
    const stopEnd = room.onEnd(finish);
    const timer = setTimeout(finish, TIMEOUT_MS);
  });
}

function firstHit(frame: XRFrame, source: XRHitTestSource | null, space: XRReferenceSpace): Hit | null {
  if (source === null) return null;
  try {
    const pose = frame.getHitTestResults(source)[0]?.getPose(space);
    return pose === undefined || pose === null ? null : hitOf(pose);
  } catch {
    // A source whose space is gone answers with an exception in this frame only.
    return null;
  }
}

function cancel(source: XRHitTestSource | null): void {
  try {
    source?.cancel();
  } catch {
    // Cancelled already, by the end of the session.
  }
}
