import type { Page } from '@playwright/test';
import type { Colour } from '../../../src/domain/annotation/types.ts';
import type { Pose, Vec3 } from '../../../src/domain/registration/pose.ts';
import { composePoses, inverseTransformPoint, transformPoint } from '../../../src/domain/registration/transform.ts';
import { MARK_COLOURS } from '../../../src/ui/tokens.ts';

/**
 * What one display frame of the headset really shows, read off the graphics context and the XR frame themselves: nothing
 * in the product helps here. Poses and points are in the emulated room's own frame, metres.
 */
export interface DrawnRoom {
  /** The vertices of everything that is drawn in a mark's colour. */
  vertices(colour: Colour): readonly Vec3[];
  /** The pixels that drawing a mark's colour gave it, and that nothing drew over; from the picture's bottom left. */
  pixels(colour: Colour): readonly Pixel[];
  /** Where a point of the room is in that picture, in pixels from the bottom left. */
  project(point: Vec3): Pixel;
  /** What a pixel covers at a point of the room, across. */
  metresPerPixel(point: Vec3): number;
  /** Where the device says that its anchors are. */
  readonly anchors: readonly Pose[];
}

export type Pixel = readonly [x: number, y: number];

interface RawDraw {
  readonly colour: readonly number[];
  readonly worldViewProjection: readonly number[];
  readonly positions: readonly number[];
  /** Indices of the pixels that it changed. */
  readonly changed: readonly number[];
}

/** As the page hands it over; poses are in a floor-level space of its own. */
interface RawFrame {
  readonly draws: readonly RawDraw[];
  readonly eye: Pose;
  readonly projection: readonly number[];
  readonly anchors: readonly Pose[];
  readonly spaceOrigin: Pose;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: string;
}

interface Watched {
  readonly sample: () => Promise<RawFrame>;
}

/** To be called before the page enters mixed reality. */
export async function watchDrawing(page: Page): Promise<void> {
  // Until then the browser's XR is not the emulator's.
  await page.getByRole('button', { name: 'Enter mixed reality' }).waitFor();
  await page.evaluate(installWatch);
}

/** Runs in the page. Looks at each draw only while a frame is asked for. */
function installWatch(): void {
  const { xr } = navigator;
  if (xr === undefined) throw new Error('no XR');
  let inside: Promise<{ readonly session: XRSession; readonly space: XRReferenceSpace }> | null = null;
  const requestSession = xr.requestSession.bind(xr);
  xr.requestSession = async (mode, options) => {
    const session = await requestSession(mode, options);
    inside = session.requestReferenceSpace('local-floor').then((space) => ({ session, space }));
    return session;
  };

  let draws: RawDraw[] | null = null;
  let shown: WebGL2RenderingContext | null = null;
  const readPixels = (gl: WebGL2RenderingContext): Uint32Array => {
    const pixels = new Uint32Array(gl.drawingBufferWidth * gl.drawingBufferHeight);
    const bytes = new Uint8Array(pixels.buffer);
    gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    return pixels;
  };
  const readDraw = (gl: WebGL2RenderingContext, before: Uint32Array): void => {
    const program: WebGLProgram | null = gl.getParameter(gl.CURRENT_PROGRAM);
    const [, , widthPx = 0]: Int32Array = gl.getParameter(gl.VIEWPORT);
    if (draws === null || program === null || widthPx < 2) return;
    const colour = gl.getUniformLocation(program, 'colour');
    const matrix = gl.getUniformLocation(program, 'worldViewProjection');
    if (colour === null || matrix === null) return;
    shown = gl;
    const at = gl.getAttribLocation(program, 'position');
    const strideBytes: number = gl.getVertexAttrib(at, gl.VERTEX_ATTRIB_ARRAY_STRIDE) || 12;
    gl.bindBuffer(gl.COPY_READ_BUFFER, gl.getVertexAttrib(at, gl.VERTEX_ATTRIB_ARRAY_BUFFER_BINDING));
    const floats = new Float32Array(gl.getBufferParameter(gl.COPY_READ_BUFFER, gl.BUFFER_SIZE) / 4);
    gl.getBufferSubData(gl.COPY_READ_BUFFER, 0, floats);
    gl.bindBuffer(gl.COPY_READ_BUFFER, null);
    const positions: number[] = [];
    const first = gl.getVertexAttribOffset(at, gl.VERTEX_ATTRIB_ARRAY_POINTER) / 4;
    for (let i = first; i + 2 < floats.length; i += strideBytes / 4) positions.push(...floats.subarray(i, i + 3));
    const after = readPixels(gl);
    const changed = [...after.keys()].filter((i) => after[i] !== before[i]);
    const worldViewProjection: number[] = [...gl.getUniform(program, matrix)];
    draws.push({ colour: [...gl.getUniform(program, colour)], worldViewProjection, positions, changed });
  };
  const drawElements = WebGL2RenderingContext.prototype.drawElements;
  WebGL2RenderingContext.prototype.drawElements = function (this: WebGL2RenderingContext, ...args) {
    const before = draws === null ? null : readPixels(this);
    drawElements.apply(this, args);
    if (before !== null) readDraw(this, before);
  };

  const poseOf = ({ position: p, orientation: q }: XRRigidTransform): Pose => ({
    position: [p.x, p.y, p.z],
    orientation: [q.x, q.y, q.z, q.w],
  });
  const readPicture = (gl: WebGL2RenderingContext | null) => {
    const [widthPx, heightPx] = gl === null ? [0, 0] : [gl.drawingBufferWidth, gl.drawingBufferHeight];
    const bytes = gl === null ? new Uint8Array() : new Uint8Array(readPixels(gl).buffer);
    let rgba = '';
    for (const byte of bytes) rgba += String.fromCharCode(byte);
    return { widthPx, heightPx, rgba: btoa(rgba) };
  };
  const sample = async (): Promise<RawFrame> => {
    if (inside === null) throw new Error('not in mixed reality');
    const { session, space } = await inside;
    return new Promise((resolve, reject) => {
      const read = (frame: XRFrame): RawFrame => {
        const [view] = frame.getViewerPose(space)?.views ?? [];
        if (view === undefined) throw new Error('the headset does not know where it is');
        const anchors = [...(frame.trackedAnchors ?? [])].flatMap((anchor) => {
          const pose = frame.getPose(anchor.anchorSpace, space);
          return pose ? [poseOf(pose.transform)] : [];
        });
        const { spaceOrigin } = window.__sightlineEmulator;
        const [eye, projection] = [poseOf(view.transform), [...view.projectionMatrix]];
        return { draws: draws ?? [], eye, projection, anchors, spaceOrigin, ...readPicture(shown) };
      };
      // The app asked for this frame before: by the time of this callback it has drawn.
      draws = [];
      session.requestAnimationFrame((_, frame) => {
        try {
          resolve(read(frame));
        } catch (error) {
          reject(error);
        }
        draws = null;
      });
    });
  };
  Object.assign(window, { drawnRoom: { sample } satisfies Watched });
}

