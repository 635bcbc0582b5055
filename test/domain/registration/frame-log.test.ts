import { expect, test } from 'vitest';
import { createFrameLog } from '../../../src/domain/registration/frame-log.ts';
import type { FrameTag } from '../../../src/domain/registration/frame-tag.ts';

function frame(frameId: number, change: Partial<FrameTag> = {}): FrameTag {
  return {
    frameId,
    captureTimeMs: frameId * 33,
    spaceEpoch: 1,
    tracked: true,
    pose: { position: [frameId, 0, 0], orientation: [0, 0, 0, 1] },
    ...change,
  };
}

test('a frame is found by its id for ten minutes at 30 frames a second', () => {
  const log = createFrameLog();
  const last = 10 * 60 * 30;
  for (let id = 0; id <= last; id += 1) log.add(frame(id));
  expect(log.find(frame(1), 1)).toEqual({ ok: true, pose: frame(1).pose });
  expect(log.find(frame(last), 1)).toEqual({ ok: true, pose: frame(last).pose });
  expect(log.find(frame(0), 1)).toEqual({ ok: false, code: 'frame-too-old' });
});

test('a frame that was never sent is unknown', () => {
  const log = createFrameLog(4);
  expect(log.find(frame(1), 1)).toEqual({ ok: false, code: 'frame-unknown' });
  log.add(frame(1));
  expect(log.find(frame(2), 1)).toEqual({ ok: false, code: 'frame-unknown' });
  expect(log.find(frame(5), 1)).toEqual({ ok: false, code: 'frame-unknown' });
});

test('a frame without tracking or of an earlier space is refused', () => {
  const log = createFrameLog();
  log.add(frame(1, { tracked: false }));
  log.add(frame(2));
  expect(log.find(frame(1), 1)).toEqual({ ok: false, code: 'frame-not-tracked' });
  expect(log.find(frame(2), 2)).toEqual({ ok: false, code: 'space-reset' });
});

test('when the camera starts again with the same ids, a frame of before is not taken for one of now', () => {
  const log = createFrameLog();
  log.add(frame(1));
  log.add(frame(1, { captureTimeMs: 90_000 }));
  expect(log.find(frame(1), 1)).toEqual({ ok: false, code: 'frame-too-old' });
  expect(log.find({ frameId: 1, captureTimeMs: 90_000.4 }, 1).ok).toBe(true);
});
