import { DynamicTexture } from '@babylonjs/core/Materials/Textures/dynamicTexture.pure.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';
import { FONT_FAMILY, FONT_WEIGHTS, ROOM } from '../../ui/tokens.ts';

/** All texts of the labels in one texture, a row each, so that all labels are one draw. */
export interface LabelAtlas {
  readonly texture: DynamicTexture;
  readonly rows: ReadonlyMap<string, AtlasRow>;
}

export interface AtlasRow {
  /** Where the row stands in the texture: 0..1, v up. */
  readonly uRight: number;
  readonly vBottom: number;
  readonly vTop: number;
  /** Width divided by height of the row's used part. */
  readonly aspect: number;
}

const ROW_PX = 64;
/** The share of a row that its letters' em takes; the rest is air. */
export const TEXT_SHARE = 0.55;
const TEXT_PX = ROW_PX * TEXT_SHARE;
const WIDTH_PX = 1024;

export function drawLabelAtlas(texts: readonly string[], scene: Scene): LabelAtlas {
  const heightPx = ROW_PX * Math.max(1, texts.length);
  const texture = new DynamicTexture('label atlas', { width: WIDTH_PX, height: heightPx }, scene, true);
  const context = texture.getContext();
  context.font = `${FONT_WEIGHTS.strong} ${TEXT_PX}px ${FONT_FAMILY}`;
  context.fillStyle = ROOM.text;
  const rows = new Map<string, AtlasRow>();
  for (const [i, text] of texts.entries()) {
    const widthPx = Math.min(WIDTH_PX, Math.ceil(context.measureText(text).width + TEXT_PX));
    context.fillText(text, TEXT_PX / 2, ROW_PX * i + ROW_PX * 0.7);
    rows.set(text, {
      uRight: widthPx / WIDTH_PX,
      vTop: 1 - (ROW_PX * i) / heightPx,
      vBottom: 1 - (ROW_PX * (i + 1)) / heightPx,
      aspect: widthPx / ROW_PX,
    });
  }
  texture.update(true, true);
  return { texture, rows };
}
