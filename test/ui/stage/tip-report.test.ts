import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { documentedHoloLens2Profile } from '../../../src/domain/registration/camera.ts';
import type { FrameTag } from '../../../src/domain/registration/frame-tag.ts';
import { IDENTITY_POSE } from '../../../src/domain/registration/transform.ts';
import type { OverlayScene } from '../../../src/ui/overlay/overlay-painter.ts';
import { createTipReport } from '../../../src/ui/stage/tip-report.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const tag = (frameId: number): FrameTag => ({
  frameId,
  captureTimeMs: frameId * 33,
  spaceEpoch: 1,
  tracked: true,
  pose: IDENTITY_POSE,
});
const style = { initial: 'A', dash: [] };

function scene(z: number): OverlayScene {
  return {
    view: { viewerPose: IDENTITY_POSE, profile: documentedHoloLens2Profile() },
    placed: [
      {
        annotation: {
          annotationId: 'one',
          author: 'a',
          authorName: 'Ann',
          shape: 'arrow',
          colour: 'red',
          anchorId: 'anchor',
          geometry: { kind: 'dot', point: [0, 0, 0], normal: [0, 0, 1] },
          depthSource: 'plane',
          quality: 'good',
          erased: false,
        },
        anchor: {
          anchorId: 'anchor',
          owner: 'b',
          kind: 'anchor',
          pose: { position: [0, 0, z], orientation: [0, 0, 0, 1] },
          spaceEpoch: 1,
          state: 'tracked',
        },
        look: 'good',
      },
    ],
    sketches: [],
    sketchStyle: style,
    cursor: null,
    styleOf: () => style,
  };
}

describe('the report of where annotations stand', () => {
  it('names the frame that its places belong to', () => {
    const report = createTipReport(() => performance.now());
    report.note(tag(4), scene(-1));
    expect(report.latest.value).toMatchObject({ frameId: 4, captureTimeMs: 132 });
    expect(report.latest.value?.tips.get('one')).toEqual({ u: 0.5, v: 0.5 });
  });

  it('leaves out what is behind the camera', () => {
    const report = createTipReport(() => performance.now());
    report.note(tag(4), scene(1));
    expect(report.latest.value?.tips.size).toBe(0);
  });

  it('changes four times a second at most, and ends with the last frame', () => {
    const report = createTipReport(() => performance.now());
    const frames: (number | undefined)[] = [];
    report.latest.subscribe((value) => frames.push(value?.frameId));
    for (let frame = 1; frame <= 30; frame += 1) {
      report.note(tag(frame), scene(-1));
      vi.advanceTimersByTime(33);
    }
    expect(frames.length).toBeLessThanOrEqual(6);
    vi.advanceTimersByTime(500);
    expect(frames.at(-1)).toBe(30);
  });

  it('says nothing of a frame that does not tell where it was seen from', () => {
    const report = createTipReport(() => performance.now());
    report.note(null, { ...scene(-1), view: null });
    expect(report.latest.value).toBeNull();
  });
});
