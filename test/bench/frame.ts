import { measureFrames } from './frame/measure.ts';
import { serveEmptyPage } from './product/empty-page.ts';
import {
  enterRoom,
  joinMeeting,
  newDeskContext,
  newHeadsetContext,
  openDesk,
  openHeadset,
  type Product,
  startProduct,
} from './product/product.ts';
import { drawStrokes } from './product/strokes.ts';
import { progress } from './report.ts';

/**
 * What one frame costs the headset, both eyes together: an empty scene, the home panel, and a call with video both
 * ways and 20 strokes in five colours. JavaScript of the app's own frame callback; the browser's clock counts in
 * steps of 0.1 ms.
 */
const STROKES = 20;

export async function run(): Promise<void> {
  const product = await startProduct();
  try {
    await measureEmpty(product);
    await measureHomeAndCall(product);
  } finally {
    await product.dispose();
  }
}

async function measureEmpty(product: Product): Promise<void> {
  progress('Building the empty scene …');
  const served = await serveEmptyPage();
  const context = await newHeadsetContext(product);
  try {
    const page = await context.newPage();
    await page.goto(served.url);
    await enterRoom(page);
    await measureFrames({ name: 'empty', page, heap: false });
  } finally {
    await context.close();
    await served.dispose();
  }
}

async function measureHomeAndCall(product: Product): Promise<void> {
  const headsetContext = await newHeadsetContext(product);
  const headset = await headsetContext.newPage();
  await openHeadset(headset, product.hub.origin);
  await enterRoom(headset);
  await measureFrames({ name: 'home', page: headset, heap: false });

  const deskContext = await newDeskContext(product);
  const desk = await deskContext.newPage();
  await openDesk(desk, product.hub.origin);
  await joinMeeting(headset, desk);
  progress(`Drawing ${STROKES} strokes …`);
  await drawStrokes(desk, STROKES);
  await desk.getByRole('button', { name: 'Start Video' }).click();
  await measureFrames({ name: 'call20', page: headset, heap: true });
  await deskContext.close();
  await headsetContext.close();
}
