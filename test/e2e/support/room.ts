import type { Page } from '@playwright/test';
import { fromAnchorLocal } from '../../../src/domain/annotation/anchoring.ts';
import { centreOf } from '../../../src/domain/annotation/geometry.ts';
import { visibleAnnotations } from '../../../src/domain/call/queries.ts';
import type { CallState } from '../../../src/domain/call/state.ts';
import type { Pose, Vec3 } from '../../../src/domain/registration/pose.ts';
import { transformPoint } from '../../../src/domain/registration/transform.ts';
import { SAME_FRAME_MS } from './desk.ts';

/** Where the product says each annotation is, in the emulated room's own frame. */
export function placesInRoom(state: CallState, spaceOrigin: Pose): ReadonlyMap<string, Vec3> {
  const places = new Map<string, Vec3>();
  for (const annotation of visibleAnnotations(state)) {
    const anchor = state.anchors[annotation.anchorId];
    if (anchor === undefined) continue;
    const inSpace = centreOf(fromAnchorLocal(annotation.geometry, anchor.pose));
    places.set(annotation.annotationId, transformPoint(spaceOrigin, inSpace));
  }
  return places;
}

export const spaceOriginOf = (page: Page): Promise<Pose> =>
  page.evaluate(() => {
    const { position, orientation } = window.__sightlineEmulator.spaceOrigin;
    return { position, orientation };
  });

export const landmarkOf = (page: Page, name: string): Promise<Vec3> =>
  page.evaluate((wanted) => {
    const landmark = window.__sightlineEmulator.landmarks.find((one) => one.name === wanted);
    if (landmark === undefined) throw new Error(`no landmark ${wanted}`);
    return landmark.position;
  }, name);

/**
 * Looks at a landmark and from then on sways to both sides of it at `degPerS`, until `stopSwaying`: the head is always
 * in motion, and the landmark always in the picture.
 * @returns the page's time from which on the head turns as heads do: it leaps to the landmark first
 */
export async function swayAround(page: Page, name: string, degPerS: number): Promise<number> {
  return page.evaluate(
    ([landmark, rate]) => {
      const emulator = window.__sightlineEmulator;
      const scope = window as unknown as { swayGeneration?: number };
      scope.swayGeneration = (scope.swayGeneration ?? 0) + 1;
      const own = scope.swayGeneration;
      emulator.lookAt(landmark);
      // Until frames and poses on both sides of that leap are over.
      const settledMs = 100;
      const halfSwayDeg = 12;
      // A neck takes a fifth of a second to turn round: no head stops or reverses at once.
      const turnSteps = [0.6, 0.2, -0.2, -0.6];
      const turnStepMs = 50;
      const isOn = (): boolean => scope.swayGeneration === own;
      const turn = (share: number, durationMs: number): Promise<void> =>
        emulator.animateHead({ yawRateDegPerS: share * rate, durationMs });
      const sway = async (): Promise<void> => {
        await turn(1, (1000 * halfSwayDeg) / rate);
        for (let side = 1; isOn(); side = -side) {
          for (const step of turnSteps) if (isOn()) await turn(side * step, turnStepMs);
          if (isOn()) await turn(-side, (2000 * halfSwayDeg) / rate);
        }
      };
      void sway();
      return performance.now() + settledMs;
    },
    [name, degPerS] as const,
  );
}

export const stopSwaying = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const scope = window as unknown as { swayGeneration?: number };
    scope.swayGeneration = (scope.swayGeneration ?? 0) + 1;
  });

/**
 * Where a point of the room truly is in the frame that the headset's camera took about that time: 0..1 from the top left.
 * The time may be the headset's estimate; what counts is what the picture shows.
 */
export const trueImagePoint = (
  page: Page,
  target: string | Vec3,
  captureTimeMs: number,
): Promise<[number, number] | null> =>
  page.evaluate(
    ([what, timeMs, near]) => {
      const { project, truth } = window.__sightlineEmulator;
      const away = (frame: { readonly timestampMs: number }): number => Math.abs(frame.timestampMs - timeMs);
      const [taken] = [...truth.frames()].sort((a, b) => away(a) - away(b));
      const seen = taken === undefined || away(taken) > near ? null : project(what, taken.timestampMs);
      return seen !== null && seen.kind === 'image' ? ([seen.u, seen.v] as [number, number]) : null;
    },
    [target, captureTimeMs, SAME_FRAME_MS] as const,
  );

/** How far a frame's capture time, as the product has it, is from the time of the frame that the camera took. */
export const captureTimeErrorMs = (page: Page, captureTimeMs: number): Promise<number> =>
  page.evaluate((timeMs) => {
    const frames = window.__sightlineEmulator.truth.frames();
    return Math.min(...frames.map(({ timestampMs }) => Math.abs(timestampMs - timeMs)));
  }, captureTimeMs);

/** How fast the head turned before each frame that the camera took, in degrees per second. */
const headRates = (page: Page): Promise<readonly { readonly timestampMs: number; readonly degPerS: number }[]> =>
  page.evaluate(() => {
    const frames = window.__sightlineEmulator.truth.frames();
    return frames.flatMap(({ timestampMs, viewerPose }, at) => {
      const before = frames[at - 1];
      if (before === undefined) return [];
      const [a, b] = [before.viewerPose.orientation, viewerPose.orientation];
      const cosine = Math.min(1, Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]));
      const degrees = (2 * Math.acos(cosine) * 180) / Math.PI;
      return [{ timestampMs, degPerS: (1000 * degrees) / (timestampMs - before.timestampMs) }];
    });
  });

/** How fast the head turned while the camera took a frame, in degrees per second; 0 when that is not known. */
export async function headRateAt(page: Page, captureTimeMs: number): Promise<number> {
  const rates = await headRates(page);
  return rates.find(({ timestampMs }) => Math.abs(timestampMs - captureTimeMs) < 0.5)?.degPerS ?? 0;
}

/**
 * The capture times of the frames that the camera took while the head turned at `minDegPerS` at least, with the landmark
 * well inside the picture.
 */
export async function framesInMotion(page: Page, landmark: string, minDegPerS: number): Promise<readonly number[]> {
  const rates = await headRates(page);
  const times = rates.filter(({ degPerS }) => degPerS > minDegPerS).map(({ timestampMs }) => timestampMs);
  return page.evaluate(
    ([name, all]) =>
      all.filter((timeMs) => {
        const seen = window.__sightlineEmulator.project(name, timeMs);
        return seen?.kind === 'image' && [seen.u, seen.v].every((share) => share > 0.1 && share < 0.9);
      }),
    [landmark, times] as const,
  );
}
