import { FONT_FAMILY, FONT_WEIGHTS } from '../../ui/tokens.ts';

export type FontWeight = keyof typeof FONT_WEIGHTS;

/** Width in mm of a text in the room, at a font size in mm. */
export type MeasureText = (text: string, sizeMm: number, weight: FontWeight) => number;

/** Large enough that the browser's hinting does not show in the ratio. */
const PROBE_PX = 100;

/** Measures with the font that will draw. Widths are kept: panels ask for the same words again and again. */
export function createMeasureText(context: Pick<CanvasRenderingContext2D, 'measureText' | 'font'>): MeasureText {
  const widths = new Map<string, number>();
  return (text, sizeMm, weight) => {
    const key = `${weight} ${text}`;
    let ratio = widths.get(key);
    if (ratio === undefined) {
      context.font = `${FONT_WEIGHTS[weight]} ${PROBE_PX}px ${FONT_FAMILY}`;
      ratio = context.measureText(text).width / PROBE_PX;
      widths.set(key, ratio);
    }
    return ratio * sizeMm;
  };
}

export interface TextStyle {
  readonly sizeMm: number;
  readonly weight: FontWeight;
}

/** Breaks a text at spaces into at most `mostLines` lines; what does not fit ends in an ellipsis. */
export function breakLines(
  text: string,
  style: TextStyle,
  box: { readonly widthMm: number; readonly mostLines: number; readonly measure: MeasureText },
): readonly string[] {
  const fits = (line: string): boolean => box.measure(line, style.sizeMm, style.weight) <= box.widthMm;
  const lines: string[] = [];
  let line = '';
  const words = text.split(' ');
  for (const [at, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || fits(longer)) {
      line = longer;
      continue;
    }
    if (lines.length === box.mostLines - 1) {
      line = [line, ...words.slice(at)].join(' ');
      break;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line].map((one) => shorten(one, fits));
}

function shorten(line: string, fits: (line: string) => boolean): string {
  if (fits(line)) return line;
  const letters = [...line];
  while (letters.length > 0 && !fits(`${letters.join('').trimEnd()}…`)) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
