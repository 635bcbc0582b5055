import type { Pose, Vec3 } from '../../domain/registration/pose.ts';
import type { Display } from '../device/display.ts';
import type { Pinch } from '../device/pinch.ts';
import { levelOrientation, yawPitchOf } from '../geometry/orient.ts';
import type { HandAim } from '../motion/hand.ts';
import type { HeadMotion } from '../motion/head-motion.ts';
import { createHud } from './hud.ts';
import { isMovementKey, movementOf } from './keyboard-walk.ts';

export interface ControlsOptions {
  readonly display: Display;
  readonly motion: HeadMotion;
  readonly pinch: Pinch;
  readonly walkable: { readonly min: Vec3; readonly max: Vec3 };
  readonly aim: (aim: HandAim) => void;
}

const LOOK_RAD_PER_PX = 0.0028;
const MAX_PITCH_RAD = 1.4;
/** A look follows the mouse within this time: two camera frames never see a jump between them. */
const LOOK_MS = 60;
const RIGHT_BUTTON = 2;

/** Mouse and keys as head and hand, while a session shows. Returns what takes them away again. */
export function installControls(options: ControlsOptions): () => void {
  const { display, pinch } = options;
  const listening = new AbortController();
  const { signal } = listening;
  const hud = createHud(display.container);
  const held = new Set<string>();
  let looking: Pose | null = null;

  const isShown = () => display.container.isConnected;
  const walk = (): void => {
    const now = performance.now();
    options.motion.begin(movementOf(held, options.motion.poseAt(now), options.walkable), now);
  };
  const look = (event: PointerEvent): void => {
    if (looking === null) return;
    looking = turned(looking, -event.movementX * LOOK_RAD_PER_PX, -event.movementY * LOOK_RAD_PER_PX);
    const now = performance.now();
    options.motion.glideTo({ ...options.motion.poseAt(now), orientation: looking.orientation }, now, LOOK_MS);
  };
  const onPointerDown = (event: PointerEvent): void => {
    display.container.setPointerCapture(event.pointerId);
    if (event.button === RIGHT_BUTTON || event.shiftKey) looking = options.motion.poseAt(performance.now());
    else if (event.button === 0) pinch.press();
  };
  const onPointerUp = (): void => {
    if (looking === null) pinch.release();
    looking = null;
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!isShown() || isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    const down = event.type === 'keydown';
    if (isMovementKey(event.code)) {
      event.preventDefault();
      if (held.has(event.code) === down) return;
      if (down) held.add(event.code);
      else held.delete(event.code);
      walk();
    } else if (event.code === 'Space') {
      event.preventDefault();
      if (event.repeat) return;
      if (down) pinch.press();
      else pinch.release();
    } else if (event.code === 'KeyH' && down) hud.toggle();
  };
  const letGo = (): void => {
    if (held.size > 0) {
      held.clear();
      walk();
    }
    if (pinch.pressed) pinch.release();
  };

  display.container.addEventListener('pointerdown', onPointerDown, { signal });
  display.container.addEventListener('pointerup', onPointerUp, { signal });
  display.container.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  display.container.addEventListener(
    'pointermove',
    (event) => {
      look(event);
      options.aim({ kind: 'view', tangents: display.tangentsAt(event.clientX, event.clientY) });
    },
    { signal },
  );
  addEventListener('keydown', onKey, { signal });
  addEventListener('keyup', onKey, { signal });
  addEventListener('blur', letGo, { signal });
  return () => {
    listening.abort();
    hud.remove();
  };
}

function turned(pose: Pose, yawRad: number, pitchRad: number): Pose {
  const now = yawPitchOf(pose.orientation);
  const pitch = Math.max(-MAX_PITCH_RAD, Math.min(MAX_PITCH_RAD, now.pitchRad + pitchRad));
  return { position: pose.position, orientation: levelOrientation(now.yawRad + yawRad, pitch) };
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  );
}
