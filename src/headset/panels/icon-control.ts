import type { ICanvasRenderingContext } from '@babylonjs/core/Engines/ICanvas.js';
import { Control } from '@babylonjs/gui/2D/controls/control.pure.js';
import { ICON_UNITS, type IconName, iconPath } from '../../ui/icons.ts';

/** The part of a 2D context that fills an SVG path; Babylon's own type leaves the path out. */
interface PathContext {
  fill(path: Path2D): void;
}

/** A GUI control that fills the outline of an icon: no image file, no second font, crisp at every size. */
export class IconControl extends Control {
  readonly #path: Path2D;

  constructor(icon: IconName) {
    super(icon);
    this.#path = new Path2D(iconPath(icon));
  }

  override _draw(context: ICanvasRenderingContext): void {
    const { left, top, width, height } = this._currentMeasure;
    context.save();
    this._applyStates(context);
    context.fillStyle = this.color;
    context.translate(left, top);
    context.scale(width / ICON_UNITS, height / ICON_UNITS);
    (context as unknown as PathContext).fill(this.#path);
    context.restore();
  }
}
