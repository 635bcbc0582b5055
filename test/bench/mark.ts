import type { Page } from '@playwright/test';
import { connectRoundTrip, type RoundTrip, watchToken } from './mark/round-trip.ts';
import { installStopwatch } from './mark/stopwatch.ts';
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
import { annotationsOn, pictureOn, startEditing } from './product/strokes.ts';
import { progress, report } from './report.ts';
import { quantile, rounded } from './statistics.ts';

/**
 * From the pen leaving the desk to the anchored arrow being drawn: in the room, and over the desk's own picture.
 * Beside it one bare round trip to the hub, measured before each mark under the same load.
 */
const MARKS = 40;
/** An arrow has more; a panel that appears is a rectangle for each eye. */
const MIN_NEW_ELEMENTS = 30;
const DRAWN_TIMEOUT_MS = 20_000;

interface Times {
  readonly roomMs: number;
  readonly deskMs: number;
  readonly roundTripMs: number;
}

export async function run(): Promise<void> {
  const product = await startProduct();
  try {
    const times = await measure(product);
    const roundTripMsP50 = rounded(
      quantile(
        times.map((one) => one.roundTripMs),
        0.5,
      ),
      1,
    );
    for (const [name, values] of [
      ['room', times.map((one) => one.roomMs)],
      ['desk', times.map((one) => one.deskMs)],
    ] as const) {
      const [msP50, msP95] = [rounded(quantile(values, 0.5), 1), rounded(quantile(values, 0.95), 1)];
      report('mark', name, { marks: values.length, msP50, msP95, roundTripMsP50 });
    }
  } finally {
    await product.dispose();
  }
}

async function measure(product: Product): Promise<readonly Times[]> {
  const headset = await (await newHeadsetContext(product)).newPage();
  await openHeadset(headset, product.hub.origin);
  await enterRoom(headset);
  const deskContext = await newDeskContext(product);
  await deskContext.addInitScript({ content: 'globalThis.__name = (value) => value;' });
  await deskContext.addInitScript(installStopwatch);
  const token = watchToken(deskContext);
  const desk = await deskContext.newPage();
  await openDesk(desk, product.hub.origin);
  await joinMeeting(headset, desk);
  await startEditing(desk);
  await desk.getByRole('button', { name: 'Arrow', exact: true }).click();
  const roundTrip = await connectRoundTrip(product.hub.origin, token());
  const times: Times[] = [];
  for (let i = 0; i < MARKS; i += 1) times.push(await mark({ headset, desk, roundTrip }, i));
  await roundTrip.dispose();
  return times;
}

interface Sides {
  readonly headset: Page;
  readonly desk: Page;
  readonly roundTrip: RoundTrip;
}

async function mark({ headset, desk, roundTrip }: Sides, index: number): Promise<Times> {
  const roundTripMs = await roundTrip.measureMs();
  const elementsBefore = await headset.evaluate(() => window.__frameMeter?.last(1)[0]?.drawnElements ?? 0);
  const box = await pictureOn(desk).boundingBox();
  if (box === null) throw new Error('the desk shows no picture');
  await desk.mouse.move(
    box.x + box.width * (0.2 + 0.6 * ((index * 0.37) % 1)),
    box.y + box.height * (0.2 + 0.6 * ((index * 0.61) % 1)),
  );
  await desk.mouse.down();
  await desk.mouse.up();
  await annotationsOn(desk).nth(index).waitFor();
  const roomDrawnMs = await firstFrameWithMore(headset, elementsBefore + MIN_NEW_ELEMENTS);
  const { penUpMs, deskDrawnMs } = await lastOf(desk, index);
  const times = { roomMs: roomDrawnMs - penUpMs, deskMs: deskDrawnMs - penUpMs, roundTripMs };
  progress(`mark ${index + 1}: room ${rounded(times.roomMs, 1)} ms, desk ${rounded(times.deskMs, 1)} ms`);
  return times;
}

async function firstFrameWithMore(headset: Page, elements: number): Promise<number> {
  const found = await headset.waitForFunction(
    (wanted) => {
      const frames = window.__frameMeter?.last(600) ?? [];
      const before = frames.findLastIndex((frame) => frame.drawnElements < wanted);
      const first = frames[before + 1];
      return first === undefined ? null : performance.timeOrigin + first.endMs;
    },
    elements,
    { timeout: DRAWN_TIMEOUT_MS, polling: 50 },
  );
  const timeMs = await found.jsonValue();
  if (timeMs === null) throw new Error('the mark was not drawn in the room');
  return timeMs;
}

async function lastOf(desk: Page, index: number): Promise<{ penUpMs: number; deskDrawnMs: number }> {
  const found = await desk.waitForFunction(
    (i) => {
      const { penUps = [], drawn = [] } = window.__stopwatch ?? {};
      const [penUpMs, deskDrawnMs] = [penUps.at(-1), drawn[i]];
      return penUpMs === undefined || deskDrawnMs === undefined ? null : { penUpMs, deskDrawnMs };
    },
    index,
    { timeout: DRAWN_TIMEOUT_MS },
  );
  const times = await found.jsonValue();
  if (times === null) throw new Error('the mark was not drawn on the desk');
  return times;
}
