import type { Page } from '@playwright/test';
import type { Vec3 } from '../../../src/domain/registration/pose.ts';
import type { EmulatorHandle } from '../../../src/emulator/handle.ts';

/** What a test does with the emulated headset without asking for an answer. */
type Move =
  | 'lookAt'
  | 'aimHand'
  | 'setHeadPose'
  | 'setCameraAccess'
  | 'loseTracking'
  | 'restoreTracking'
  | 'resetSpace'
  | 'moveAnchors'
  | 'selectStart'
  | 'selectEnd';

export const emulator = <M extends Move>(page: Page, move: M, ...args: Parameters<EmulatorHandle[M]>): Promise<void> =>
  page.evaluate(
    ([name, values]) => {
      const act = window.__sightlineEmulator[name] as (...all: readonly unknown[]) => void;
      act(...values);
    },
    [move, args] as const,
  );

/** Waits until the headset's page has drawn so many frames: a hand is never quicker than what it sees. */
export const displayFrames = (page: Page, count: number): Promise<void> =>
  page.evaluate(async (frames) => {
    for (let at = 0; at < frames; at += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);

interface Stroke {
  readonly from: Vec3;
  readonly to: Vec3;
  /** Display frames from one end to the other. */
  readonly frames: number;
}

/** Presses with the ray on `from`, moves it to `to` in a straight line, and lets go there. */
export async function aimAlong(page: Page, stroke: Stroke): Promise<void> {
  await page.evaluate(async ({ from, to, frames }) => {
    const emulator = window.__sightlineEmulator;
    const untilDrawn = async (count: number): Promise<void> => {
      for (let at = 0; at < count; at += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    };
    emulator.selectStart();
    await untilDrawn(6);
    for (let at = 1; at <= frames; at += 1) {
      const share = at / frames;
      const [x, y, z] = [0, 1, 2].map((axis) => (from[axis] ?? 0) + share * ((to[axis] ?? 0) - (from[axis] ?? 0)));
      emulator.aimHand([x ?? 0, y ?? 0, z ?? 0]);
      await untilDrawn(1);
    }
    await untilDrawn(6);
    emulator.selectEnd();
  }, stroke);
}
