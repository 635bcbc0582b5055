import { expect, type Locator, type Page } from '@playwright/test';
import { visibleAnnotations } from '../../../src/domain/call/queries.ts';
import { type Actor, enterMixedReality } from './actors.ts';
import { clickPicture, shownFrame } from './desk.ts';
import { trueImagePoint } from './room.ts';

/** In mixed reality the page lies under the room: its panels take keys and clicks of assistive tools all the same. */
export const press = (actor: Actor, name: string | RegExp): Promise<void> =>
  actor.page.getByRole('button', { name }).first().dispatchEvent('click');

/** Waits until a video element shows new frames. */
export async function expectVideoToMove(video: Locator): Promise<void> {
  const shown = (): Promise<number> =>
    video.evaluate((element) =>
      element instanceof HTMLVideoElement ? element.getVideoPlaybackQuality().totalVideoFrames : 0,
    );
  const before = await shown();
  await expect.poll(shown).toBeGreaterThan(before);
}

/** The technician from the room, with video, then the expert; until the expert can draw. */
export async function meetInRoom(technician: Actor, expert: Actor, meeting: string): Promise<void> {
  await enterMixedReality(technician);
  await press(technician, `Join Meeting: ${meeting}`);
  await press(technician, 'With video');
  await expert.page.getByRole('button', { name: `Join ${meeting}` }).click();
  await expect(expert.page.getByRole('button', { name: 'Start editing' })).toBeEnabled();
}

/** The ids of what is drawn, as the hub told this page; in the order of drawing. */
export function visibleIds(actor: Actor): readonly string[] {
  const state = actor.socket.call();
  return state === null ? [] : visibleAnnotations(state).map((annotation) => annotation.annotationId);
}

export interface MarkWish {
  readonly technician: Actor;
  readonly expert: Actor;
  readonly landmark: string;
}

/**
 * Pressed once, Start editing waits a second for a frame with a pose. A machine that draws everything in software, and does
 * more beside, may leave the headset without one for longer: then the expert is told so, and presses again.
 */
export async function freezePicture(page: Page): Promise<void> {
  const stop = page.getByRole('button', { name: 'Stop editing' });
  await expect(async () => {
    // It may have been frozen after this gave up waiting for it.
    if (await stop.isVisible()) return;
    await page.getByRole('button', { name: 'Start editing' }).click({ timeout: 2_000 });
    await expect(stop).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

/** The expert freezes a picture that has the landmark in it, sets a mark there, and goes on with the live one. */
export async function markLandmark(wish: MarkWish): Promise<void> {
  const { page } = wish.expert;
  const before = visibleIds(wish.expert).length;
  const seen = await freezeLandmark(wish);
  await clickPicture(page, seen);
  await expect.poll(() => visibleIds(wish.expert).length).toBe(before + 1);
  await page.getByRole('button', { name: 'Stop editing' }).click();
}

async function freezeLandmark(wish: MarkWish): Promise<[number, number]> {
  const message = `${wish.landmark} is in the picture`;
  for (;;) {
    await expect.poll(() => landmarkOnStage(wish), { message }).not.toBeNull();
    await freezePicture(wish.expert.page);
    const seen = await landmarkOnStage(wish);
    if (seen !== null) return seen;
    // Frozen from before the head had turned, or so late that nobody knows any more what it should show.
    await wish.expert.page.getByRole('button', { name: 'Stop editing' }).click();
  }
}

async function landmarkOnStage({ technician, expert, landmark }: MarkWish): Promise<[number, number] | null> {
  const frame = await shownFrame(expert.page);
  return frame === null ? null : trueImagePoint(technician.page, landmark, frame.captureTimeMs);
}
