import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { MARK_COLOURS } from '../../src/ui/tokens.ts';
import { type Actor, expectNoProblems, openExpert } from './support/actors.ts';
import { openWireDesk, tokenOf, type WireDesk } from './support/agent.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { createLinkCutter, type LinkCutter } from './support/link.ts';
import { CAMERA, farthestPainted, frameNumber, installNumberedCamera } from './support/numbered-camera.ts';
import { type Watch, watchContext } from './support/watch.ts';

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true } as const;
const SHOTS = 'test-results/phone-marks';
const NAME = 'Carla Customer';
/** Of the picture's width. */
const SAME_POINT = 0.01;
const TIP = [0.3, 0.42] as const;
const TAIL = [0.55, 0.55] as const;
/** From tail to tip, in pixels of a picture of this shape. */
const TOWARDS_TIP = [(TIP[0] - TAIL[0]) * CAMERA.widthPx, (TIP[1] - TAIL[1]) * CAMERA.heightPx] as const;

let hub: RunningHub;
let agent: Actor;
let desk: WireDesk;
let customer: {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;
  readonly link: LinkCutter;
};

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub();
  let token: Promise<string> | undefined;
  agent = await openExpert(browser, hub.origin, {
    prepare: async (page) => {
      token = tokenOf(page);
    },
  });
  desk = await openWireDesk(hub.origin, (await token) ?? '');
  const { url } = await desk.invoke('createOneTimeCall', {
    commandId: randomUUID(),
    title: '',
    zone: 'Europe/Berlin',
    durationMin: 30,
  });
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], ...PHONE });
  const watch = watchContext(context, hub.origin);
  const page = await context.newPage();
  await installNumberedCamera(page);
  customer = { context, page, watch, link: await createLinkCutter(page) };
  await page.goto(url);
  await button(page, 'Join as a guest').click();
  await page.getByRole('textbox', { name: 'Your name' }).fill(NAME);
  await button(page, 'Continue').click();
  await button(page, 'Show camera').click();
  await expect(page.getByLabel('Your picture')).toBeVisible();
  await button(page, 'Ask to join').click();
  await agent.page.getByRole('button', { name: /^Meetings/ }).click();
  await agent.page.getByRole('button', { name: 'Join EventTitle' }).click();
  await desk.invoke('admit', await desk.knocker(NAME));
  await expect(page.getByRole('heading', { name: 'Call with Elena Fischer' })).toBeVisible();
});
test.afterAll(async () => {
  await desk?.close();
  await customer?.context.close();
  await agent?.context.close();
  await hub?.dispose();
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const shoot = (page: Page, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` });
const stage = () => agent.page.getByRole('application');
const still = () => customer.page.getByRole('img', { name: 'Frozen picture with the marks of Elena Fischer' });
const live = () => customer.page.getByLabel('Your camera, as Elena Fischer sees it');
const drawn = () => agent.page.getByRole('list', { name: 'Annotations' }).getByRole('listitem');
const shown = () => customer.page.getByRole('list', { name: 'Marks on this picture' }).getByRole('listitem');
const seen = () => agent.page.getByText(`${NAME} sees this picture and your marks`);

async function freeze(): Promise<void> {
  await button(agent.page, 'Start editing').click();
  await expect(still()).toBeVisible();
  await expect(seen()).toBeVisible();
}

/** The agent's pen along points of the picture; left down unless told otherwise. */
async function drag(points: readonly (readonly [number, number])[], lift = true): Promise<void> {
  const box = await stage().boundingBox();
  if (box === null) throw new Error('no picture on stage');
  const { mouse } = agent.page;
  for (const [index, [u, v]] of points.entries()) {
    await mouse.move(box.x + u * box.width, box.y + v * box.height, { steps: 4 });
    if (index === 0) await mouse.down();
  }
  if (lift) await mouse.up();
}

async function drawArrow(): Promise<void> {
  await button(agent.page, 'Arrow').click();
  await drag([TIP, TAIL]);
}

test('the agent’s arrow stands at the same point of the same frame on the customer’s phone, while it is drawn', async () => {
  await expect(stage()).toBeVisible();
  await expect(agent.page.getByRole('listitem').filter({ hasText: NAME })).toContainText('Phone');
  await shoot(agent.page, 'desk-1-live');
  await freeze();
  expect(await frameNumber(still().locator('canvas').first())).toBe(
    await frameNumber(stage().locator('canvas').first()),
  );

  await button(agent.page, 'Arrow').click();
  await drag([TIP, TAIL], false);
  await expect(shown()).toHaveCount(1);
  await agent.page.mouse.up();
  await expect(drawn()).toHaveCount(1);
  await expect(shown()).toHaveCount(1);
  await shoot(agent.page, 'desk-2-arrow');
  await shoot(customer.page, 'phone-2-arrow');

  for (const overlay of [stage(), still()]) {
    const read = () => farthestPainted(overlay.locator('canvas').last(), MARK_COLOURS.blue, TOWARDS_TIP);
    await expect.poll(async () => apart(await read(), TIP)).toBeLessThan(SAME_POINT);
  }
  const [there, here] = await Promise.all([drawn().first(), shown().first()].map(pointOf));
  expect(apart(there ?? null, here ?? [0, 0])).toBeLessThan(SAME_POINT / 10);
  const box = await still().boundingBox();
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(CAMERA.widthPx / CAMERA.heightPx, 2);
});

test('ink, keys, Undo and Erase all are seen on the phone as on the desk, and no headset hears of any', async () => {
  await button(agent.page, 'Ink').click();
  await button(agent.page, 'Colors').click();
  await agent.page.getByRole('button', { name: 'Red' }).click();
  await drag([
    [0.3, 0.65],
    [0.5, 0.6],
    [0.7, 0.66],
    [0.5, 0.72],
    [0.32, 0.67],
  ]);
  await expect(shown()).toHaveCount(2);
  await stage().focus();
  await agent.page.keyboard.press('a');
  await agent.page.keyboard.press('Enter');
  await agent.page.keyboard.press('ArrowRight');
  await agent.page.keyboard.press('ArrowRight');
  await agent.page.keyboard.press('Enter');
  await expect(shown()).toHaveText(['Blue arrow', 'Red ink', 'Red arrow']);
  const right = [1, 0] as const;
  const points = await Promise.all(
    [stage(), still()].map((one) => farthestPainted(one.locator('canvas').last(), MARK_COLOURS.red, right)),
  );
  expect(apart(points[0] ?? null, points[1] ?? [0, 0])).toBeLessThan(SAME_POINT);
  await shoot(agent.page, 'desk-3-ink');
  await shoot(customer.page, 'phone-3-ink');

  await button(agent.page, 'Undo').click();
  await expect(shown()).toHaveCount(2);
  await button(agent.page, 'Erase all').click();
  await expect(shown()).toHaveCount(0);
  await expect(drawn()).toHaveCount(0);
  await button(agent.page, 'Undo').click();
  await expect(shown()).toHaveText(['Blue arrow', 'Red ink']);

  await button(agent.page, 'Stop editing').click();
  await expect(live()).toBeVisible();
  await expect(still()).toHaveCount(0);
  await expect(drawn()).toHaveCount(0);
  // It moves.
  const again = await frameNumber(live());
  await expect.poll(() => frameNumber(live())).not.toBe(again);
  await shoot(customer.page, 'phone-4-live');
  await shoot(agent.page, 'desk-4-live');
  const call = agent.socket.call();
  expect([call?.annotations, call?.pendingMarks, call?.editing]).toEqual([{}, {}, {}]);
});

test('a phone that was reloaded or cut off has the picture and the marks again', async () => {
  await freeze();
  await drawArrow();
  await expect(shown()).toHaveCount(1);
  await customer.page.reload();
  await expect(still()).toBeVisible();
  await expect(shown()).toHaveText(['Red arrow']);
  await expect(seen()).toBeVisible();
  await shoot(customer.page, 'phone-5-reloaded');

  customer.watch.cutting();
  await customer.link.cut();
  await drag([
    [0.6, 0.6],
    [0.7, 0.8],
  ]);
  await expect(drawn()).toHaveCount(2);
  await customer.link.mend();
  await expect(shown()).toHaveCount(2);
  customer.watch.mended();
});

test('a desk that was reloaded leaves nobody with a frozen picture', async () => {
  await agent.page.reload();
  await expect(live()).toBeVisible();
  await expect(still()).toHaveCount(0);
  await expect(stage()).toBeVisible();
  await freeze();
  await drawArrow();
  await expect(drawn()).toHaveCount(1);
  await expect(shown()).toHaveCount(1);
});

test('the customer goes back to the live picture when they want to, and the agent is told', async () => {
  await button(customer.page, 'Show live picture').click();
  await expect(live()).toBeVisible();
  await expect(agent.page.getByText(`${NAME} went back to the live picture. Stop editing to go on.`)).toBeVisible();
  await shoot(agent.page, 'desk-6-dismissed');
  await drawArrow();
  await expect(drawn()).toHaveCount(2);
  await expect(still()).toHaveCount(0);
  await button(agent.page, 'Stop editing').click();
});

test('a camera that is turned off takes no frozen picture away, and none can be frozen after it', async () => {
  await freeze();
  await drawArrow();
  await button(customer.page, 'Stop showing').click();
  await drawArrow();
  await expect(shown()).toHaveCount(2);
  await shoot(customer.page, 'phone-7-camera-off');
  await expect(agent.page.getByText(`Editing, ${NAME}’s camera is off`)).toBeVisible();
  await shoot(agent.page, 'desk-7-camera-off');
  await button(agent.page, 'Stop editing').click();
  await expect(still()).toHaveCount(0);
  await expect(agent.page.getByText(`Drawing needs ${NAME}’s camera. Ask for Show camera.`)).toBeVisible();
  expect(customer.watch.problems).toEqual([]);
  expectNoProblems(agent);
});

type Point = readonly [number, number];

/** In widths of the picture; infinitely far from nowhere. */
const apart = (a: Point | null, [u, v]: Point): number =>
  a === null ? Infinity : Math.hypot(a[0] - u, ((a[1] - v) * CAMERA.heightPx) / CAMERA.widthPx);

const pointOf = (item: ReturnType<typeof drawn>): Promise<Point> =>
  item.evaluate((element) => [Number(element.dataset.u), Number(element.dataset.v)] as const);
