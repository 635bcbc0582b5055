import { expect, it } from 'vitest';
import { createFrameMemory, FIRST_SNAPSHOT_FRAME_ID } from '../../../src/domain/registration/frame-memory.ts';
import type { FrameTag } from '../../../src/domain/registration/frame-tag.ts';

const tag = (frameId: number, captureTimeMs: number, x: number): FrameTag => ({
  frameId,
  captureTimeMs,
  spaceEpoch: 3,
  tracked: true,
  pose: { position: [x, 1.6, 0], orientation: [0, 0, 0, 1] } as FrameTag['pose'],
});

it('keeps snapshots longer than any number of video frames, and confuses them with none [SPEC 8.5]', () => {
  const memory = createFrameMemory();
  const snapshot = tag(FIRST_SNAPSHOT_FRAME_ID, 500, 7);
  memory.add(snapshot);
  for (let id = 0; id < 40_000; id += 1) memory.add(tag(id, 1_000 + id, 1));
  expect(memory.find(snapshot, 3)).toMatchObject({ ok: true, pose: { position: [7, 1.6, 0] } });
  expect(memory.find(tag(39_999, 40_999, 0), 3)).toMatchObject({ ok: true, pose: { position: [1, 1.6, 0] } });
  expect(memory.find(tag(0, 1_000, 0), 3)).toEqual({ ok: false, code: 'frame-too-old' });
  expect(memory.find(snapshot, 4)).toEqual({ ok: false, code: 'space-reset' });
  expect(memory.find(tag(FIRST_SNAPSHOT_FRAME_ID + 1, 600, 0), 3)).toEqual({ ok: false, code: 'frame-unknown' });
});
