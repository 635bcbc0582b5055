import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { serveHarness } from '../support/desk-harness/serve.ts';
import { test } from './support/fixtures.ts';

/** The desk alone, with a fake hub that follows the real rules and a headset whose every pose is known. */
let harness: Awaited<ReturnType<typeof serveHarness>>;
test.beforeAll(async () => {
  harness = await serveHarness(process.cwd());
});
test.afterAll(() => harness.close());

interface Seen {
  readonly captureTimeMs: number;
  readonly tip: { readonly u: number; readonly v: number };
  readonly truth: { readonly u: number; readonly v: number };
}

/** Where the desk says that its only annotation stands, and where the headset's camera really saw that landmark. */
async function seen(page: Page, landmark: string): Promise<Seen | null> {
  return page.evaluate((name) => {
    const list = document.querySelector<HTMLElement>('ul[data-capture-time-ms]');
    const item = list?.querySelector<HTMLElement>('[data-annotation-id][data-u]');
    const { headset, LANDMARKS } = (window as unknown as { harness: HarnessWindow }).harness;
    if (!list || !item) return null;
    const captureTimeMs = Number(list.dataset.captureTimeMs);
    const truth = headset.truth(LANDMARKS[name] ?? [0, 0, 0], captureTimeMs);
    return truth === null
      ? null
      : { captureTimeMs, tip: { u: Number(item.dataset.u), v: Number(item.dataset.v) }, truth };
  }, landmark);
}

interface HarnessWindow {
  readonly headset: { truth(point: readonly number[], captureTimeMs: number): Seen['truth'] | null };
  readonly LANDMARKS: Readonly<Record<string, readonly number[]>>;
}

async function joinCall(page: Page, query = ''): Promise<void> {
  await page.goto(harness.url + query);
  await page.getByRole('button', { name: 'Join Valve 3 inspection' }).click();
  await expect(page.getByRole('button', { name: 'Start editing' })).toBeEnabled();
}

/** Where a landmark stands on the page while the picture is frozen. */
async function onPage(page: Page, landmark: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.getByRole('application').boundingBox();
  const truth = await page.evaluate((name) => {
    const picture = document.querySelector<HTMLElement>('canvas[data-capture-time-ms]');
    const { headset, LANDMARKS } = (window as unknown as { harness: HarnessWindow }).harness;
    return headset.truth(LANDMARKS[name] ?? [0, 0, 0], Number(picture?.dataset.captureTimeMs));
  }, landmark);
  if (box === null || truth === null) throw new Error('no picture on stage');
  return { x: box.x + truth.u * box.width, y: box.y + truth.v * box.height };
}

/** One pixel of the frame: the click itself is no finer. */
const PIXEL = 1 / 640;

test('an arrow stands on the landmark, on the frozen frame and on later frames', async ({ page }) => {
  await joinCall(page);
  await page.getByRole('button', { name: 'Start editing' }).click();
  await expect(page.getByText('Editing, live picture in the corner')).toBeVisible();
  const { x, y } = await onPage(page, 'valve');
  await page.mouse.click(x, y);
  await expect(page.getByText('In place')).toBeVisible();
  await expect.poll(() => seen(page, 'valve').then((one) => one?.captureTimeMs ?? 0)).toBeGreaterThan(0);
  const frozen = await seen(page, 'valve');
  await page.getByRole('button', { name: 'Stop editing' }).click();
  const errors: number[] = [];
  let last = frozen?.captureTimeMs ?? 0;
  while (errors.length < 4) {
    await expect.poll(() => seen(page, 'valve').then((one) => one?.captureTimeMs ?? 0)).toBeGreaterThan(last);
    const later = await seen(page, 'valve');
    if (later === null) continue;
    last = later.captureTimeMs;
    errors.push(Math.hypot(later.tip.u - later.truth.u, later.tip.v - later.truth.v));
  }
  expect(frozen && Math.hypot(frozen.tip.u - frozen.truth.u, frozen.tip.v - frozen.truth.v)).toBeLessThan(PIXEL);
  expect(Math.max(...errors)).toBeLessThan(1.5 * PIXEL);
});

test('everything can be drawn and taken back by the keyboard alone', async ({ page }) => {
  await joinCall(page);
  const annotations = page.getByRole('list', { name: 'Annotations' }).getByRole('listitem');
  await page.getByRole('application').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Stop editing' })).toBeVisible();
  for (const key of ['a', '4', 'ArrowLeft', 'ArrowUp', 'Enter', 'ArrowDown', 'ArrowDown', 'Enter']) {
    await page.keyboard.press(key);
  }
  await expect(annotations).toHaveText([/Red arrow by you.*In place/]);
  for (const key of ['i', '3', 'Enter', 'ArrowRight', 'ArrowDown', 'Shift+ArrowLeft', 'Enter'])
    await page.keyboard.press(key);
  await expect(annotations).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(annotations).toHaveCount(1);
  await page.keyboard.press('Shift+Delete');
  await expect(page.getByText('Nothing drawn yet.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Start editing' })).toBeVisible();
});

test('a refused mark goes, and says why', async ({ page }) => {
  await joinCall(page, '?marks=refused');
  await page.getByRole('button', { name: 'Arrow', exact: true }).click();
  const { x, y } = await onPage(page, 'gauge');
  await page.mouse.click(x, y);
  await expect(
    page.getByRole('status').getByText('That place is too far away. Draw on something nearer.'),
  ).toBeVisible();
  await expect(page.getByText('Nothing drawn yet.')).toBeVisible();
});

test('an incoming call marks the tab, and is answered with Video', async ({ page }) => {
  await page.goto(harness.url);
  await page.getByRole('heading', { name: 'Contacts' }).waitFor();
  await page.evaluate('harness.ringMe()');
  await expect(page.getByRole('dialog', { name: 'Dana Reyes is calling' })).toBeVisible();
  await expect(page).toHaveTitle('● Dana Reyes is calling');
  await page.getByRole('button', { name: 'Video', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Stop Video' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Mute', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'End Call' }).click();
  await expect(page.getByRole('heading', { name: 'Contacts' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every view is free of accessibility faults, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const faults = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);
    await page.goto(`${harness.url}?page=sign-in&problem=Sorry`);
    await page.getByRole('button', { name: 'Next' }).waitFor();
    expect(await faults()).toEqual([]);
    await page.goto(harness.url);
    await page.getByRole('heading', { name: 'Contacts' }).waitFor();
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'Meetings' }).click();
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'New meeting' }).click();
    await page.getByRole('button', { name: 'Schedule meeting' }).click();
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'One-time Call' }).click();
    await page.getByRole('button', { name: 'Create a one-time call link' }).click();
    await page.getByRole('button', { name: 'QR code' }).click();
    await page.getByRole('img', { name: 'QR code of the join link for EventTitle' }).waitFor();
    expect(await faults()).toEqual([]);
    await joinCall(page);
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'Start editing' }).click();
    await page.getByRole('button', { name: 'Colors' }).click();
    expect(await faults()).toEqual([]);
  });
}
