import { P_DEVICE, P_GAMEPAD, P_TRACKED_INPUT, XRDevice } from 'iwer';
import type { Pose, Vec3 } from '../../domain/registration/pose.ts';
import type { DeviceFeatures } from '../handle.ts';
import type { HandAim } from '../motion/hand.ts';
import { handRay } from '../motion/hand.ts';
import { installPinch, type Pinch } from './pinch.ts';
import { DISPLAY_FOV_DEG, EYE_DISTANCE_M, hololens2Config, PINCH_BUTTON } from './profile.ts';

/** The shown eye (IWER shows the left one over the whole width), in the head's frame. */
export const SHOWN_EYE_OFFSET: Vec3 = [-EYE_DISTANCE_M / 2, 0, 0];

export interface HoloLens2 {
  readonly device: XRDevice;
  readonly pinch: Pinch;
  /** Puts the head and the hand where they are in the display frame about to begin. */
  place(head: Pose, aim: HandAim): void;
  dispose(): void;
}

/** Makes the device; `navigator.xr` becomes its own with `device.installRuntime`. */
export function createHoloLens2(features: DeviceFeatures, container: HTMLDivElement): HoloLens2 {
  const device = new XRDevice(hololens2Config(features), {
    ipd: EYE_DISTANCE_M,
    fovy: (DISPLAY_FOV_DEG.vertical * Math.PI) / 180,
    canvasContainer: container,
  });
  const hand = features.handJoints ? useJointedHand(device) : usePointerHand(device);

  return {
    device,
    pinch: hand.pinch,
    place(head, aim) {
      const ray = handRay(aim, head, SHOWN_EYE_OFFSET);
      device.position.set(...head.position);
      device.quaternion.set(...head.orientation);
      hand.input.position.set(...ray.position);
      hand.input.quaternion.set(...ray.orientation);
      // IWER would do both only after the hit-tests of this frame.
      device[P_DEVICE].updateViews();
      hand.input.updateTargetRaySpace();
    },
    dispose: () => hand.pinch.dispose(),
  };
}

type HandInput = NonNullable<XRDevice['controllers']['right']> | NonNullable<XRDevice['hands']['right']>;

interface Hand {
  readonly input: HandInput;
  readonly pinch: Pinch;
}

function usePointerHand(device: XRDevice): Hand {
  const { left, right } = device.controllers;
  if (right === undefined) throw new Error('The profile has no right hand.');
  if (left !== undefined) left.connected = false;
  const pinch = installPinch(right, (value) => right.setButtonValueImmediate(PINCH_BUTTON, value));
  return { input: right, pinch };
}

function useJointedHand(device: XRDevice): Hand {
  const { left, right } = device.hands;
  if (right === undefined) throw new Error('The profile has no right hand.');
  if (left !== undefined) left.connected = false;
  device.primaryInputMode = 'hand';
  const button = right[P_TRACKED_INPUT].inputSource.gamepad?.[P_GAMEPAD].buttonsMap.pinch;
  if (button) button[P_GAMEPAD].eventTrigger = null;
  return { input: right, pinch: installPinch(right, (value) => right.setPinchValueImmediate(value)) };
}
