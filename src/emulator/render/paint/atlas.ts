import type { DecalName } from '../../room/room.ts';
import type { PictureArea } from '../tessellate.ts';
import { createPicture, type Paint2D } from './canvas.ts';

export interface DecalPainter {
  readonly width: number;
  readonly height: number;
  /** Paints 0..width x 0..height of the context; what lies outside is cut off. */
  readonly paint: (context: Paint2D, width: number, height: number) => void;
}

export interface Atlas {
  readonly picture: OffscreenCanvas;
  readonly areas: Readonly<Record<DecalName, PictureArea>>;
}

/** Room between two pictures, so that smaller mipmaps don't mix them at once. */
const GAP_PX = 8;

/** All decals in one square picture, on shelves from the highest to the lowest: one texture, one draw. */
export function paintAtlas(painters: Readonly<Record<DecalName, DecalPainter>>, sizePx: number): Atlas {
  const names = Object.keys(painters) as DecalName[];
  names.sort((a, b) => painters[b].height - painters[a].height);
  const areas = {} as Record<DecalName, PictureArea>;
  const picture = createPicture(sizePx, sizePx, (context) => {
    let [x, y, shelfHeight] = [0, 0, 0];
    for (const name of names) {
      const { width, height, paint } = painters[name];
      if (x + width > sizePx) [x, y, shelfHeight] = [0, y + shelfHeight + GAP_PX, 0];
      shelfHeight = Math.max(shelfHeight, height);
      if (y + height > sizePx) throw new Error(`The decal "${name}" does not fit into ${sizePx} px.`);
      paintClipped(context, [x, y, width, height], paint);
      areas[name] = {
        u0: x / sizePx,
        u1: (x + width) / sizePx,
        v0: 1 - (y + height) / sizePx,
        v1: 1 - y / sizePx,
      };
      x += width + GAP_PX;
    }
  });
  return { picture, areas };
}

function paintClipped(
  context: Paint2D,
  [x, y, width, height]: readonly [number, number, number, number],
  paint: DecalPainter['paint'],
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.translate(x, y);
  paint(context, width, height);
  context.restore();
}
