import { P_DEVICE } from 'iwer';
import type { Pose } from '../domain/registration/pose.ts';
import { composePoses } from '../domain/registration/transform.ts';
import { createCameraSource } from './camera/camera-source.ts';
import { installMediaDevices } from './camera/media-devices.ts';
import { trueCameraProfile } from './camera/true-profile.ts';
import { createCameraTruth } from './camera/truth.ts';
import { installControls } from './controls/controls.ts';
import { createHandle } from './create-handle.ts';
import { moveAnchors } from './device/anchors.ts';
import { createDisplayElements, installDisplay } from './device/display.ts';
import { createEnvironment } from './device/environment.ts';
import { limitFrameRate } from './device/frame-rate.ts';
import { createHoloLens2, SHOWN_EYE_OFFSET } from './device/hololens2.ts';
import { createSpaceOrigins } from './device/spaces.ts';
import { installTracking } from './device/tracking.ts';
import type { EmulatorHandle, EmulatorOptions } from './handle.ts';
import type { HandAim } from './motion/hand.ts';
import { createHeadMotion } from './motion/head-motion.ts';
import { createRoomRenderer } from './render/room-renderer.ts';
import { WORKSHOP } from './room/workshop/workshop.ts';
import { completeSettings, drawsInSoftware } from './settings.ts';

/** The handle's name on `window`; there only while a HoloLens 2 is emulated. */
const HANDLE_NAME = '__sightlineEmulator';

/** Frames that come this much too early for the view's rate still count as on time. */
const EARLY_MS = 3;
const IDENTITY_ORIENTATION: Pose['orientation'] = [0, 0, 0, 1];

/**
 * Turns this page's browser into a HoloLens 2 in a workshop: `navigator.xr`, the camera of `getUserMedia`, and the
 * wearer's view. To be called before anything asks `navigator.xr`; one at a time. `dispose` gives all of it back.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<EmulatorHandle> {
  if (HANDLE_NAME in window) throw new Error('A HoloLens 2 is being emulated already.');
  const settings = completeSettings(options, drawsInSoftware());
  const room = WORKSHOP;
  const profile = trueCameraProfile();
  const elements = createDisplayElements();
  const renderer = await createRoomRenderer({ room, canvas: elements.roomCanvas, quality: settings.quality });
  const headset = createHoloLens2(settings.features, elements.container);
  const { device } = headset;
  const motion = createHeadMotion(room.start);
  const tracking = installTracking();
  const origins = createSpaceOrigins(device, (session) =>
    limitFrameRate(session, settings.view.displayFramesPerSecond),
  );
  const display = installDisplay(device, elements, settings.view);
  let aim: HandAim = { kind: 'rest' };
  let drawnMs = Number.NEGATIVE_INFINITY;

  const place = (timeMs: number): Pose => {
    const head = motion.poseAt(timeMs);
    headset.place(head, aim);
    origins.update(head);
    return head;
  };
  const showFrame = (timeMs: number): void => {
    const head = place(timeMs);
    if (timeMs - drawnMs < 1000 / settings.view.roomFramesPerSecond - EARLY_MS) return;
    drawnMs = timeMs;
    const eye = { position: SHOWN_EYE_OFFSET, orientation: IDENTITY_ORIENTATION };
    renderer.drawView(composePoses(head, eye), display.roomFrustum(), display.displayShare());
  };
  const environment = createEnvironment({
    room,
    geometry: settings.geometry,
    canvas: elements.roomCanvas,
    headPoseAt: motion.poseAt,
    isLost: () => tracking.state === 'lost',
    onFrame: showFrame,
  });
  device[P_DEVICE].sem = environment;
  const nativeOnFrameStart = device[P_DEVICE].onFrameStart;
  // Without AR no environment is drawn, but the head moves all the same.
  device[P_DEVICE].onFrameStart = (frame) => {
    place(frame.predictedDisplayTime);
    nativeOnFrameStart(frame);
  };
  device.installRuntime({ forceInstall: true });

  const truth = createCameraTruth(profile);
  const source = createCameraSource({
    headPoseAt: motion.poseAt,
    truth,
    draw: (head, mode) => renderer.drawPicture(composePoses(head, profile.eyeToCamera), profile.intrinsics, mode),
  });
  const mediaDevices = installMediaDevices(source, settings.camera);
  const removeControls = settings.controls
    ? installControls({
        display,
        motion,
        pinch: headset.pinch,
        walkable: room.walkable,
        aim: (next) => {
          aim = next;
        },
      })
    : () => undefined;

  const handle = createHandle({
    settings,
    room,
    profile,
    truth,
    motion,
    tracking,
    origins,
    mediaDevices,
    pinch: headset.pinch,
    aim: (next) => {
      aim = next;
    },
    moveAnchors: (by) => moveAnchors(device, by),
    async dispose() {
      await device.activeSession?.end();
      removeControls();
      mediaDevices.dispose();
      source.dispose();
      headset.dispose();
      tracking.dispose();
      device.uninstallRuntime();
      display.dispose();
      renderer.dispose();
      Reflect.deleteProperty(window, HANDLE_NAME);
    },
  });
  Reflect.set(window, HANDLE_NAME, handle);
  return handle;
}
