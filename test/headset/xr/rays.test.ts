import { describe, expect, it } from 'vitest';
import { createRayInput, type MutableRay } from '../../../src/headset/xr/rays.ts';

/** A session whose inputs all point the same way. */
function setUp(count: number) {
  const inputs = Array.from({ length: count }, () => ({ handedness: 'none', targetRaySpace: {} }) as XRInputSource);
  const session = Object.assign(new EventTarget(), { inputSources: inputs });
  const transform = { position: { x: 0, y: 1, z: 0, w: 1 }, orientation: { x: 0, y: 0, z: 0, w: 1 } };
  const frame = { getPose: () => ({ transform }) } as unknown as XRFrame;
  const space = {} as XRReferenceSpace;
  const pressed: MutableRay[] = [];
  const listeners = { selectStart: (ray: MutableRay) => void pressed.push(ray), selectEnd: () => undefined };
  const input = createRayInput(session as unknown as XRSession, listeners, () => space);
  const update = () => input.update(frame, space);
  update();
  const press = (inputSource: XRInputSource) =>
    session.dispatchEvent(Object.assign(new Event('selectstart'), { inputSource, frame }));
  return { inputs, input, update, press, pressed };
}

describe('the rays of a session’s inputs', () => {
  it('are found by their input, each its own', () => {
    const { inputs, input, press, pressed } = setUp(2);
    const [left, right] = inputs;
    if (left === undefined || right === undefined) throw new Error('two inputs');
    expect(input.rayOf(left)).not.toBe(input.rayOf(right));
    press(right);
    expect(pressed).toEqual([input.rayOf(right)]);
    expect(input.rayOf(left)?.selecting).toBe(false);
  });

  it('are none for a third input, until one of the others has gone', () => {
    const { inputs, input, update } = setUp(3);
    const third = inputs[2];
    if (third === undefined) throw new Error('three inputs');
    expect(input.rayOf(third)).toBeNull();
    inputs.shift();
    update();
    expect(input.rayOf(third)?.tracked).toBe(true);
  });
});
