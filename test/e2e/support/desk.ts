import { expect, type Page } from '@playwright/test';

/** A capture time that the headset only estimated is a few ms off; frames are at least twice as far apart as this. */
export const SAME_FRAME_MS = 15;

export interface ShownFrame {
  readonly frameId: number;
  readonly captureTimeMs: number;
}

/** The frame on the desk's stage, as the page names it for assistive tools. */
export async function shownFrame(page: Page): Promise<ShownFrame | null> {
  const canvas = page.locator('canvas[data-capture-time-ms]').first();
  const found = await canvas
    .evaluate((element: HTMLElement) => ({ ...element.dataset }), undefined, { timeout: 5_000 })
    .catch(() => null);
  if (found === null || found.frameId === undefined) return null;
  return { frameId: Number(found.frameId), captureTimeMs: Number(found.captureTimeMs) };
}

/** Presses and releases the pen at a point of the picture, 0..1 from its top left. */
export async function clickPicture(page: Page, [u, v]: readonly [number, number]): Promise<void> {
  const box = await page.getByRole('application').boundingBox();
  if (box === null) throw new Error('no picture on stage');
  await page.mouse.move(box.x + u * box.width, box.y + v * box.height);
  await page.mouse.down();
  await page.mouse.up();
}

export interface ReportedTips extends ShownFrame {
  readonly tips: Readonly<Record<string, readonly [number, number]>>;
}

/** Where the overlay drew each annotation in one frame. */
export async function reportedTips(page: Page): Promise<ReportedTips | null> {
  return page.getByRole('list', { name: 'Annotations' }).evaluate((list: HTMLElement) => {
    const { frameId, captureTimeMs } = list.dataset;
    if (frameId === undefined || captureTimeMs === undefined) return null;
    const tips: Record<string, [number, number]> = {};
    for (const item of list.querySelectorAll<HTMLElement>('[data-annotation-id]')) {
      const { annotationId, u, v } = item.dataset;
      if (annotationId !== undefined && u !== undefined && v !== undefined) tips[annotationId] = [Number(u), Number(v)];
    }
    return { frameId: Number(frameId), captureTimeMs: Number(captureTimeMs), tips };
  });
}

/** Waits until the picture moves on: media flow. */
export async function expectPictureToMove(page: Page): Promise<void> {
  const before = (await shownFrame(page))?.frameId ?? -1;
  await expect.poll(async () => (await shownFrame(page))?.frameId ?? -1).not.toBe(before);
}

/**
 * Presses Start editing in the very moment when the stage shows a frame of about one of these times that can be drawn
 * on; returns its time as the stage has it, or null when it shows another.
 */
export const freezeIfShown = (page: Page, captureTimesMs: readonly number[]): Promise<number | null> =>
  page.evaluate(
    ([times, near]) => {
      const picture = document.querySelector<HTMLElement>('canvas[data-placed=true]');
      const button = [...document.querySelectorAll('button')].find((one) => one.textContent === 'Start editing');
      const shownMs = Number(picture?.dataset.captureTimeMs);
      if (button === undefined || !times.some((timeMs) => Math.abs(timeMs - shownMs) < near)) return null;
      button.click();
      return shownMs;
    },
    [captureTimesMs, SAME_FRAME_MS] as const,
  );
