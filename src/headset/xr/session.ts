import type { Scene } from '@babylonjs/core/scene.pure.js';
import { WebXRCamera } from '@babylonjs/core/XR/webXRCamera.js';
import { WebXRSessionManager } from '@babylonjs/core/XR/webXRSessionManager.js';
import { WebXRTrackingState } from '@babylonjs/core/XR/webXRTypes.js';
import type { RoomMode } from '../../ui/panels/view.ts';
import type { PoseSink, ViewerSample } from '../types.ts';

/** All optional: a device that lacks one is still a headset. */
const OPTIONAL_FEATURES = ['local-floor', 'unbounded', 'hit-test', 'anchors', 'hand-tracking'] as const;
/** Unbounded keeps its hold when the wearer walks; the others are what every device has. */
const SPACES: readonly XRReferenceSpaceType[] = ['unbounded', 'local-floor', 'local', 'viewer'];

/** Resolution of the eyes' picture against the device's own; no antialiasing: HoloLens 2 cannot afford it. */
const LAYER = { antialias: false, depth: true, stencil: false, alpha: true, framebufferScaleFactor: 1 } as const;

export interface XrSession {
  readonly session: XRSession;
  readonly referenceSpace: () => XRReferenceSpace;
  readonly viewer: ViewerSample;
  readonly spaceEpoch: () => number;
  leave(): Promise<void>;
}

export interface XrListeners {
  /** Each frame, once the head's pose is known and before anything is drawn. */
  frame(frame: XRFrame, timeMs: number, deltaS: number): void;
  /** The reference space moved under everything, or the device found or lost its place. */
  spaceChanged(spaceEpoch: number, tracking: boolean): void;
  /** The session is over, whoever ended it. */
  ended(): void;
}

interface EnterOptions {
  readonly mode: RoomMode;
  readonly poseSink: PoseSink;
  readonly listeners: XrListeners;
}

export interface XrEntrance {
  /** Must be called from a user's gesture. Rejects when the device refuses the session. */
  enter(options: EnterOptions): Promise<XrSession>;
}

/** Longer than this between two frames and motion would jump: a page that was hidden. */
const MOST_DELTA_S = 0.1;

/**
 * The way into mixed reality for one scene. WebXR's coordinates are the scene's, unchanged: right-handed, metres,
 * and the camera is never moved from where the device sees it.
 */
export function createXrEntrance(scene: Scene, canvas: HTMLCanvasElement): XrEntrance {
  const manager = new WebXRSessionManager(scene);
  const camera = new WebXRCamera('viewer', scene, manager);
  camera.compensateOnFirstFrame = false;
  camera.minZ = 0.05;
  camera.maxZ = 50;
  const engine = scene.getEngine();
  // Grows over all sessions of the page: poses of different sessions must never be mixed up.
  let spaceEpoch = lastEpochBefore();

  async function enter({ mode, poseSink, listeners }: EnterOptions): Promise<XrSession> {
    await manager.initializeAsync();
    const target = manager.getWebXRRenderTarget({ canvasElement: canvas, canvasOptions: LAYER });
    const session = await manager.initializeSessionAsync(mode, { optionalFeatures: [...OPTIONAL_FEATURES] });
    try {
      const space = await requestSpace(session);
      manager.viewerReferenceSpace = await session.requestReferenceSpace('viewer');
      manager.baseReferenceSpace = space;
      manager.referenceSpace = space;
      const baseLayer = await target.initializeXRLayerAsync(session);
      manager.updateRenderState({ depthNear: camera.minZ, depthFar: camera.maxZ, baseLayer });
    } catch (error) {
      await session.end().catch(() => undefined);
      throw error;
    }
    // The browser clears the eyes' pictures; the room shines through wherever nothing is drawn.
    scene.autoClear = mode !== 'immersive-ar';
    scene.activeCamera = camera;
    camera.position.setAll(0);
    spaceEpoch += 1;
    const stop = watch(session, { poseSink, listeners });
    manager.onXRSessionEnded.addOnce(() => {
      stop();
      target.dispose();
      engine.stopRenderLoop();
      scene.activeCamera = null;
      listeners.spaceChanged(spaceEpoch, false);
      listeners.ended();
    });
    engine.runRenderLoop(() => scene.render());
    manager.runXRRenderLoop();
    return {
      session,
      referenceSpace: () => manager.referenceSpace,
      viewer,
      spaceEpoch: () => spaceEpoch,
      leave: () => manager.exitXRAsync(),
    };
  }

  const isTracked = (): boolean => camera.trackingState === WebXRTrackingState.TRACKING;
  const viewer: ViewerSample = {
    position: camera.position,
    orientation: camera.rotationQuaternion,
    get tracked() {
      return isTracked();
    },
  };

  function watch(session: XRSession, { poseSink, listeners }: Pick<EnterOptions, 'poseSink' | 'listeners'>) {
    const space = manager.referenceSpace;
    let lastMs = Number.NaN;
    let toldTracking = false;
    const moved = (): void => {
      spaceEpoch += 1;
      listeners.spaceChanged(spaceEpoch, toldTracking);
    };
    listeners.spaceChanged(spaceEpoch, toldTracking);
    space.addEventListener('reset', moved);
    const observer = manager.onXRFrameObservable.add((frame) => {
      const timeMs = manager.currentTimestamp;
      const deltaS = Number.isNaN(lastMs) ? 0 : Math.min(MOST_DELTA_S, Math.max(0, (timeMs - lastMs) / 1000));
      lastMs = timeMs;
      const p = camera.position;
      const q = camera.rotationQuaternion;
      const tracking = isTracked();
      poseSink.push(timeMs, p.x, p.y, p.z, q.x, q.y, q.z, q.w, tracking, spaceEpoch);
      if (tracking !== toldTracking) {
        toldTracking = tracking;
        listeners.spaceChanged(spaceEpoch, tracking);
      }
      if (session.visibilityState !== 'hidden') listeners.frame(frame, timeMs, deltaS);
    });
    return () => {
      space.removeEventListener('reset', moved);
      manager.onXRFrameObservable.remove(observer);
    };
  }

  return { enter };
}

/**
 * Pages of one person in one call, such as one before and one after a reload, must not give two spaces the same number:
 * each begins somewhere in the lower half of the 16 bits that a frame has for it, and has the upper half for counting.
 */
function lastEpochBefore(): number {
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  return random >> 1;
}

async function requestSpace(session: XRSession): Promise<XRReferenceSpace> {
  let failure: unknown;
  for (const type of SPACES) {
    try {
      return await session.requestReferenceSpace(type);
    } catch (error) {
      failure = error;
    }
  }
  throw new Error('The device gives no reference space.', { cause: failure });
}
