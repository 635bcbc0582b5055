/**
 * A constructed stylesheet: a strict `style-src 'self'` allows neither `<style>` elements nor `style` attributes.
 * `!important` because the app's canvas comes with the app's own styles.
 */
const RULES = `
.sightline-emulator { background: #000; cursor: crosshair; touch-action: none; user-select: none; }
.sightline-emulator > canvas { display: block; position: absolute !important; margin: 0 !important; outline: none;
  inset: auto !important; }
.sightline-emulator > canvas:not(.sightline-emulator-room) { mix-blend-mode: plus-lighter; pointer-events: none; }
.sightline-emulator-frame { position: absolute; z-index: 3; box-sizing: border-box; pointer-events: none;
  border: 1px solid rgb(190 220 235 / 28%); }
.sightline-emulator-hud { position: absolute; z-index: 4; left: 0; right: 0; bottom: 16px; margin: 0 auto; width: fit-content;
  box-sizing: border-box; max-width: 96vw; display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 24px;
  padding: 12px 20px; color: #a9bcc2; background: rgb(10 18 24 / 82%); border: 1px solid rgb(150 190 200 / 30%);
  border-radius: 12px; font: 400 12px/16px "Segoe UI", "Open Sans", sans-serif; pointer-events: none; }
.sightline-emulator-hud h2 { margin: 0; font-size: 14px; font-weight: 600; color: #7fe3df; }
.sightline-emulator-hud dl { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0; }
.sightline-emulator-hud dt, .sightline-emulator-hud dd { display: inline; margin: 0; }
.sightline-emulator-hud dt { margin-right: 6px; font-weight: 600; color: #e3edef; }
.sightline-emulator-hud.folded dl { display: none; }
`;

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface EmulatorStyles {
  /** CSS pixels of the display, and of the room around it. */
  setSizes(display: Size, room: Size): void;
  remove(): void;
}

export function adoptStyles(): EmulatorStyles {
  const fixed = new CSSStyleSheet();
  fixed.replaceSync(RULES);
  const sized = new CSSStyleSheet();
  const own = [fixed, sized];
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...own];
  return {
    setSizes(display, room) {
      sized.replaceSync(`
        .sightline-emulator > canvas, .sightline-emulator-frame { ${declare(display)} }
        .sightline-emulator > .sightline-emulator-room { ${declare(room)} }`);
    },
    remove() {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !own.includes(sheet));
    },
  };
}

function declare({ width, height }: Size): string {
  return `width: ${width}px !important; height: ${height}px !important;`;
}
