import type { Colour } from '../domain/annotation/types.ts';

/** Colours of the pages, by the system's scheme; every text pair holds at least 4.5:1. */
export interface PageColours {
  readonly canvas: string;
  readonly surface: string;
  readonly raised: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly textQuiet: string;
  readonly accent: string;
  readonly accentHover: string;
  readonly onAccent: string;
  readonly accentSoft: string;
  readonly danger: string;
  readonly dangerHover: string;
  readonly onDanger: string;
  readonly dangerText: string;
  readonly waiting: string;
  readonly waitingText: string;
  readonly good: string;
  readonly focus: string;
}

export const LIGHT: PageColours = {
  canvas: '#f3f5f6',
  surface: '#ffffff',
  raised: '#eef1f3',
  line: '#dde2e5',
  lineStrong: '#b7c0c6',
  text: '#161b1f',
  textQuiet: '#536068',
  accent: '#0b6e75',
  accentHover: '#095a60',
  onAccent: '#ffffff',
  accentSoft: '#dff1f2',
  danger: '#c42b3a',
  dangerHover: '#a5202e',
  onDanger: '#ffffff',
  dangerText: '#a5202e',
  waiting: '#e0a100',
  waitingText: '#7a5200',
  good: '#1a7f4b',
  focus: '#0b6e75',
};

export const DARK: PageColours = {
  canvas: '#0f1316',
  surface: '#171d21',
  raised: '#212930',
  line: '#2c363d',
  lineStrong: '#4a5862',
  text: '#e9eef1',
  textQuiet: '#a3b0b8',
  accent: '#4fd1d9',
  accentHover: '#7ce0e6',
  onAccent: '#04272a',
  accentSoft: '#12363a',
  danger: '#d03544',
  dangerHover: '#e5606b',
  onDanger: '#ffffff',
  dangerText: '#ff9aa1',
  waiting: '#f2b632',
  waitingText: '#f7cd6c',
  good: '#55d18b',
  focus: '#7ce0e6',
};

/**
 * Colours of the room. The display adds light: black is transparent, large bright areas glare, thin greys vanish.
 * So plates are a deep blue-black and text is near-white, short of full brightness.
 */
export const ROOM = {
  plate: '#08131f',
  plateOpacity: 0.92,
  control: '#0f2234',
  controlHover: '#16334c',
  controlPressed: '#124f5c',
  edge: '#3a86ad',
  edgeHover: '#a8ecff',
  edgePressed: '#4ff2e3',
  edgeDisabled: '#28506a',
  text: '#dbe6ec',
  textQuiet: '#93b2c2',
  textDisabled: '#7f9dad',
  accent: '#4ff2e3',
  onAccent: '#03201f',
  danger: '#ff6b5e',
  dangerPlate: '#5c1a1d',
  waiting: '#ffcf5c',
  good: '#5be37d',
  ray: '#7fe9ff',
} as const;

/** The colours of marks: bright enough for the additive display and apart for the common colour-vision deficiencies. */
export const MARK_COLOURS: Readonly<Record<Colour, string>> = {
  blue: '#4DA3FF',
  gray: '#C9D1D9',
  green: '#5BE37D',
  red: '#FF6B5E',
  yellow: '#FFD84D',
};

/** Pixels on pages. */
export const TYPE_SCALE_PX = { small: 12, body: 14, large: 16, title: 20, display: 28 } as const;
export const SPACE_PX = [0, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64] as const;
export const RADIUS_PX = { small: 6, large: 12 } as const;
export const MOTION_MS = 140;

/** Segoe UI is on Windows and HoloLens; the bundled Open Sans has like widths. */
export const FONT_FAMILY = "'Segoe UI Variable', 'Segoe UI', 'Open Sans', sans-serif";
export const FONT_WEIGHTS = { regular: 400, strong: 600 } as const;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const colourLines = (colours: PageColours, indent: string): string =>
  Object.entries(colours)
    .map(([name, value]) => `${indent}--${kebab(name)}: ${value};`)
    .join('\n');

/** The text of `styles/tokens.css`: a test keeps the file equal to this, so tokens are written once. */
export function tokensCss(): string {
  const fixed = [
    `--font: ${FONT_FAMILY.replaceAll("'", '"')};`,
    ...Object.entries(TYPE_SCALE_PX).map(([name, px]) => `--type-${name}: ${px / 16}rem;`),
    ...SPACE_PX.map((px, step) => `--space-${step}: ${px / 16}rem;`),
    ...Object.entries(RADIUS_PX).map(([name, px]) => `--radius-${name}: ${px}px;`),
    `--motion: ${MOTION_MS}ms;`,
    ...Object.entries(MARK_COLOURS).map(([name, value]) => `--mark-${name}: ${value.toLowerCase()};`),
  ];
  return `/* Written from tokens.ts: change it there. */
:root {
  color-scheme: light dark;
${fixed.map((line) => `  ${line}`).join('\n')}
${colourLines(LIGHT, '  ')}
}

@media (prefers-color-scheme: dark) {
  :root {
${colourLines(DARK, '    ')}
  }
}

@media (prefers-reduced-motion: reduce) {
  :root {
    --motion: 0ms;
  }
}
`;
}
