import type { Browser } from '@playwright/test';
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
    await measureEmpty(product.browser);
    await measureHomeAndCall(product);
  } finally {
    await product.dispose();
  }
}

async function measureEmpty(browser: Browser): Promise<void> {
  progress('Building the empty scene …');
  const served = await serveEmptyPage();
  const context = await newHeadsetContext(browser);
  try {
    const page = await context.newPage();
    await page.goto(served.url);
    await enterRoom(page);
    await measureFrames({ name: 'empty', page, heap: true });
  } finally {
    await context.close();
    await served.dispose();
  }
}

async function measureHomeAndCall({ browser, hub }: Product): Promise<void> {
  const headsetContext = await newHeadsetContext(browser);
  const headset = await headsetContext.newPage();
  await openHeadset(headset, hub.origin);
  await enterRoom(headset);
  await measureFrames({ name: 'home', page: headset, heap: true });

  const deskContext = await newDeskContext(browser);
  const desk = await deskContext.newPage();
  await openDesk(desk, hub.origin);
  await joinMeeting(headset, desk);
  await desk.getByRole('button', { name: 'Start Video' }).click();
  progress(`Drawing ${STROKES} strokes …`);
  await drawStrokes(desk, STROKES);
  await measureFrames({ name: 'call20', page: headset, heap: true });
  await deskContext.close();
  await headsetContext.close();
}
