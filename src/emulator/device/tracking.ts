import { P_FRAME, P_SESSION, XRFrame, XRPose, type XRSpace, XRViewerPose } from 'iwer';

/** `limited`: orientation alone, positions are guesses; `lost`: the device does not know where it is. */
export type TrackingState = 'tracked' | 'limited' | 'lost';

export interface Tracking {
  readonly state: TrackingState;
  set(state: TrackingState): void;
  dispose(): void;
}

/**
 * IWER never loses track, and calls every position emulated. Here its frames get the answers of a device: no pose
 * while tracking is lost, and `emulatedPosition` only while it is limited.
 */
export function installTracking(): Tracking {
  const prototype = XRFrame.prototype;
  const native = { getPose: prototype.getPose, getViewerPose: prototype.getViewerPose };
  let state: TrackingState = 'tracked';

  prototype.getPose = function (this: XRFrame, space: XRSpace, baseSpace: XRSpace) {
    const pose = native.getPose.call(this, space, baseSpace);
    if (state === 'lost' && !bothMoveWithTheHead(this, space, baseSpace)) return null as unknown as XRPose;
    return new XRPose(pose.transform, state === 'limited');
  };
  prototype.getViewerPose = function (this: XRFrame, space) {
    if (state === 'lost') return null as unknown as XRViewerPose;
    const pose = native.getViewerPose.call(this, space);
    return new XRViewerPose(pose.transform, [...pose.views], state === 'limited');
  };
  return {
    get state() {
      return state;
    },
    set: (next) => {
      state = next;
    },
    dispose() {
      Object.assign(prototype, native);
    },
  };
}

/** Relative to the head itself things stay known without tracking. */
function bothMoveWithTheHead(frame: XRFrame, space: XRSpace, baseSpace: XRSpace): boolean {
  const { viewerSpace, viewSpaces } = frame[P_FRAME].session[P_SESSION].device;
  const carried: readonly unknown[] = [viewerSpace, viewSpaces.left, viewSpaces.right, viewSpaces.none];
  return carried.includes(space) && carried.includes(baseSpace);
}
