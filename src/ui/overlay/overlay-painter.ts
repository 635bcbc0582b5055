import { createOverlayProjector } from '../../domain/annotation/projection.ts';
import type { Colour, ImagePoint } from '../../domain/annotation/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { CameraProfile } from '../../domain/registration/camera.ts';
import type { ViewerPose } from '../../domain/registration/pose.ts';
import { FONT_FAMILY, MARK_COLOURS } from '../tokens.ts';
import type { AuthorStyle } from './author-style.ts';
import type { Size } from './letterbox.ts';
import { labelPoint, type MarkLook, type PlacedMark, projectFromAnchor } from './placed-marks.ts';
import { arrowEnds, type Sketch, traceSketch } from './sketch.ts';

/** Everything that is drawn over one frame. */
export interface OverlayScene {
  /** Where the frame was seen from; null: nothing in the room can be drawn over it. */
  readonly view: { readonly viewerPose: ViewerPose; readonly profile: CameraProfile } | null;
  readonly placed: readonly PlacedMark[];
  readonly sketches: readonly Sketch[];
  /** The style of the sketches: they are one person's, mostly one's own. */
  readonly sketchStyle: AuthorStyle;
  /** The keyboard's cursor. */
  readonly cursor: ImagePoint | null;
  styleOf(author: PersonKey): AuthorStyle;
}

export interface OverlayWords {
  readonly approximate: string;
  readonly stale: string;
  readonly placing: string;
}

/** Of the picture's height, within what is readable on any screen. */
const LINE_SHARE = 0.006;
const MIN_LINE_PX = 3;
const HALO = 'rgb(0 0 0 / 0.6)';
const LABEL_INK = '#0b1115';

type Stroke = {
  readonly line: Path2D;
  readonly fill: Path2D;
  readonly colour: Colour;
  readonly style: AuthorStyle;
  readonly alpha: number;
};

/**
 * Draws over a picture that fills the context's canvas. `ratio` is device pixels per CSS pixel, for lines and letters
 * that keep their size on every screen.
 */
export function createOverlayPainter(context: CanvasRenderingContext2D, words: OverlayWords) {
  const projector = createOverlayProjector();
  let ratio = 1;
  let size: Size = { widthPx: 0, heightPx: 0 };

  const lineWidth = (): number => Math.max(MIN_LINE_PX * ratio, LINE_SHARE * size.heightPx);

  function stroke({ line, fill, colour, style, alpha }: Stroke): void {
    const width = lineWidth();
    context.globalAlpha = alpha;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.setLineDash([]);
    context.strokeStyle = HALO;
    context.lineWidth = width + 3 * ratio;
    context.stroke(line);
    context.lineWidth = 3 * ratio;
    context.stroke(fill);
    context.strokeStyle = MARK_COLOURS[colour];
    context.fillStyle = MARK_COLOURS[colour];
    context.lineWidth = width;
    context.setLineDash(style.dash.map((part) => part * width));
    context.stroke(line);
    context.fill(fill);
    context.globalAlpha = 1;
  }

  /** The author's initial on a disc of the mark's colour, with what there is to say about the mark. */
  function badge(x: number, y: number, mark: { colour: Colour; style: AuthorStyle; note: string | null }): void {
    const radius = 9 * ratio;
    context.setLineDash([]);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = MARK_COLOURS[mark.colour];
    context.strokeStyle = HALO;
    context.lineWidth = 2 * ratio;
    context.stroke();
    context.fill();
    context.font = `600 ${11 * ratio}px ${FONT_FAMILY}`;
    context.textBaseline = 'middle';
    context.textAlign = 'center';
    context.fillStyle = LABEL_INK;
    context.fillText(mark.style.initial, x, y + 0.5 * ratio);
    if (mark.note !== null) note(x + radius + 4 * ratio, y, mark.note);
  }

  function note(x: number, y: number, text: string): void {
    const [padding, height] = [5 * ratio, 18 * ratio];
    context.font = `600 ${11 * ratio}px ${FONT_FAMILY}`;
    context.textAlign = 'left';
    const width = context.measureText(text).width + 2 * padding;
    const left = Math.max(0, Math.min(x, size.widthPx - width));
    context.fillStyle = 'rgb(11 17 21 / 0.82)';
    context.beginPath();
    context.roundRect(left, y - height / 2, width, height, 5 * ratio);
    context.fill();
    context.fillStyle = '#eef4f7';
    context.fillText(text, left + padding, y + 0.5 * ratio);
  }

  const noteOf = (look: MarkLook): string | null =>
    look === 'good' ? null : look === 'stale' ? words.stale : words.approximate;

  function paintPlaced({ annotation, anchor, look }: PlacedMark, scene: OverlayScene): void {
    if (scene.view === null) return;
    const [line, fill] = [new Path2D(), new Path2D()];
    if (!projector.trace(annotation.geometry, anchor.pose, { line, fill })) return;
    const style = scene.styleOf(annotation.author);
    const { colour } = annotation;
    stroke({ line, fill, colour, style, alpha: look === 'stale' ? 0.45 : 1 });
    const label = projectFromAnchor(labelPoint(annotation.geometry), anchor, scene.view);
    if (label.kind === 'behind') return;
    badge(label.u * size.widthPx, label.v * size.heightPx, { colour, style, note: noteOf(look) });
  }

  function paintSketch(sketch: Sketch, style: AuthorStyle): void {
    const [line, fill] = [new Path2D(), new Path2D()];
    traceSketch(sketch, size, line, fill);
    const { colour } = sketch;
    stroke({ line, fill, colour, style, alpha: sketch.look === 'pending' ? 0.7 : 1 });
    const [first] = sketch.points;
    if (sketch.look === 'draft' || first === undefined) return;
    const ends = sketch.shape === 'arrow' ? arrowEnds(sketch.points, size) : null;
    const [x, y] = ends?.tail ?? [first[0] * size.widthPx, first[1] * size.heightPx];
    badge(x, y, { colour, style, note: sketch.look === 'pending' ? words.placing : null });
  }

  function paintCursor([u, v]: ImagePoint): void {
    const [x, y, arm, gap] = [u * size.widthPx, v * size.heightPx, 16 * ratio, 5 * ratio];
    const cross = new Path2D();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      cross.moveTo(x + dx * gap, y + dy * gap);
      cross.lineTo(x + dx * arm, y + dy * arm);
    }
    context.setLineDash([]);
    context.lineCap = 'round';
    for (const [colour, width] of [
      [HALO, 5],
      ['#ffffff', 2],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width * ratio;
      context.stroke(cross);
    }
  }

  return {
    paint(scene: OverlayScene, canvasSize: Size, pixelRatio: number): void {
      size = canvasSize;
      ratio = pixelRatio;
      context.clearRect(0, 0, size.widthPx, size.heightPx);
      if (scene.view !== null) {
        projector.setView(scene.view.viewerPose, scene.view.profile, size.widthPx, size.heightPx);
        for (const mark of scene.placed) paintPlaced(mark, scene);
      }
      for (const sketch of scene.sketches) paintSketch(sketch, scene.sketchStyle);
      if (scene.cursor !== null) paintCursor(scene.cursor);
    },
  };
}
