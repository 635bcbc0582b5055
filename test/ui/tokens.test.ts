import { describe, expect, it } from 'vitest';
import { DARK, LIGHT, MARK_COLOURS, type PageColours, ROOM, tokensCss } from '../../src/ui/tokens.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe('tokens', () => {
  it('are written to styles/tokens.css without a difference', async () => {
    await expect(tokensCss()).toMatchFileSnapshot('../../src/ui/styles/tokens.css');
  });

  it.each([
    ['light', LIGHT],
    ['dark', DARK],
  ] satisfies [string, PageColours][])('give %s text at least 4.5:1', (_name, colours) => {
    for (const surface of [colours.canvas, colours.surface, colours.raised]) {
      for (const text of [colours.text, colours.textQuiet, colours.accent, colours.dangerText, colours.waitingText]) {
        expect(contrast(text, surface), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrast(colours.text, colours.accentSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours.onAccent, colours.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours.onAccent, colours.accentHover)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours.onDanger, colours.danger)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours.focus, colours.surface)).toBeGreaterThanOrEqual(3);
  });

  it('give the room readable text and no pure white', () => {
    for (const plate of [ROOM.plate, ROOM.control, ROOM.controlHover]) {
      expect(contrast(ROOM.text, plate)).toBeGreaterThanOrEqual(7);
      expect(contrast(ROOM.textQuiet, plate)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(ROOM.text, ROOM.controlPressed)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(ROOM.text, ROOM.dangerPlate)).toBeGreaterThanOrEqual(7);
    for (const value of Object.values(ROOM)) expect(value).not.toBe('#ffffff');
  });

  it('keep marks bright enough to be seen on an additive display', () => {
    for (const colour of Object.values(MARK_COLOURS)) expect(luminance(colour)).toBeGreaterThan(0.3);
  });
});
