import type { XRFrame } from 'iwer';
import { describe, expect, it } from 'vitest';
import { installPinch, type PinchableInput } from '../../../src/emulator/device/pinch.ts';

function setUp() {
  const session = new EventTarget();
  const events: string[] = [];
  for (const type of ['selectstart', 'select', 'selectend']) session.addEventListener(type, () => events.push(type));
  const shown: number[] = [];
  const input = { inputSource: {}, onFrameStart: () => undefined } as unknown as PinchableInput;
  const nativeOnFrameStart = input.onFrameStart;
  const pinch = installPinch(input, (value) => shown.push(value));
  const nextFrame = () => {
    events.push('frame');
    input.onFrameStart({ session } as unknown as XRFrame);
  };
  return { pinch, nextFrame, events, shown, input, nativeOnFrameStart };
}

describe('a pinch', () => {
  it('is pressed in one frame and released in the next, with its events in the order of the specification', async () => {
    const { pinch, nextFrame, events, shown } = setUp();
    pinch.press();
    pinch.release();
    const settled = pinch.settled();
    for (let i = 0; i < 3; i++) nextFrame();
    await settled;
    expect(events).toEqual(['frame', 'selectstart', 'frame', 'select', 'selectend', 'frame']);
    expect(shown).toEqual([1, 0, 0]);
  });

  it('holds as long as it is not released', () => {
    const { pinch, nextFrame, events, shown } = setUp();
    pinch.press();
    for (let i = 0; i < 4; i++) nextFrame();
    expect(events.filter((event) => event !== 'frame')).toEqual(['selectstart']);
    expect(shown).toEqual([1, 1, 1, 1]);
    expect(pinch.pressed).toBe(true);
  });

  it('says nothing for a release without a press, or a second press', () => {
    const { pinch, nextFrame, events } = setUp();
    pinch.release();
    pinch.press();
    pinch.press();
    for (let i = 0; i < 4; i++) nextFrame();
    expect(events.filter((event) => event !== 'frame')).toEqual(['selectstart']);
  });

  it('is settled at once when nothing was asked for', async () => {
    await expect(setUp().pinch.settled()).resolves.toBeUndefined();
  });
});
