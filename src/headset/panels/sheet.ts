import type { IconName } from '../../ui/icons.ts';
import type { PanelCommand } from '../../ui/panels/command.ts';
import type { PanelId, Tone } from '../../ui/panels/description.ts';
import type { FontWeight, MeasureText, TextStyle } from './measure.ts';

/** Millimetres from the panel's top left corner: x right, y down. */
export interface RectMm {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What selecting a target does: a command of the description, or turning a list's page in the room. */
export type TargetAction =
  | { readonly kind: 'command'; readonly command: PanelCommand }
  | { readonly kind: 'page'; readonly list: string; readonly page: number };

/** Something that can be aimed at and selected. */
export interface Target {
  readonly key: string;
  /** Said by a narrator, and how tests find it. */
  readonly name: string;
  readonly rect: RectMm;
  readonly look: 'plain' | 'primary' | 'danger' | 'quiet' | 'faded';
  readonly on: boolean;
  readonly enabled: boolean;
  readonly action: TargetAction;
}

export type Ink = 'text' | 'quiet' | 'disabled' | 'accent' | 'waiting' | 'danger' | 'good';

export interface TextRun {
  readonly text: string;
  readonly rect: RectMm;
  readonly sizeMm: number;
  readonly weight: FontWeight;
  readonly align: 'left' | 'centre';
  readonly ink: Ink;
}

export interface IconRun {
  readonly icon: IconName;
  readonly rect: RectMm;
  readonly ink: Ink;
}

/** A filled circle: an avatar's ground, a presence, a colour to choose. */
export interface Dot {
  readonly rect: RectMm;
  readonly colour: string;
}

/** A panel of the room, laid out: everything that is drawn, in millimetres. */
export interface PanelLayout {
  readonly id: PanelId;
  readonly size: { readonly width: number; readonly height: number };
  readonly edge: 'plain' | 'waiting' | 'live';
  readonly targets: readonly Target[];
  readonly dots: readonly Dot[];
  readonly icons: readonly IconRun[];
  readonly texts: readonly TextRun[];
}

export interface LayoutOptions {
  readonly measure: MeasureText;
  /** Which page of each list is shown, by the list's key; 0 when missing. */
  readonly pages: ReadonlyMap<string, number>;
}

/** Collects what a panel is made of while its items are placed one below the other. */
export interface Sheet {
  readonly width: number;
  readonly options: LayoutOptions;
  readonly targets: Target[];
  readonly dots: Dot[];
  readonly icons: IconRun[];
  readonly texts: TextRun[];
}

export const PADDING_MM = 8;
export const GAP_MM = 4;

/** 0.6 degrees at 0.9 m. */
export const BODY: TextStyle = { sizeMm: 9.5, weight: 'regular' };
export const STRONG: TextStyle = { sizeMm: 9.5, weight: 'strong' };
export const LINE_FACTOR = 1.28;
/** The least that a ray from an unsteady hand hits at 0.9 m. */
export const TARGET_MM = 32;

export const INK_OF_TONE: Readonly<Record<Tone, Ink>> = {
  body: 'text',
  quiet: 'quiet',
  good: 'good',
  waiting: 'waiting',
  danger: 'danger',
  live: 'danger',
};

interface LinesOptions {
  readonly style: TextStyle;
  readonly ink: Ink;
  readonly rect: RectMm;
  readonly align?: 'left' | 'centre';
}

/** Writes lines in the middle of a rectangle's height. */
export function placeLines(sheet: Sheet, lines: readonly string[], options: LinesOptions): void {
  const { style, ink, rect, align = 'left' } = options;
  const height = style.sizeMm * LINE_FACTOR;
  const top = rect.y + (rect.height - lines.length * height) / 2;
  lines.forEach((text, at) => {
    const line = { x: rect.x, y: top + at * height, width: rect.width, height };
    sheet.texts.push({ text, rect: line, sizeMm: style.sizeMm, weight: style.weight, align, ink });
  });
}