/** The next display frame. */
export async function drawnRoom(page: Page): Promise<DrawnRoom> {
  const raw = await page.evaluate(() => (window as unknown as { drawnRoom: Watched }).drawnRoom.sample());
  const { projection: p, widthPx, heightPx, spaceOrigin } = raw;
  const eye = composePoses(spaceOrigin, raw.eye);
  const picture = Buffer.from(raw.rgba, 'base64');
  const [scaleX = 1, scaleY = 1, shiftX = 0, shiftY = 0] = [p[0], p[5], p[8], p[9]];
  /** What a clip coordinate says of a place, by the device's own projection; `w` is the depth before the eye. */
  const placeOf = ([x = 0, y = 0, , w = 0]: readonly number[]): Vec3 =>
    transformPoint(eye, [(x + shiftX * w) / scaleX, (y + shiftY * w) / scaleY, -w]);
  return {
    vertices: (colour) =>
      raw.draws.filter((draw) => isColour(draw.colour, colour)).flatMap((draw) => clipPoints(draw).map(placeOf)),
    pixels(colour) {
      const own = new Set(raw.draws.filter((draw) => isColour(draw.colour, colour)).flatMap((draw) => draw.changed));
      const shares = (i: number): number[] => [0, 1, 2].map((channel) => (picture[4 * i + channel] ?? 0) / 255);
      const left = [...own].filter((i) => isColour(shares(i), colour));
      return left.map((i): Pixel => [i % widthPx, Math.floor(i / widthPx)]);
    },
    project(point) {
      const [x, y, z] = inverseTransformPoint(eye, point);
      const [right, up] = [(scaleX * x + shiftX * z) / -z, (scaleY * y + shiftY * z) / -z];
      return [((right + 1) / 2) * widthPx - 0.5, ((up + 1) / 2) * heightPx - 0.5];
    },
    metresPerPixel: (point) => (-2 * inverseTransformPoint(eye, point)[2]) / (scaleX * widthPx),
    anchors: raw.anchors.map((pose) => composePoses(spaceOrigin, pose)),
  };
}

function clipPoints({ positions, worldViewProjection: m }: RawDraw): readonly (readonly number[])[] {
  const points: number[][] = [];
  for (let i = 0; i + 2 < positions.length; i += 3) {
    const [x = 0, y = 0, z = 0] = positions.slice(i, i + 3);
    points.push([0, 1, 2, 3].map((row) => at(m, row) * x + at(m, row + 4) * y + at(m, row + 8) * z + at(m, row + 12)));
  }
  return points;
}

const at = (matrix: readonly number[], i: number): number => matrix[i] ?? 0;

/** Colours are told apart by far more than the rounding of a byte. */
function isColour(shares: readonly number[], colour: Colour): boolean {
  const wanted = [1, 3, 5].map((start) => Number.parseInt(MARK_COLOURS[colour].slice(start, start + 2), 16));
  return wanted.every((byte, i) => Math.abs(byte - 255 * (shares[i] ?? -1)) < 3);
}

/** Arrows end in a point: the places where a whole ring of vertices is one. */
export function arrowTips(vertices: readonly Vec3[]): readonly Vec3[] {
  const isSame = (a: Vec3, b: Vec3): boolean => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) < 1e-4;
  const rings = vertices.filter((one) => vertices.filter((other) => isSame(one, other)).length >= 6);
  return rings.filter((one, i) => rings.findIndex((other) => isSame(one, other)) === i);
}

/** The end of the coloured pixels that lies against `along`: where an arrow with that way from tip to tail has its tip. */
export function tipPixel(pixels: readonly Pixel[], along: Pixel): Pixel | null {
  const reach = ([x, y]: Pixel): number => x * along[0] + y * along[1];
  const least = Math.min(...pixels.map(reach));
  const ends = pixels.filter((one) => reach(one) < least + 0.5);
  if (ends.length === 0) return null;
  const mean = (axis: 0 | 1): number => ends.reduce((sum, one) => sum + one[axis], 0) / ends.length;
  return [mean(0), mean(1)];
}
