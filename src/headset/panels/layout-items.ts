import type { ButtonControl, ChoicesItem, PanelDescription, PanelItem, TextItem } from '../../ui/panels/description.ts';
import { placeList } from './layout-list.ts';
import { ICON_MM, placeTile, pushButtonTarget, TILE_HEIGHT_MM } from './layout-tile.ts';
import { breakLines, type TextStyle } from './measure.ts';
import {
  BODY,
  GAP_MM,
  INK_OF_TONE,
  LINE_FACTOR,
  PADDING_MM,
  placeLines,
  type Sheet,
  STRONG,
  TARGET_MM,
} from './sheet.ts';

/** 0.9 degrees at 0.9 m. */
const TITLE: TextStyle = { sizeMm: 14.2, weight: 'strong' };
const HEADER_TILE_MM = 46;
const TEXT_ICON_MM = 11;

/** The title with the buttons beside it; returns the bottom, mm. */
export function placeHeader(sheet: Sheet, { title, header }: PanelDescription, y: number): number {
  const buttonsWidth = header.length * (HEADER_TILE_MM + GAP_MM);
  const width = sheet.width - 2 * PADDING_MM - buttonsWidth - 2;
  const lines = breakLines(title, TITLE, { widthMm: width, mostLines: 2, measure: sheet.options.measure });
  const height = Math.max(header.length > 0 ? TARGET_MM : 0, lines.length * TITLE.sizeMm * LINE_FACTOR);
  placeLines(sheet, lines, { style: TITLE, ink: 'text', rect: { x: PADDING_MM + 2, y, width, height } });
  header.forEach((control, at) => {
    const x = sheet.width - PADDING_MM - buttonsWidth + GAP_MM + at * (HEADER_TILE_MM + GAP_MM);
    placeTile(sheet, control, { x, y, width: HEADER_TILE_MM, height: TARGET_MM });
  });
  return y + height;
}

/** Places one item from `y` downwards; returns its bottom, mm (`y` itself when it draws nothing). */
export function placeItem(sheet: Sheet, item: PanelItem, y: number): number {
  switch (item.kind) {
    case 'text':
      return placeText(sheet, item, y);
    case 'button':
      return placeWideButton(sheet, item, y);
    case 'row':
      return placeTiles(sheet, item.controls, { y, height: TILE_HEIGHT_MM });
    case 'choices':
      return placeChoices(sheet, item, y);
    case 'list':
      return placeList(sheet, item, y);
    case 'code':
      // Drawn on the page alone: no phone sees what stands in the room.
      return y;
    case 'field':
      return placeField(sheet, item.value, item.name, y);
    case 'keyboard':
      return item.rows.reduce((top, row) => placeTiles(sheet, row, { y: top, height: TARGET_MM }) + 2, y) - 2;
  }
}

function placeText(sheet: Sheet, item: TextItem, y: number): number {
  const ink = INK_OF_TONE[item.tone];
  const indent = item.icon === null ? 0 : TEXT_ICON_MM + GAP_MM;
  const x = PADDING_MM + 2;
  const width = sheet.width - 2 * x - indent;
  const style = item.tone === 'live' ? STRONG : BODY;
  const lines = breakLines(item.text, style, { widthMm: width, mostLines: 4, measure: sheet.options.measure });
  const height = Math.max(TEXT_ICON_MM + 1, lines.length * style.sizeMm * LINE_FACTOR);
  placeLines(sheet, lines, { style, ink, rect: { x: x + indent, y, width, height } });
  // No fold to open here, and no way to copy: what the wearer may have to read out stands below the sentence.
  const below = item.reference === null ? 0 : BODY.sizeMm * LINE_FACTOR;
  if (item.reference !== null) {
    const rect = { x: x + indent, y: y + height, width, height: below };
    placeLines(sheet, [item.reference], { style: BODY, ink: 'quiet', rect });
  }
  if (item.icon !== null) {
    sheet.icons.push({ icon: item.icon, ink, rect: { x, y: y + 0.8, width: TEXT_ICON_MM, height: TEXT_ICON_MM } });
  }
  return y + height + below;
}

function placeWideButton(sheet: Sheet, control: ButtonControl, y: number): number {
  const rect = { x: PADDING_MM, y, width: sheet.width - 2 * PADDING_MM, height: TARGET_MM };
  const ink = pushButtonTarget(sheet, control, rect);
  const indent = control.icon === null ? 6 : 6 + ICON_MM + 5;
  if (control.icon !== null) {
    const top = y + (TARGET_MM - ICON_MM) / 2;
    sheet.icons.push({ icon: control.icon, ink, rect: { x: rect.x + 6, y: top, width: ICON_MM, height: ICON_MM } });
  }
  const room = rect.width - indent - 4;
  const lines = breakLines(control.name, STRONG, { widthMm: room, mostLines: 2, measure: sheet.options.measure });
  placeLines(sheet, lines, { style: STRONG, ink, rect: { x: rect.x + indent, y, width: room, height: TARGET_MM } });
  return y + TARGET_MM;
}

/** Buttons of one height side by side over the whole width. */
function placeTiles(
  sheet: Sheet,
  controls: readonly ButtonControl[],
  row: { readonly y: number; readonly height: number },
): number {
  const width = (sheet.width - 2 * PADDING_MM - (controls.length - 1) * 3) / controls.length;
  controls.forEach((control, at) => {
    placeTile(sheet, control, { x: PADDING_MM + at * (width + 3), y: row.y, width, height: row.height });
  });
  return row.y + row.height;
}

/** Five colours as wide as five tools, in the middle above them. */
function placeChoices(sheet: Sheet, item: ChoicesItem, y: number): number {
  const width = 44;
  const whole = item.options.length * (width + 3) - 3;
  const left = (sheet.width - whole) / 2;
  item.options.forEach((option, at) => {
    placeTile(sheet, option, { x: left + at * (width + 3), y, width, height: 34 });
  });
  return y + 34;
}

function placeField(sheet: Sheet, value: string, name: string, y: number): number {
  const x = PADDING_MM + 2;
  const width = sheet.width - 2 * x;
  sheet.icons.push({ icon: 'search', ink: 'accent', rect: { x, y: y + 5, width: ICON_MM, height: ICON_MM } });
  const room = width - ICON_MM - GAP_MM;
  const shown = value === '' ? name : `${value}|`;
  const lines = breakLines(shown, BODY, { widthMm: room, mostLines: 1, measure: sheet.options.measure });
  const rect = { x: x + ICON_MM + GAP_MM, y, width: room, height: 22 };
  placeLines(sheet, lines, { style: BODY, ink: value === '' ? 'quiet' : 'text', rect });
  return y + 22;
}
