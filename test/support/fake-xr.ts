import type { Pose, Vec3 } from '../../src/domain/registration/pose.ts';
import type { XrRoom } from '../../src/headset/annotation/xr-room.ts';

/** Poses and rays as WebXR's constructors give them, for code that runs without a browser. */
export function installXrGlobals(): void {
  Object.assign(globalThis, {
    XRRay: class {
      origin: unknown;
      direction: unknown;
      constructor(origin: unknown, direction: unknown) {
        this.origin = origin;
        this.direction = direction;
      }
    },
    XRRigidTransform: class {
      position: unknown;
      orientation: unknown;
      constructor(position: unknown, orientation: unknown) {
        this.position = position;
        this.orientation = orientation;
      }
    },
  });
}

const pointOf = ([x, y, z]: Vec3) => ({ x, y, z, w: 1 });
export const xrPoseOf = ({ position, orientation: [x, y, z, w] }: Pose) => ({
  transform: { position: pointOf(position), orientation: { x, y, z, w } },
});

interface FakeAnchor {
  readonly anchorSpace: object;
  pose: Pose | null;
  deleted: boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A wall at z = -2 that faces the wearer, a device that answers from the next frame on, and frames on demand. */
export function createFakeXr(options: { readonly hitTest?: boolean; readonly anchors?: boolean } = {}) {
  const frameListeners = new Set<(frame: XRFrame, timeMs: number) => void>();
  const endListeners = new Set<() => void>();
  const anchors: FakeAnchor[] = [];
  const sources = new Set<object>();
  let timeMs = 0;
  let epoch = 1;

  const requestHitTestSource = async ({ offsetRay }: { offsetRay: { origin: Point; direction: Point } }) => {
    const source = { ray: offsetRay, cancel: () => void sources.delete(source) };
    sources.add(source);
    return source;
  };
  const hitOfRay = ({ origin, direction }: { origin: Point; direction: Point }): Pose | null => {
    if (direction.z >= 0) return null;
    const along = (-2 - origin.z) / direction.z;
    const position = [origin.x + along * direction.x, origin.y + along * direction.y, -2] as const;
    // +y of the hit's pose is the wall's normal, +z: a quarter turn about x.
    return { position, orientation: [Math.SQRT1_2, 0, 0, Math.SQRT1_2] };
  };
  const frame = {
    getHitTestResults: (source: { ray: { origin: Point; direction: Point } }) => {
      const pose = sources.has(source) ? hitOfRay(source.ray) : null;
      return pose === null ? [] : [{ getPose: () => xrPoseOf(pose) }];
    },
    getPose: (space: object) => {
      const pose = anchors.find((anchor) => anchor.anchorSpace === space)?.pose;
      return pose ? xrPoseOf(pose) : null;
    },
    createAnchor: async ({ position: { x, y, z } }: { position: Point }) => {
      const anchor: FakeAnchor = {
        anchorSpace: {},
        pose: { position: [x, y, z], orientation: [0, 0, 0, 1] },
        deleted: false,
      };
      anchors.push(anchor);
      return Object.assign(anchor, {
        delete() {
          anchor.deleted = true;
        },
      });
    },
  };
  if (options.anchors === false) Reflect.deleteProperty(frame, 'createAnchor');
  const session = options.hitTest === false ? {} : { requestHitTestSource };
  const room = {
    session: session as unknown as XRSession,
    referenceSpace: () => ({}) as XRReferenceSpace,
    spaceEpoch: () => epoch,
    onFrame(listener: (frame: XRFrame, timeMs: number) => void) {
      frameListeners.add(listener);
      return () => void frameListeners.delete(listener);
    },
    onEnd(listener: () => void) {
      endListeners.add(listener);
      return () => void endListeners.delete(listener);
    },
  } satisfies XrRoom;
  return {
    room,
    anchors,
    openSources: () => sources.size,
    listening: () => frameListeners.size,
    resetSpace: () => {
      epoch += 1;
    },
    end: () => {
      for (const listener of [...endListeners]) listener();
    },
    /** Runs `count` frames, `stepMs` apart, each after all promises that are ready. */
    async frames(count = 1, stepMs = 16) {
      for (let i = 0; i < count; i += 1) {
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        timeMs += stepMs;
        for (const listener of [...frameListeners]) listener(frame as unknown as XRFrame, timeMs);
      }
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    },
  };
}
