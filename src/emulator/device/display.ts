import { P_DEVICE, type XRDevice } from 'iwer';
import type { ViewSettings } from '../handle.ts';
import { type Frustum, frustumOfTangents } from '../render/projection.ts';
import { DISPLAY_TANGENTS } from './profile.ts';
import { adoptStyles } from './styles.ts';

/** The wearer's view on the page: the room over the whole window, the app's picture over its middle, added to it. */
export interface Display {
  readonly container: HTMLDivElement;
  readonly roomCanvas: HTMLCanvasElement;
  /** What the room's canvas shows. */
  roomFrustum(): Frustum;
  /** How much of the room's canvas, across and down, the display covers. */
  displayShare(): readonly [x: number, y: number];
  /** The direction through a point of the page, as tangents to the right and upwards of straight ahead. */
  tangentsAt(clientX: number, clientY: number): readonly [x: number, y: number];
  dispose(): void;
}

/** The room's view never takes more of the window than this, so that the dim frame shows on all sides. */
const MAX_WIDTH_SHARE = 0.98;
const ASPECT = DISPLAY_TANGENTS.x / DISPLAY_TANGENTS.y;

export interface DisplayElements {
  readonly container: HTMLDivElement;
  readonly roomCanvas: HTMLCanvasElement;
}

export function createDisplayElements(): DisplayElements {
  const container = document.createElement('div');
  container.className = 'sightline-emulator';
  const roomCanvas = document.createElement('canvas');
  roomCanvas.className = 'sightline-emulator-room';
  roomCanvas.setAttribute('aria-hidden', 'true');
  const frame = document.createElement('div');
  frame.className = 'sightline-emulator-frame';
  container.append(frame);
  return { container, roomCanvas };
}

export function installDisplay(device: XRDevice, elements: DisplayElements, settings: ViewSettings): Display {
  const styles = adoptStyles();
  const inner = device[P_DEVICE];
  const nativeOnBaseLayerSet = inner.onBaseLayerSet;
  let view = viewSize(settings);

  const layOut = (): void => {
    view = viewSize(settings);
    styles.setSizes(view, roomSize(view, settings));
    resizeCanvas(elements.roomCanvas, roomSize(view, settings), settings.scale);
    // IWER takes the whole window for the app; the device shows less.
    if (device.appCanvas !== undefined) resizeCanvas(device.appCanvas, view, settings.scale);
  };
  inner.onBaseLayerSet = (layer) => {
    nativeOnBaseLayerSet(layer);
    if (layer !== null) layOut();
  };
  addEventListener('resize', layOut);
  layOut();

  const tangentPerPixel = () => (2 * DISPLAY_TANGENTS.y) / view.height;
  return {
    ...elements,
    roomFrustum() {
      const { width, height } = roomSize(view, settings);
      return frustumOfTangents((tangentPerPixel() * width) / 2, (tangentPerPixel() * height) / 2);
    },
    displayShare() {
      const room = roomSize(view, settings);
      return [view.width / room.width, view.height / room.height];
    },
    tangentsAt: (clientX, clientY) => [
      (clientX - innerWidth / 2) * tangentPerPixel(),
      (innerHeight / 2 - clientY) * tangentPerPixel(),
    ],
    dispose() {
      removeEventListener('resize', layOut);
      inner.onBaseLayerSet = nativeOnBaseLayerSet;
      elements.container.remove();
      styles.remove();
    },
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The display's place on the page, in CSS pixels. */
function viewSize({ surroundings, maxHeightPx }: ViewSettings): Size {
  const fitting = Math.min(innerHeight / surroundings, (innerWidth * MAX_WIDTH_SHARE) / ASPECT);
  const height = Math.min(maxHeightPx, fitting);
  return { width: Math.round(height * ASPECT), height: Math.round(height) };
}

/** The room goes on around the display, to the window's edges unless the display itself was kept small. */
function roomSize(view: Size, { surroundings, maxHeightPx }: ViewSettings): Size {
  if (view.height < Math.round(maxHeightPx)) return { width: innerWidth, height: innerHeight };
  return { width: Math.round(view.width * surroundings), height: Math.round(view.height * surroundings) };
}

function resizeCanvas(canvas: HTMLCanvasElement, size: Size, scale: number): void {
  canvas.width = Math.max(2, Math.round(size.width * scale));
  canvas.height = Math.max(2, Math.round(size.height * scale));
}
