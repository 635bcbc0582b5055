import { PANEL_DISTANCE_M, type Placement } from '../../src/headset/panels/placement.ts';
import type { PanelLayout } from '../../src/headset/panels/sheet.ts';

/** The display shows each eye 43 x 29 degrees; half the distance between the eyes, m. */
const DISPLAY_HALF_DEG = { x: 21.5, y: 14.5 };
const EYE_M = 0.0315;
const angle = (away: number, ahead: number) => (Math.atan2(Math.abs(away), ahead) * 180) / Math.PI;

/** How far the corner that is nearest to an edge of the display stays from it, in the eye that sees it worst. */
export function marginDeg({ yawDeg, pitchDeg, edge }: Placement, size: PanelLayout['size']): number {
  const [halfWidth, halfHeight] = [size.width / 2000, size.height / 2000];
  const yaw = (yawDeg * Math.PI) / 180;
  const shift = { top: -1, centre: 0, bottom: 1 }[edge] * Math.atan(halfHeight / PANEL_DISTANCE_M);
  const pitch = (pitchDeg * Math.PI) / 180 + shift;
  const margins = [-1, 1].flatMap((right) =>
    [-1, 1].flatMap((up) => {
      const across = right * halfWidth;
      const flat = Math.cos(pitch) * PANEL_DISTANCE_M - up * halfHeight * Math.sin(pitch);
      const x = flat * Math.sin(yaw) + across * Math.cos(yaw);
      const y = Math.sin(pitch) * PANEL_DISTANCE_M + up * halfHeight * Math.cos(pitch);
      const ahead = flat * Math.cos(yaw) - across * Math.sin(yaw);
      const besideEdge = [-EYE_M, EYE_M].map((eye) => DISPLAY_HALF_DEG.x - angle(x - eye, ahead));
      return [...besideEdge, DISPLAY_HALF_DEG.y - angle(y, ahead)];
    }),
  );
  return Math.min(...margins);
}
