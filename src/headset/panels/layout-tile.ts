import type { ButtonControl } from '../../ui/panels/description.ts';
import { MARK_COLOURS } from '../../ui/tokens.ts';
import { breakLines } from './measure.ts';
import { BODY, type Ink, LINE_FACTOR, placeLines, type RectMm, type Sheet, type Target } from './sheet.ts';

/** From this height on there is room for two lines below the picture. */
export const TILE_HEIGHT_MM = 44;
export const ICON_MM = 13;

/** Makes a button something to aim at; returns the ink of its words. */
export function pushButtonTarget(sheet: Sheet, control: ButtonControl, rect: RectMm): Ink {
  const enabled = control.disabled === null && !control.busy;
  const on = control.pressed === true || control.expanded === true;
  const target: Target = {
    key: control.key,
    name: control.label ?? control.name,
    rect,
    look: control.look,
    on,
    enabled,
    action: { kind: 'command', command: control.command },
  };
  sheet.targets.push(target);
  if (!enabled) return control.busy ? 'waiting' : 'disabled';
  return on ? 'accent' : 'text';
}

/** A button with its picture above its name; without a picture the name stands in the middle. */
export function placeTile(sheet: Sheet, control: ButtonControl, rect: RectMm): void {
  const ink = pushButtonTarget(sheet, control, rect);
  const pictured = control.icon !== null || control.swatch !== null;
  const measure = sheet.options.measure;
  const tall = rect.height >= TILE_HEIGHT_MM;
  const lines = breakLines(control.name, BODY, { widthMm: rect.width - 3, mostLines: tall ? 2 : 1, measure });
  const textHeight = lines.length * BODY.sizeMm * LINE_FACTOR;
  const pictureHeight = pictured ? ICON_MM + 1 : 0;
  const top = rect.y + (rect.height - textHeight - pictureHeight) / 2;
  const picture = { x: rect.x + (rect.width - ICON_MM) / 2, y: top, width: ICON_MM, height: ICON_MM };
  if (control.swatch !== null) sheet.dots.push({ rect: picture, colour: MARK_COLOURS[control.swatch] });
  else if (control.icon !== null) sheet.icons.push({ icon: control.icon, ink, rect: picture });
  const words = { x: rect.x, y: top + pictureHeight, width: rect.width, height: textHeight };
  placeLines(sheet, lines, { style: BODY, ink, rect: words, align: 'centre' });
}
