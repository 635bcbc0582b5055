import { chooseAnchor } from '../../domain/annotation/anchoring.ts';
import type { AnchorState } from '../../domain/call/state.ts';
import type { AnchorPose, Pose, SpacePoint } from '../../domain/registration/pose.ts';
import { IDENTITY } from '../../domain/registration/quat.ts';
import { poseOf } from './xr-convert.ts';
import type { XrRoom } from './xr-room.ts';

/** An anchor that this page holds on the device. */
export interface HeldAnchor {
  readonly anchorId: string;
  /** `space`: the device gives no anchors; the place holds as long as the reference space does. */
  readonly kind: 'anchor' | 'space';
  readonly pose: AnchorPose;
  readonly spaceEpoch: number;
  readonly state: AnchorState;
}

export interface RoomAnchors {
  /**
   * A tracked anchor within a metre of the point, or a new one there. Null when the session ended meanwhile.
   * It is kept until `letGo` at least, which each caller owes it.
   */
  anchorAt(point: SpacePoint): Promise<HeldAnchor | null>;
  /** What the anchor was asked for is settled: it stays only if it is in use. */
  letGo(anchorId: string): void;
  /** Which anchors are in use from now on; the device gets the others back a little later. */
  keepOnly(inUse: ReadonlySet<string>): void;
  held(anchorId: string): HeldAnchor | null;
  /** Called when an anchor moved, was lost or was found again. */
  onChange(listener: () => void): () => void;
  dispose(): void;
}

interface Entry {
  readonly anchor: XRAnchor | null;
  held: HeldAnchor;
  /** How many asked for it and have not let it go. */
  inHand: number;
  /** Since when nothing needs it; null while something does. */
  idleSinceMs: number | null;
  /** When the device first said nothing about it; null while it does. */
  silentSinceMs: number | null;
}

/** Anchors move slowly: a look at each of them four times a second costs nothing and misses nothing. */
const CHECK_EVERY_MS = 250;
/** Smaller corrections can't be seen at arm's length, and would only rebuild meshes. */
const MOVED_M = 0.001;
/** The dot product of two unit quaternions 0.2 degrees apart is 1 - 1.5e-6. */
const TURNED_DOT = 1 - 1.5e-6;
/** Shorter silences are the device looking again. */
const LOST_AFTER_MS = 1_000;
/** The hub's answer to a placement may be here before the placement itself is part of the call's state. */
const RELEASE_AFTER_MS = 5_000;

export function createRoomAnchors(room: XrRoom, newId: () => string): RoomAnchors {
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  let inUse: ReadonlySet<string> = new Set();
  let nextCheckMs = 0;
  let ended = false;

  const stopFrames = room.onFrame((frame, timeMs) => {
    if (timeMs < nextCheckMs) return;
    nextCheckMs = timeMs + CHECK_EVERY_MS;
    let changed = false;
    for (const entry of entries.values()) {
      if (isIdle(entry, inUse, timeMs)) {
        entries.delete(entry.held.anchorId);
        entry.anchor?.delete();
      } else changed = check(entry, frame, timeMs, room) || changed;
    }
    if (changed) for (const listener of [...listeners]) listener();
  });
  const stopEnd = room.onEnd(() => {
    ended = true;
  });

  const usable = (): HeldAnchor[] =>
    [...entries.values()]
      .map((entry) => entry.held)
      .filter((held) => held.state === 'tracked' && held.spaceEpoch === room.spaceEpoch());

  const take = (anchorId: string): HeldAnchor | null => {
    const entry = entries.get(anchorId);
    if (entry !== undefined) entry.inHand += 1;
    return entry?.held ?? null;
  };

  return {
    async anchorAt(point) {
      const choice = chooseAnchor(usable(), point);
      if (choice.kind === 'share') return take(choice.anchor.anchorId);
      const spaceEpoch = room.spaceEpoch();
      const anchor = await createAnchor(room, { position: point, orientation: IDENTITY });
      if (ended || room.spaceEpoch() !== spaceEpoch) {
        anchor?.anchor.delete();
        return null;
      }
      const pose = anchor?.pose ?? { position: point, orientation: IDENTITY };
      const kind = anchor === null ? 'space' : 'anchor';
      const held: HeldAnchor = { anchorId: newId(), kind, pose, spaceEpoch, state: 'tracked' };
      entries.set(held.anchorId, {
        anchor: anchor?.anchor ?? null,
        held,
        inHand: 1,
        idleSinceMs: null,
        silentSinceMs: null,
      });
      return held;
    },
    letGo(anchorId) {
      const entry = entries.get(anchorId);
      if (entry !== undefined) entry.inHand -= 1;
    },
    keepOnly(next) {
      inUse = next;
    },
    held: (anchorId) => entries.get(anchorId)?.held ?? null,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose() {
      stopFrames();
      stopEnd();
      for (const { anchor } of entries.values()) if (!ended) anchor?.delete();
      entries.clear();
      listeners.clear();
    },
  };
}

