import type { ICanvasRenderingContext } from '@babylonjs/core/Engines/ICanvas.js';
import { Control } from '@babylonjs/gui/2D/controls/control.pure.js';
import type { QrModules } from '../../ui/parts/qr-modules.ts';
import { ROOM } from '../../ui/tokens.ts';

/** The part of a 2D context that fills an SVG path; Babylon's own type leaves the path out. */
interface PathContext {
  fill(path: Path2D): void;
}

/** A GUI control that draws a QR code. Its light is dimmed as all that is bright in the room; dark is what shows nothing. */
export class CodeControl extends Control {
  readonly #size: number;
  readonly #dark: Path2D;

  constructor({ size, path }: QrModules) {
    super('code');
    this.#size = size;
    this.#dark = new Path2D(path);
  }

  override _draw(context: ICanvasRenderingContext): void {
    const { left, top, width, height } = this._currentMeasure;
    context.save();
    this._applyStates(context);
    context.fillStyle = ROOM.text;
    context.fillRect(left, top, width, height);
    context.fillStyle = ROOM.codeDark;
    context.translate(left, top);
    context.scale(width / this.#size, height / this.#size);
    (context as unknown as PathContext).fill(this.#dark);
    context.restore();
  }
}
