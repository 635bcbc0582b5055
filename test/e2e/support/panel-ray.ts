import type { Page } from '@playwright/test';
import type { Pose, Vec3 } from '../../../src/domain/registration/pose.ts';
import { fromAxisAngle, multiply, rotate } from '../../../src/domain/registration/quat.ts';
import { composePoses, transformPoint } from '../../../src/domain/registration/transform.ts';
import { layoutPanel } from '../../../src/headset/panels/layout.ts';
import { PANEL_DISTANCE_M, placementOf } from '../../../src/headset/panels/placement.ts';
import type { PanelLayout } from '../../../src/headset/panels/sheet.ts';
import type { PanelDescription } from '../../../src/ui/panels/description.ts';
import { FONT_FAMILY, FONT_WEIGHTS } from '../../../src/ui/tokens.ts';
import { displayFrames, emulator } from './hand.ts';

const RAD = Math.PI / 180;

/** A control of a panel as it hangs in the room: the page may show more of a list than the room does. */
export interface RoomControl {
  readonly panel: PanelDescription;
  readonly key: string;
  /** Which page of each list is turned up. */
  readonly pages?: ReadonlyMap<string, number>;
}

/**
 * Points the hand's ray at a control in the room and pinches. Panels hang where the head was when the session began, and follow
 * it only when it turns away: so the head has to be where it was then.
 */
export async function pressByRay(page: Page, control: RoomControl): Promise<void> {
  await emulator(page, 'aimHand', await placeOfControl(page, control));
  await displayFrames(page, 12);
  await page.evaluate(() => window.__sightlineEmulator.select());
  await displayFrames(page, 6);
}

/** The middle of a control, in the room's own frame. */
async function placeOfControl(page: Page, { panel, key, pages = new Map() }: RoomControl): Promise<Vec3> {
  const { id, size, targets } = await layOut(page, panel, pages);
  const target = targets.find((one) => one.key === key);
  if (target === undefined) throw new Error(`no ${key} among ${targets.map((one) => one.key)}`);
  const { rect } = target;
  const right = (rect.x + rect.width / 2 - size.width / 2) / 1000;
  const up = (size.height / 2 - rect.y - rect.height / 2) / 1000;
  const head = await page.evaluate(() => window.__sightlineEmulator.headPoseAt(performance.now()));
  return transformPoint(composePoses(withoutRoll(head), hangingPose(id, size.height / 1000)), [right, up, 0]);
}

/** On the sphere around the eyes, its front towards them. */
function hangingPose(id: PanelDescription['id'], heightM: number): Pose {
  const { yawDeg, pitchDeg, edge } = placementOf(id);
  const half = Math.atan(heightM / 2 / PANEL_DISTANCE_M);
  const pitch = pitchDeg * RAD + { top: -half, centre: 0, bottom: half }[edge];
  return turned([0, 0, 0], -yawDeg * RAD, pitch, PANEL_DISTANCE_M);
}

function withoutRoll({ position, orientation }: Pose): Pose {
  const [x, y, z] = rotate(orientation, [0, 0, -1]);
  return turned(position, Math.atan2(-x, -z), Math.asin(y), 0);
}

/** Turned by yaw, then tilted by pitch, then moved ahead. */
function turned([x, y, z]: Vec3, yaw: number, pitch: number, aheadM: number): Pose {
  const orientation = multiply(fromAxisAngle([0, 1, 0], yaw), fromAxisAngle([1, 0, 0], pitch));
  const [dx, dy, dz] = rotate(orientation, [0, 0, -aheadM]);
  return { position: [x + dx, y + dy, z + dz], orientation };
}

/** As the room does it, with the widths that the page's own font has. */
async function layOut(page: Page, panel: PanelDescription, pages: ReadonlyMap<string, number>): Promise<PanelLayout> {
  const widths = new Map<string, number>();
  for (;;) {
    const missing = new Set<string>();
    const layout = layoutPanel(panel, {
      pages,
      measure: (text, sizeMm, weight) => {
        const key = `${FONT_WEIGHTS[weight]} ${text}`;
        if (!widths.has(key)) missing.add(key);
        return (widths.get(key) ?? 0) * sizeMm;
      },
    });
    if (missing.size === 0) return layout;
    for (const [key, width] of await widthsOf(page, [...missing])) widths.set(key, width);
  }
}

/** Of texts with their font's weight before them: their widths in units of the font's size. */
const widthsOf = (page: Page, keys: readonly string[]): Promise<readonly (readonly [string, number])[]> =>
  page.evaluate(
    ([all, family]) => {
      const context = document.createElement('canvas').getContext('2d');
      if (context === null) throw new Error('no 2D context');
      return all.map((key) => {
        const [weight, ...words] = key.split(' ');
        context.font = `${weight} 100px ${family}`;
        return [key, context.measureText(words.join(' ')).width / 100] as const;
      });
    },
    [keys, FONT_FAMILY] as const,
  );
