import { P_ANCHOR, P_SESSION, P_SPACE, type XRDevice } from 'iwer';
import { describe, expect, it } from 'vitest';
import { moveAnchors } from '../../../src/emulator/device/anchors.ts';

/** Column-major, turned a quarter about y: what moves is in the room's frame, not in the anchor's. */
const matrix = () => Float32Array.of(0, 0, -1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 2, 3, 1);

describe('a device that corrects its map', () => {
  it('puts every anchor elsewhere in the room, and turns none', () => {
    const [held, other] = [matrix(), matrix()];
    const anchorAt = (offsetMatrix: Float32Array) => ({ [P_ANCHOR]: { anchorSpace: { [P_SPACE]: { offsetMatrix } } } });
    const deleted = { [P_ANCHOR]: { anchorSpace: null } };
    const trackedAnchors = new Set([anchorAt(held), deleted, anchorAt(other)]);
    const device = { activeSession: { [P_SESSION]: { trackedAnchors } } } as unknown as XRDevice;
    moveAnchors(device, [0.5, 0, -0.25]);
    for (const moved of [held, other]) {
      expect([...moved.slice(0, 12)]).toEqual([...matrix().slice(0, 12)]);
      expect([...moved.slice(12)]).toEqual([1.5, 2, 2.75, 1]);
    }
  });

  it('has nothing to move without a session', () => {
    const device: Pick<XRDevice, 'activeSession'> = { activeSession: undefined };
    expect(() => moveAnchors(device, [1, 0, 0])).not.toThrow();
  });
});
