import type { Presence } from '../../client/types.ts';
import type { ListEntry, ListItem } from '../../ui/panels/description.ts';
import { ROOM } from '../../ui/tokens.ts';
import { decidedHeight, placeDecided } from './layout-decided.ts';
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

const ENTRY_MM = 33;
const ENTRY_GAP_MM = 2;
const AVATAR_MM = 22;
const PRESENCE_MM = 7;

const PRESENCE_COLOURS: Readonly<Record<Presence, string>> = {
  available: ROOM.good,
  inCall: ROOM.danger,
  away: ROOM.waiting,
  offline: ROOM.textDisabled,
};

/** The page of a list that is shown, with arrows at its right side when there are more. */
export function placeList(sheet: Sheet, item: ListItem, y: number): number {
  if (item.entries.length === 0) return placeEmpty(sheet, item.empty, y);
  const size = item.roomPageSize;
  const pageCount = Math.ceil(item.entries.length / size);
  const page = Math.min(sheet.options.pages.get(item.key) ?? 0, pageCount - 1);
  const shown = item.entries.slice(page * size, (page + 1) * size);
  // Rows that the last page lacks stay free: nothing else on the panel may jump.
  const rows = pageCount > 1 ? size : shown.length;
  const decided = decidedHeight(sheet, item, pageCount > 1);
  const entryHeight = decided ?? ENTRY_MM;
  const height = rows * (entryHeight + ENTRY_GAP_MM) - ENTRY_GAP_MM;
  const arrows = pageCount > 1 ? arrowRects(sheet.width, { y, height }) : null;
  const right = arrows === null ? sheet.width - PADDING_MM : Math.min(arrows.previous.x, arrows.next.x) - GAP_MM;
  shown.forEach((entry, at) => {
    const top = y + at * (entryHeight + ENTRY_GAP_MM);
    const rect = { x: PADDING_MM, y: top, width: right - PADDING_MM, height: entryHeight };
    if (decided === null) placeEntry(sheet, entry, rect);
    else placeDecided(sheet, entry, rect);
  });
  if (arrows !== null) {
    placeArrow(sheet, { item, page: page - 1, pageCount, rect: arrows.previous, step: 'previous' });
    placeArrow(sheet, { item, page: page + 1, pageCount, rect: arrows.next, step: 'next' });
  }
  return y + height;
}

function placeEmpty(sheet: Sheet, text: string | null, y: number): number {
  if (text === null) return y;
  const width = sheet.width - 2 * PADDING_MM - 4;
  const lines = breakLines(text, BODY, { widthMm: width, mostLines: 3, measure: sheet.options.measure });
  const height = Math.max(TARGET_MM, lines.length * BODY.sizeMm * LINE_FACTOR);
  placeLines(sheet, lines, { style: BODY, ink: 'quiet', rect: { x: PADDING_MM + 2, y, width, height } });
  return y + height;
}

/** One above the other beside a tall list, side by side beside a single row. */
function arrowRects(panelWidth: number, { y, height }: { readonly y: number; readonly height: number }) {
  const x = panelWidth - PADDING_MM - TARGET_MM;
  if (height >= 2 * TARGET_MM + GAP_MM) {
    return {
      previous: { x, y, width: TARGET_MM, height: ENTRY_MM },
      next: { x, y: y + height - ENTRY_MM, width: TARGET_MM, height: ENTRY_MM },
    };
  }
  return {
    previous: { x: x - TARGET_MM - 3, y, width: TARGET_MM, height },
    next: { x, y, width: TARGET_MM, height },
  };
}

interface ArrowOptions {
  readonly item: ListItem;
  readonly page: number;
  readonly pageCount: number;
  readonly rect: RectMm;
  readonly step: 'previous' | 'next';
}

function placeArrow(sheet: Sheet, { item, page, pageCount, rect, step }: ArrowOptions): void {
  const enabled = page >= 0 && page < pageCount;
  sheet.targets.push({
    key: `${item.key}-${step}`,
    name: step === 'previous' ? item.previousName : item.nextName,
    rect,
    look: 'quiet',
    on: false,
    enabled,
    action: { kind: 'page', list: item.key, page },
  });
  const x = rect.x + (rect.width - 15) / 2;
  const y = rect.y + (rect.height - 15) / 2;
  sheet.icons.push({ icon: step, ink: enabled ? 'text' : 'disabled', rect: { x, y, width: 15, height: 15 } });
}

function placeEntry(sheet: Sheet, entry: ListEntry, rect: RectMm): void {
  const enabled = entry.disabled === null && !entry.busy;
  if (entry.command !== null) {
    const action = { kind: 'command', command: entry.command } as const;
    sheet.targets.push({ key: entry.key, name: entry.label, rect, look: entry.look, on: false, enabled, action });
  }
  const x = rect.x + 5;
  placeAvatar(sheet, entry, { x, y: rect.y + (rect.height - AVATAR_MM) / 2, width: AVATAR_MM, height: AVATAR_MM });
  const end = entry.initials !== null && entry.icon !== null ? 18 : 3;
  const textX = x + AVATAR_MM + 6;
  const width = rect.x + rect.width - textX - end;
  const { measure } = sheet.options;
  const box = { widthMm: width, mostLines: 1, measure };
  const half = entry.detail === null ? rect.height : rect.height / 2 - 1.5;
  const titleInk = enabled || entry.command === null ? 'text' : 'disabled';
  placeLines(sheet, breakLines(entry.title, STRONG, box), {
    style: STRONG,
    ink: entry.look === 'primary' && enabled ? 'accent' : titleInk,
    rect: { x: textX, y: rect.y + (entry.detail === null ? 0 : 2.5), width, height: half },
  });
  if (entry.detail !== null) {
    const below = { x: textX, y: rect.y + rect.height / 2, width, height: half };
    placeLines(sheet, breakLines(entry.detail, BODY, box), { style: BODY, ink: INK_OF_TONE[entry.tone], rect: below });
  }
  if (entry.initials !== null && entry.icon !== null) {
    const icon = { x: rect.x + rect.width - 16, y: rect.y + (rect.height - 11) / 2, width: 11, height: 11 };
    sheet.icons.push({ icon: entry.icon, ink: INK_OF_TONE[entry.tone], rect: icon });
  }
}

function placeAvatar(sheet: Sheet, entry: ListEntry, rect: RectMm): void {
  if (entry.initials !== null) {
    sheet.dots.push({ rect, colour: ROOM.controlPressed });
    placeLines(sheet, [entry.initials], { style: STRONG, ink: 'text', rect, align: 'centre' });
  } else if (entry.icon !== null) {
    const icon = { x: rect.x + 3, y: rect.y + 3, width: rect.width - 6, height: rect.height - 6 };
    sheet.icons.push({ icon: entry.icon, ink: entry.look === 'primary' ? 'accent' : 'quiet', rect: icon });
  }
  if (entry.presence === null) return;
  const ring = PRESENCE_MM + 3;
  const x = rect.x + rect.width - PRESENCE_MM + 1;
  const y = rect.y + rect.height - PRESENCE_MM + 1;
  sheet.dots.push({ rect: { x: x - 1.5, y: y - 1.5, width: ring, height: ring }, colour: ROOM.control });
  sheet.dots.push({
    rect: { x, y, width: PRESENCE_MM, height: PRESENCE_MM },
    colour: PRESENCE_COLOURS[entry.presence],
  });
}
