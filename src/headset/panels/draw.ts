import type { AdvancedDynamicTexture } from '@babylonjs/gui/2D/advancedDynamicTexture.js';
import { Control } from '@babylonjs/gui/2D/controls/control.pure.js';
import { Ellipse } from '@babylonjs/gui/2D/controls/ellipse.pure.js';
import { Rectangle } from '@babylonjs/gui/2D/controls/rectangle.pure.js';
import { TextBlock } from '@babylonjs/gui/2D/controls/textBlock.pure.js';
import { FONT_FAMILY, FONT_WEIGHTS, ROOM } from '../../ui/tokens.ts';
import { IconControl } from './icon-control.ts';
import type { Ink, PanelLayout, RectMm, Target } from './sheet.ts';

/** About the display's own resolution at 0.9 m: 47 pixels per degree. */
export const PX_PER_MM = 3.4;
const EDGE_MM = 0.6;
const EDGE_AIMED_MM = 1.4;

const INKS: Readonly<Record<Ink, string>> = {
  text: ROOM.text,
  quiet: ROOM.textQuiet,
  disabled: ROOM.textDisabled,
  accent: ROOM.accent,
  waiting: ROOM.waiting,
  danger: ROOM.danger,
  good: ROOM.good,
};
const EDGES: Readonly<Record<PanelLayout['edge'], string>> = {
  plain: ROOM.edge,
  waiting: ROOM.waiting,
  live: ROOM.danger,
};

export type TargetFeel = 'idle' | 'aimed' | 'pressed';

/** Fills a panel's texture with GUI controls; gives a way to change how one target feels. */
export function drawPanel(
  texture: AdvancedDynamicTexture,
  layout: PanelLayout,
): (target: Target, feel: TargetFeel) => void {
  for (const child of [...texture.rootContainer.children]) child.dispose();
  texture.addControl(drawPlate(layout));
  const plates = new Map<string, Rectangle>();
  for (const target of layout.targets) {
    const plate = new Rectangle(target.key);
    place(plate, target.rect);
    plate.cornerRadius = 6 * PX_PER_MM * 0.5;
    feelLike(plate, target, 'idle');
    plates.set(target.key, plate);
    texture.addControl(plate);
  }
  for (const dot of layout.dots) {
    const ellipse = new Ellipse();
    place(ellipse, dot.rect);
    ellipse.background = dot.colour;
    ellipse.thickness = 0;
    texture.addControl(ellipse);
  }
  for (const run of layout.icons) {
    const icon = new IconControl(run.icon);
    place(icon, run.rect);
    icon.color = INKS[run.ink];
    texture.addControl(icon);
  }
  for (const run of layout.texts) texture.addControl(drawText(run));
  return (target, feel) => {
    const plate = plates.get(target.key);
    if (plate !== undefined) feelLike(plate, target, feel);
  };
}

function drawPlate(layout: PanelLayout): Rectangle {
  const plate = new Rectangle('plate');
  place(plate, { x: 0.5, y: 0.5, width: layout.size.width - 1, height: layout.size.height - 1 });
  plate.cornerRadius = 9 * PX_PER_MM * 0.5;
  plate.background = ROOM.plate;
  plate.color = EDGES[layout.edge];
  plate.thickness = (layout.edge === 'plain' ? EDGE_MM : 1) * PX_PER_MM;
  return plate;
}

function drawText(run: PanelLayout['texts'][number]): TextBlock {
  const text = new TextBlock(undefined, run.text);
  place(text, run.rect);
  text.color = INKS[run.ink];
  text.fontFamily = FONT_FAMILY;
  text.fontWeight = String(FONT_WEIGHTS[run.weight]);
  text.fontSizeInPixels = run.sizeMm * PX_PER_MM;
  text.textHorizontalAlignment =
    run.align === 'left' ? Control.HORIZONTAL_ALIGNMENT_LEFT : Control.HORIZONTAL_ALIGNMENT_CENTER;
  // The layout measured the text already; a line must not be cut at a rounded pixel.
  text.clipContent = false;
  return text;
}

/** Aim is shown by the edge, a switched-on tool by its ground. */
function feelLike(plate: Rectangle, target: Target, feel: TargetFeel): void {
  plate.thickness = (feel === 'idle' && !target.on ? EDGE_MM : EDGE_AIMED_MM) * PX_PER_MM;
  if (!target.enabled) {
    plate.background = 'transparent';
    plate.color = ROOM.edgeDisabled;
    return;
  }
  const ground = target.look === 'danger' ? ROOM.dangerPlate : ROOM.control;
  const idle = target.on || target.look === 'primary' ? ROOM.controlPressed : ground;
  plate.background =
    feel === 'pressed' ? ROOM.controlPressed : feel === 'aimed' && !target.on ? ROOM.controlHover : idle;
  plate.color = feel === 'idle' ? idleEdge(target) : feel === 'aimed' ? ROOM.edgeHover : ROOM.edgePressed;
}

function idleEdge(target: Target): string {
  if (target.on || target.look === 'primary') return ROOM.accent;
  return target.look === 'danger' ? ROOM.danger : ROOM.edge;
}

function place(control: Control, rect: RectMm): void {
  control.horizontalAlignment = Control.HORIZONTAL_ALIGNMENT_LEFT;
  control.verticalAlignment = Control.VERTICAL_ALIGNMENT_TOP;
  control.leftInPixels = rect.x * PX_PER_MM;
  control.topInPixels = rect.y * PX_PER_MM;
  control.widthInPixels = rect.width * PX_PER_MM;
  control.heightInPixels = rect.height * PX_PER_MM;
}