/** True once nothing has needed an anchor for long enough. */
function isIdle(entry: Entry, inUse: ReadonlySet<string>, timeMs: number): boolean {
  if (entry.inHand > 0 || inUse.has(entry.held.anchorId)) {
    entry.idleSinceMs = null;
    return false;
  }
  entry.idleSinceMs ??= timeMs;
  return timeMs - entry.idleSinceMs >= RELEASE_AFTER_MS;
}

/** Looks at one anchor in one frame; true when what others know of it is no longer right. */
function check(entry: Entry, frame: XRFrame, timeMs: number, room: XrRoom): boolean {
  const spaceEpoch = room.spaceEpoch();
  const seen = entry.anchor === null ? null : frame.getPose(entry.anchor.anchorSpace, room.referenceSpace());
  if (seen) {
    entry.silentSinceMs = null;
    const pose = poseOf(seen.transform);
    const { held } = entry;
    if (held.state === 'tracked' && held.spaceEpoch === spaceEpoch && isSamePlace(held.pose, pose)) return false;
    entry.held = { ...held, pose, spaceEpoch, state: 'tracked' };
    return true;
  }
  if (entry.held.state === 'lost' || (entry.anchor === null && entry.held.spaceEpoch === spaceEpoch)) return false;
  entry.silentSinceMs ??= timeMs;
  if (entry.anchor !== null && timeMs - entry.silentSinceMs < LOST_AFTER_MS) return false;
  entry.held = { ...entry.held, state: 'lost' };
  return true;
}

function isSamePlace(a: Pose, b: Pose): boolean {
  const moved = Math.hypot(a.position[0] - b.position[0], a.position[1] - b.position[1], a.position[2] - b.position[2]);
  const turned = Math.abs(
    a.orientation[0] * b.orientation[0] +
      a.orientation[1] * b.orientation[1] +
      a.orientation[2] * b.orientation[2] +
      a.orientation[3] * b.orientation[3],
  );
  return moved < MOVED_M && turned > TURNED_DOT;
}

interface CreatedAnchor {
  readonly anchor: XRAnchor;
  readonly pose: Pose;
}

/**
 * Anchors can only be made inside a frame callback. The pose that counts is the one the device reports for it;
 * null where the device has no anchors or gives none here.
 */
async function createAnchor(room: XrRoom, pose: Pose): Promise<CreatedAnchor | null> {
  const made = await inNextFrame(room, (frame) =>
    frame.createAnchor?.(rigid(pose), room.referenceSpace())?.catch(() => null),
  );
  const anchor = await made;
  if (!anchor) return null;
  const reported = await inNextFrame(room, (frame) => frame.getPose(anchor.anchorSpace, room.referenceSpace()));
  return { anchor, pose: reported ? poseOf(reported.transform) : pose };
}

function rigid({ position: [x, y, z], orientation: [qx, qy, qz, qw] }: Pose): XRRigidTransform {
  return new XRRigidTransform({ x, y, z, w: 1 }, { x: qx, y: qy, z: qz, w: qw });
}

/** Runs once in the next frame; null when the session ends before it. */
function inNextFrame<T>(room: XrRoom, run: (frame: XRFrame) => T): Promise<T | null> {
  return new Promise((resolve) => {
    const finish = (value: T | null): void => {
      stopFrames();
      stopEnd();
      resolve(value);
    };
    const stopFrames = room.onFrame((frame) => {
      try {
        finish(run(frame));
      } catch {
        finish(null);
      }
    });
    const stopEnd = room.onEnd(() => finish(null));
  });
}
