import { expect, type Locator } from '@playwright/test';
import { visibleAnnotations } from '../../../src/domain/call/queries.ts';
import { type Actor, enterMixedReality } from './actors.ts';

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
