import type { Presence } from '../../client/types.ts';
import type { Colour } from '../../domain/annotation/types.ts';
import type { IconName } from '../icons.ts';
import type { QrModules } from '../parts/qr-modules.ts';
import type { PanelCommand } from './command.ts';

/** A panel as data: everything that is shown, said and offered, and nothing of how it is drawn. */
export interface PanelDescription {
  readonly id: PanelId;
  readonly title: string;
  /** False: the title is only said, not drawn. */
  readonly showTitle: boolean;
  readonly role: 'region' | 'toolbar' | 'alertdialog' | 'status';
  /** Where it is drawn; what the page has by other means (or the room) is left out there. */
  readonly surface: 'both' | 'page' | 'room';
  /** What a screen reader says of it whenever that changes, wherever the focus is; null: nothing. */
  readonly said: string | null;
  /** Buttons beside the title. */
  readonly header: readonly ButtonControl[];
  readonly items: readonly PanelItem[];
}

export type PanelId =
  | 'start'
  | 'tenant'
  | 'sign-in'
  | 'home'
  | 'menu'
  | 'search'
  | 'settings'
  | 'one-time'
  | 'incoming'
  | 'join'
  | 'end-call'
  | 'lobby'
  | 'lobby-place'
  | 'tools'
  | 'people'
  | 'add-people'
  | 'camera-live'
  | 'notices'
  | 'enter';

export type PanelItem =
  | TextItem
  | ButtonControl
  | RowItem
  | ChoicesItem
  | ListItem
  | FieldItem
  | KeyboardItem
  | CodeItem;

/** How a text is meant: `live` is the red sign of a running camera, `waiting` is amber. */
export type Tone = 'body' | 'quiet' | 'good' | 'waiting' | 'danger' | 'live';

export interface TextItem {
  readonly kind: 'text';
  readonly key: string;
  readonly text: string;
  readonly tone: Tone;
  readonly icon: IconName | null;
  /** Small print for support, such as a refusal's code. */
  readonly detail: string | null;
  /** Of a refusal's record, for quoting it to an administrator. */
  readonly reference: string | null;
}

export interface ButtonControl {
  readonly kind: 'button';
  readonly key: string;
  readonly role: 'button' | 'radio';
  /** Shown and said. */
  readonly name: string;
  /** Said instead of `name` where the shown one is too short to stand alone. */
  readonly label: string | null;
  readonly icon: IconName | null;
  readonly swatch: Colour | null;
  readonly look: 'plain' | 'primary' | 'danger' | 'quiet';
  /** Null: not a toggle. */
  readonly pressed: boolean | null;
  /** Null: opens nothing. */
  readonly expanded: boolean | null;
  /** Why it can't be used now, as a sentence; null when it can. */
  readonly disabled: string | null;
  readonly busy: boolean;
  readonly badge: string | null;
  readonly command: PanelCommand;
}

export interface RowItem {
  readonly kind: 'row';
  readonly key: string;
  readonly controls: readonly ButtonControl[];
}

/** One of several: drawn as a row, said as a radio group. */
export interface ChoicesItem {
  readonly kind: 'choices';
  readonly key: string;
  readonly name: string;
  readonly options: readonly ButtonControl[];
}

export interface ListItem {
  readonly kind: 'list';
  readonly key: string;
  readonly name: string;
  readonly entries: readonly ListEntry[];
  /** What to say when there is no entry; null says nothing. */
  readonly empty: string | null;
  /** So many entries at once in the room; the page scrolls. */
  readonly roomPageSize: number;
  readonly previousName: string;
  readonly nextName: string;
}

/** Somebody or something of a list; without a command it is shown, with its controls where it has any. */
export interface ListEntry {
  readonly key: string;
  readonly title: string;
  readonly label: string;
  readonly detail: string | null;
  readonly icon: IconName | null;
  readonly initials: string | null;
  readonly presence: Presence | null;
  readonly tone: Tone;
  /** `faded`: still there to be read, but out of reach. */
  readonly look: 'plain' | 'primary' | 'faded';
  readonly disabled: string | null;
  readonly busy: boolean;
  readonly command: PanelCommand | null;
  /** What can be done about it, only where it has no command of its own. */
  readonly controls: readonly ButtonControl[];
}

export interface FieldItem {
  readonly kind: 'field';
  readonly key: string;
  readonly role: 'searchbox';
  readonly name: string;
  readonly value: string;
}

/** A QR code: on the page only, as no phone's camera sees what stands in the room. */
export interface CodeItem {
  readonly kind: 'code';
  readonly key: string;
  readonly name: string;
  readonly modules: QrModules;
}

/** Letters for the room, where there is no keyboard; the page has its own. */
export interface KeyboardItem {
  readonly kind: 'keyboard';
  readonly key: string;
  readonly name: string;
  readonly rows: readonly (readonly ButtonControl[])[];
}

type ButtonOptions = Pick<ButtonControl, 'key' | 'name' | 'command'> & Partial<Omit<ButtonControl, 'kind'>>;

export function button(options: ButtonOptions): ButtonControl {
  return { ...BUTTON_DEFAULTS, ...options };
}
const BUTTON_DEFAULTS = {
  kind: 'button',
  role: 'button',
  label: null,
  icon: null,
  swatch: null,
  look: 'plain',
  pressed: null,
  expanded: null,
  disabled: null,
  busy: false,
  badge: null,
} as const;

export function textItem(key: string, text: string, options: Partial<Omit<TextItem, 'kind'>> = {}): TextItem {
  return { ...TEXT_DEFAULTS, key, text, ...options };
}

const TEXT_DEFAULTS = { kind: 'text', tone: 'body', icon: null, detail: null, reference: null } as const;

type EntryOptions = Pick<ListEntry, 'key' | 'title' | 'label' | 'command'> & Partial<ListEntry>;

export function entry(options: EntryOptions): ListEntry {
  return { ...ENTRY_DEFAULTS, ...options };
}
const ENTRY_DEFAULTS = {
  detail: null,
  icon: null,
  initials: null,
  presence: null,
  tone: 'quiet',
  look: 'plain',
  disabled: null,
  busy: false,
  controls: [],
} as const;

type PanelOptions = Pick<PanelDescription, 'id' | 'title' | 'items'> & Partial<PanelDescription>;

export function panel(options: PanelOptions): PanelDescription {
  return { showTitle: true, role: 'region', surface: 'both', said: null, header: [], ...options };
}

/** Every control of a panel that can be selected, in reading order. */
export function controlsOf(description: PanelDescription): readonly (ButtonControl | ListEntry)[] {
  return [...description.header, ...description.items.flatMap(controlsOfItem)];
}

function controlsOfItem(item: PanelItem): readonly (ButtonControl | ListEntry)[] {
  switch (item.kind) {
    case 'button':
      return [item];
    case 'row':
      return item.controls;
    case 'choices':
      return item.options;
    case 'list':
      return item.entries.flatMap((one): readonly (ButtonControl | ListEntry)[] =>
        one.command === null ? one.controls : [one],
      );
    case 'keyboard':
      return item.rows.flat();
    case 'text':
    case 'code':
    case 'field':
      return [];
  }
}
