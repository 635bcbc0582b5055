import type { Page } from '@playwright/test';
import { fromAnchorLocal } from '../../../src/domain/annotation/anchoring.ts';
import { centreOf } from '../../../src/domain/annotation/geometry.ts';
import { visibleAnnotations } from '../../../src/domain/call/queries.ts';
import type { CallState } from '../../../src/domain/call/state.ts';
import type { Pose, Vec3 } from '../../../src/domain/registration/pose.ts';
import { transformPoint } from '../../../src/domain/registration/transform.ts';

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
 */
export async function swayAround(page: Page, name: string, degPerS: number): Promise<void> {
  await page.evaluate(
    ([landmark, rate]) => {
      const emulator = window.__sightlineEmulator;
      const scope = window as unknown as { swayGeneration?: number };
      scope.swayGeneration = (scope.swayGeneration ?? 0) + 1;
      const own = scope.swayGeneration;
      emulator.lookAt(landmark);
      const halfSwayDeg = 10;
      const sway = async (): Promise<void> => {
        await emulator.animateHead({ yawRateDegPerS: rate, durationMs: (1000 * halfSwayDeg) / rate });
        for (let side = -1; scope.swayGeneration === own; side = -side) {
          await emulator.animateHead({ yawRateDegPerS: side * rate, durationMs: (2000 * halfSwayDeg) / rate });
        }
      };
      void sway();
    },
    [name, degPerS] as const,
  );
}

export const stopSwaying = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const scope = window as unknown as { swayGeneration?: number };
    scope.swayGeneration = (scope.swayGeneration ?? 0) + 1;
  });

/** Where a point of the room truly is in the frame that the headset's camera took at a time: 0..1 from the top left. */
export const trueImagePoint = (
  page: Page,
  target: string | Vec3,
  captureTimeMs: number,
): Promise<[number, number] | null> =>
  page.evaluate(
    ([what, timeMs]) => {
      const seen = window.__sightlineEmulator.project(what, timeMs);
      return seen !== null && seen.kind === 'image' ? ([seen.u, seen.v] as [number, number]) : null;
    },
    [target, captureTimeMs] as const,
  );
