import { type XRFrame, type XRInputSource, XRInputSourceEvent } from 'iwer';

/** The two hands as IWER has them: controllers without joints, or hands with them. */
export interface PinchableInput {
  readonly inputSource: XRInputSource;
  onFrameStart(frame: XRFrame): void;
}

/** Presses and releases waiting for display frames, so that none is too short to be seen. */
export interface Pinch {
  readonly pressed: boolean;
  press(): void;
  release(): void;
  /** Resolves once everything asked for so far has been delivered to a session. */
  settled(): Promise<void>;
  dispose(): void;
}

/**
 * Sends `selectstart`, and at the release `select` and `selectend`, each press and release in a frame of its own, as the
 * WebXR specification has it (IWER sends `select` at the press). `show` sets what the gamepad's button says.
 */
export function installPinch(input: PinchableInput, show: (value: 0 | 1) => void): Pinch {
  const native = input.onFrameStart.bind(input);
  const waiting: ('press' | 'release')[] = [];
  let pressed = false;
  let delivered: (() => void)[] = [];

  const send = (frame: XRFrame, ...types: string[]): void => {
    for (const type of types) {
      frame.session.dispatchEvent(new XRInputSourceEvent(type, { frame, inputSource: input.inputSource }));
    }
  };
  const deliver = (frame: XRFrame): void => {
    const next = waiting.shift();
    if (next === 'press' && !pressed) {
      pressed = true;
      send(frame, 'selectstart');
    } else if (next === 'release' && pressed) {
      pressed = false;
      send(frame, 'select', 'selectend');
    }
    if (waiting.length > 0) return;
    const resolve = delivered;
    delivered = [];
    for (const done of resolve) done();
  };

  input.onFrameStart = (frame) => {
    show(waiting[0] === 'press' || (pressed && waiting[0] !== 'release') ? 1 : 0);
    native(frame);
    deliver(frame);
  };
  return {
    get pressed() {
      return pressed;
    },
    press: () => void waiting.push('press'),
    release: () => void waiting.push('release'),
    settled: () =>
      waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => void delivered.push(() => resolve())),
    dispose() {
      Reflect.deleteProperty(input, 'onFrameStart');
    },
  };
}
