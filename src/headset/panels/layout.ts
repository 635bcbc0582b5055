import type { PanelDescription, PanelId } from '../../ui/panels/description.ts';
import { placeHeader, placeItem } from './layout-items.ts';
import { GAP_MM, type LayoutOptions, PADDING_MM, type PanelLayout, type Sheet, type Target } from './sheet.ts';

const WIDTH_MM: Readonly<Record<PanelId, number>> = {
  start: 260,
  tenant: 300,
  'sign-in': 260,
  home: 300,
  menu: 260,
  search: 372,
  'add-people': 372,
  settings: 280,
  'one-time': 280,
  incoming: 260,
  join: 280,
  'end-call': 260,
  lobby: 134,
  'lobby-place': 260,
  tools: 426,
  people: 202,
  'camera-live': 112,
  notices: 196,
  enter: 260,
};

/** Lays a panel out. Pure: the same description, page and font give the same layout. */
export function layoutPanel(description: PanelDescription, options: LayoutOptions): PanelLayout {
  const width = WIDTH_MM[description.id];
  const sheet: Sheet = { width, options, targets: [], dots: [], icons: [], texts: [] };
  let y = PADDING_MM;
  if (description.showTitle) y = placeHeader(sheet, description, y) + GAP_MM;
  for (const item of description.items) {
    const bottom = placeItem(sheet, item, y);
    // An item that draws nothing leaves no gap.
    if (bottom > y) y = bottom + GAP_MM;
  }
  const { targets, dots, icons, texts } = sheet;
  const height = y - GAP_MM + PADDING_MM;
  return { id: description.id, size: { width, height }, edge: edgeOf(description), targets, dots, icons, texts };
}

function edgeOf(description: PanelDescription): PanelLayout['edge'] {
  if (description.id === 'camera-live') return 'live';
  const waits = description.items.some((item) => item.kind === 'text' && item.tone === 'waiting');
  return waits || description.role === 'alertdialog' ? 'waiting' : 'plain';
}

/** The target under a point of the panel, mm from its top left corner; null beside all of them. */
export function targetAt(layout: PanelLayout, xMm: number, yMm: number): Target | null {
  for (const target of layout.targets) {
    const { x, y, width, height } = target.rect;
    if (xMm >= x && xMm <= x + width && yMm >= y && yMm <= y + height) return target;
  }
  return null;
}
