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
  readonly headset: {
    tracked: boolean;
    truth(point: readonly number[], captureTimeMs: number): Seen['truth'] | null;
  };
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

/** The headset loses its place; resolves once the stage shows a frame of that time. */
async function loseTracking(page: Page): Promise<void> {
  await page.evaluate(() => {
    (window as unknown as { harness: HarnessWindow }).harness.headset.tracked = false;
  });
  const sinceMs = await page.evaluate(() => performance.now());
  // The last frame with a place stays on stage for a while, and can be drawn on until then.
  await page.waitForFunction((sinceMs) => {
    const picture = document.querySelector<HTMLElement>('canvas[data-capture-time-ms]');
    return Number(picture?.dataset.captureTimeMs) > sinceMs;
  }, sinceMs);
}

/** The headset finds its place again at the moment when the page says that it freezes the picture. */
const trackOnceFreezing = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const watch = new MutationObserver(() => {
      if (!document.body.textContent.includes('Freezing…')) return;
      watch.disconnect();
      (window as unknown as { harness: HarnessWindow }).harness.headset.tracked = true;
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  });

test('a picture that does not tell where it was seen from is not frozen, the next that does is', async ({ page }) => {
  await joinCall(page);
  await loseTracking(page);
  await trackOnceFreezing(page);
  await page.getByRole('button', { name: 'Start editing' }).click();
  await expect(page.getByRole('button', { name: 'Stop editing' })).toBeVisible();
  const { x, y } = await onPage(page, 'valve');
  await page.mouse.click(x, y);
  await expect(page.getByText('In place')).toBeVisible();
});

test('when no picture tells where it was seen from, a press on it says so after a second', async ({ page }) => {
  await joinCall(page);
  await loseTracking(page);
  await page.getByRole('application').click();
  const why = 'The headset does not know where it is. Ask the technician to look around.';
  await expect(page.getByRole('status').getByText(why)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start editing' })).toBeEnabled();
  await expect(page.getByRole('button', { name: 'Freezing…' })).toHaveCount(0);
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
    // Colours are judged where they arrive, not on their way there.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const faults = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);
    await page.goto(`${harness.url}?page=sign-in&problem=Sorry`);
    await page.getByRole('button', { name: 'Next' }).waitFor();
    await expect.poll(faults).toEqual([]);
    await page.goto(harness.url);
    await page.getByRole('heading', { name: 'Contacts' }).waitFor();
    await expect.poll(faults).toEqual([]);
    await page.getByRole('button', { name: 'Meetings' }).click();
    await expect.poll(faults).toEqual([]);
    await page.getByRole('button', { name: 'New meeting' }).click();
    await page.getByRole('button', { name: 'Schedule meeting' }).click();
    await expect.poll(faults).toEqual([]);
    await page.goto(`${harness.url}?calendar=own`);
    await page.getByRole('button', { name: 'Meetings' }).click();
    const day = page.getByRole('list', { name: /^Meetings on/ });
    await expect(day.getByRole('listitem').filter({ hasText: 'Team round' })).toBeVisible();
    await expect(day.getByRole('listitem').filter({ hasText: 'Private' })).toBeVisible();
    await expect(day.getByRole('button', { name: /Team round|Private|No subject/ })).toHaveCount(0);
    await expect(page.getByText('All day: Trade fair')).toBeVisible();
    await expect.poll(faults).toEqual([]);
    await day.getByRole('button', { name: /^Valve 3 inspection/ }).click();
    await expect(page.getByText('The organizer’s calendar sends the invitations')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Copy invitation' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Send invitation' })).toHaveCount(0);
    await page.getByRole('button', { name: 'One-time Call' }).click();
    await page.getByRole('button', { name: 'Create a one-time call link' }).click();
    await page.getByRole('button', { name: 'QR code' }).click();
    await page.getByRole('img', { name: 'QR code of the join link for EventTitle' }).waitFor();
    await expect.poll(faults).toEqual([]);
    await joinCall(page);
    await expect.poll(faults).toEqual([]);
    await page.getByRole('button', { name: 'Start editing' }).click();
    await page.getByRole('button', { name: 'Colors' }).click();
    await expect.poll(faults).toEqual([]);
  });

  test(`what is refused, and where one works, is free of accessibility faults, ${colorScheme}`, async ({ page }) => {
    // Colours are judged where they arrive, not on their way there.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const faults = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);
    await page.goto(`${harness.url}?me=away`);
    await page.getByRole('button', { name: 'Guest in Contoso1. Switch company' }).click();
    await expect(page.getByRole('button', { name: 'Contoso1 You are a guest there' })).toBeVisible();
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('joe@fabrikam.com');
    await page.getByText('Details').click();
    expect(await faults()).toEqual([]);

    await page.goto(`${harness.url}?me=home`);
    await page.evaluate(() => (window as unknown as { harness: { ringMe(): void } }).harness.ringMe());
    await page.getByRole('button', { name: 'Audio', exact: true }).click();
    await page.getByRole('button', { name: 'Add people' }).click();
    await page.getByRole('button', { name: 'Add Vendor1 Service' }).click();
    await expect(page.getByText('With another company, only two people can call.')).toBeVisible();
    await page.getByText('Details').click();
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'Add Priya Natarajan' }).click();
    await expect(page.getByText('Ringing…')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add people' })).toBeFocused();
    await page.getByRole('button', { name: /Switch company/ }).click();
    await page.getByRole('button', { name: /^Contoso1/ }).click();
    await expect(page.getByRole('dialog', { name: 'Switching to Contoso1 ends your call.' })).toBeVisible();
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'End call and switch' }).click();
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { switchedTo?: string }).switchedTo))
      .toContain('22222221');
  });
}
