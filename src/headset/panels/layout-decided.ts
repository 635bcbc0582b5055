import type { ListEntry, ListItem } from '../../ui/panels/description.ts';
import { placeTile } from './layout-tile.ts';
import { breakLines } from './measure.ts';
import {
  BODY,
  GAP_MM,
  INK_OF_TONE,
  LINE_FACTOR,
  PADDING_MM,
  placeLines,
  type RectMm,
  type Sheet,
  STRONG,
  TARGET_MM,
} from './sheet.ts';

const BETWEEN_MM = 3;
const INDENT_MM = 2;
/** Of a title: whom somebody decides about should be read in full. */
const MOST_LINES = 2;
const LINE_MM = STRONG.sizeMm * LINE_FACTOR;

/**
 * The height of the entries of a list in which something is decided about each, all of one height so that a page that is
 * turned does not jump, mm; null for any other list.
 */
export function decidedHeight(sheet: Sheet, { entries }: ListItem, isPaged: boolean): number | null {
  if (entries.every(({ controls }) => controls.length === 0)) return null;
  const width = sheet.width - 2 * PADDING_MM - (isPaged ? TARGET_MM + GAP_MM : 0);
  const lines = Math.max(...entries.map((one) => titleLines(sheet, one, width).length));
  return (lines + 1) * LINE_MM + BETWEEN_MM + TARGET_MM;
}

const titleLines = (sheet: Sheet, { title }: ListEntry, widthMm: number): readonly string[] =>
  breakLines(title, STRONG, {
    widthMm: widthMm - INDENT_MM,
    mostLines: MOST_LINES,
    measure: sheet.options.measure,
  });

/** The words in full width, what can be done below them. */
export function placeDecided(sheet: Sheet, entry: ListEntry, rect: RectMm): void {
  const words = { x: rect.x + INDENT_MM, width: rect.width - INDENT_MM };
  const title = titleLines(sheet, entry, rect.width);
  const bottom = rect.y + rect.height - TARGET_MM - BETWEEN_MM;
  const top = bottom - (title.length + 1) * LINE_MM;
  placeLines(sheet, title, {
    style: STRONG,
    ink: 'text',
    rect: { ...words, y: top, height: title.length * LINE_MM },
  });
  const below = { ...words, y: bottom - LINE_MM, height: LINE_MM };
  const { measure } = sheet.options;
  const detail = breakLines(entry.detail ?? '', BODY, { widthMm: words.width, mostLines: 1, measure });
  placeLines(sheet, detail, { style: BODY, ink: INK_OF_TONE[entry.tone], rect: below });
  const { controls } = entry;
  const width = (rect.width - (controls.length - 1) * BETWEEN_MM) / controls.length;
  controls.forEach((control, at) => {
    const x = rect.x + at * (width + BETWEEN_MM);
    placeTile(sheet, control, { x, y: rect.y + rect.height - TARGET_MM, width, height: TARGET_MM });
  });
}
