import { expect, test } from 'vitest';
import { createPoseHistory } from '../../../src/domain/registration/pose-history.ts';
import { tagFrame } from '../../../src/domain/registration/tag-frame.ts';
import { IDENTITY_POSE } from '../../../src/domain/registration/transform.ts';

function walked() {
  const history = createPoseHistory();
  for (let i = 0; i <= 10; i += 1) {
    history.push(i * 10, { position: [i, 0, 0], orientation: [0, 0, 0, 1] }, i !== 5, 2);
  }
  return history;
}

test("a frame is tagged with the pose of its capture time, moved by the camera's offset", () => {
  const frame = { frameId: 7, captureTimeMs: 20, spaceEpoch: 2 };
  expect(tagFrame(frame, walked(), 0)).toEqual({
    ...frame,
    tracked: true,
    pose: { position: [2, 0, 0], orientation: [0, 0, 0, 1] },
  });
  expect(tagFrame(frame, walked(), -5).pose.position[0]).toBeCloseTo(1.5, 12);
});

test('a frame without a pose is tagged as not tracked', () => {
  for (const captureTimeMs of [52, 500, -1]) {
    const tag = tagFrame({ frameId: 7, captureTimeMs, spaceEpoch: 2 }, walked(), 0);
    expect(tag).toMatchObject({ frameId: 7, captureTimeMs, tracked: false, pose: IDENTITY_POSE });
  }
});

test('a pose of another space than the current one is no pose', () => {
  expect(tagFrame({ frameId: 7, captureTimeMs: 20, spaceEpoch: 3 }, walked(), 0).tracked).toBe(false);
});
