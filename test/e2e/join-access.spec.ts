import { mkdirSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { oneTimeLink, openAgent, planWithLink, type WireDesk } from './support/agent.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { type Outsider, openOutsider, PHONE } from './support/outsider.ts';

const SHOTS = 'test-results/join-access';

let hub: RunningHub;
let desk: WireDesk;

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub();
  desk = await openAgent(browser, hub.origin);
});
test.afterAll(async () => {
  await desk?.close();
  await hub?.dispose();
});

const title = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

/** Goes through the page by the Tab key until something has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 25; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim(),
    );
    if (focused === name) return;
  }
  throw new Error(`the Tab key does not lead to ${name}`);
}

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Where something is wider than the page, or a control's own words are cut. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page'] : [];
    const shown = [...document.querySelectorAll<HTMLElement>('h1, h2, p, button, a, label, .tool-label')].filter(
      (one) => one.checkVisibility() && one.closest('.visually-hidden, .annotations') === null,
    );
    const cut = shown.filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return one.scrollWidth > one.clientWidth + 1 || left < -1 || right > innerWidth + 1;
    });
    return [...wide, ...cut.map((one) => `${one.tagName} ${one.textContent}`)];
  });

interface StepCheck {
  readonly page: Page;
  readonly name: string;
}

/** Free of faults in both schemes, and whole at 200 % text. */
async function check({ page, name }: StepCheck): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect([name, colorScheme, violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])]).toEqual([
      ...[name, colorScheme, []],
    ]);
    await page.screenshot({ path: `${SHOTS}/${name}-${colorScheme}.png` });
  }
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await page.screenshot({ path: `${SHOTS}/${name}-200.png` });
  expect([name, await cutOff(page)]).toEqual([name, []]);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  expect([name, await cutOff(page)]).toEqual([name, []]);
}

/** A phone held sideways, as one shows a machine. */
const SIDEWAYS = { width: 740, height: 360 } as const;

/** The picture and the last button are in sight without scrolling, and the picture has most of the height. */
async function checkSideways({ page, name }: StepCheck, picture: string, last: string): Promise<void> {
  await page.setViewportSize(SIDEWAYS);
  await expect(page.getByRole('button', { name: last })).toBeInViewport({ ratio: 1 });
  await expect(page.locator(picture)).toBeInViewport({ ratio: 1 });
  const height = (await page.locator(picture).boundingBox())?.height ?? 0;
  expect([name, height >= 0.6 * SIDEWAYS.height]).toEqual([name, true]);
  await check({ page, name });
  await page.setViewportSize(PHONE);
}

const stepsOf = (page: Page, prefix: string) => {
  let step = 0;
  return (name: string): Promise<void> => {
    step += 1;
    return check({ page, name: `${prefix}-${step}-${name}` });
  };
};

test('a phone of 360 px, by keyboard alone, in both schemes, at 200 % text: every step of a one-time call', async ({
  browser,
}) => {
  const { url } = await oneTimeLink(desk);
  const guest: Outsider = await openOutsider(browser, { url, viewport: PHONE });
  const { page } = guest;
  const step = stepsOf(page, 'phone');
  await expect(title(page, 'ABC invites you to a call')).toBeFocused();
  await step('welcome');
  await press(page, 'Join as a guest');
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Type a name' })).toBeVisible();
  await step('name');
  await page.getByRole('textbox', { name: 'Your name' }).focus();
  await page.keyboard.type('Carla Customer');
  await page.keyboard.press('Enter');
  await expect(title(page, 'Camera and microphone')).toBeFocused();
  await press(page, 'Show camera');
  await expect(page.getByLabel('Your picture')).toBeVisible();
  await step('preview');
  await press(page, 'Ask to join');
  await expect(title(page, 'You are in the lobby')).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Wait for ABC to let you in.' })).toHaveCount(1);
  await step('lobby');
  await checkSideways({ page, name: 'sideways-1-lobby' }, '.preview-picture', 'Leave');
  await desk.invoke('admit', await desk.knocker('Carla Customer'));
  await expect(page.getByRole('status').filter({ hasText: 'You are in the call.' })).toHaveCount(1);
  await expect(page.getByLabel('Your camera', { exact: true })).toBeVisible();
  await expect(page.getByText('ABC let you in. They join soon; keep this page open.')).toBeVisible();
  await step('call');
  await checkSideways({ page, name: 'sideways-2-call' }, '.large', 'End call');
  await press(page, 'What you can do');
  await step('limits');
  await page.keyboard.press('Escape');
  await press(page, 'End call');
  await expect(page.getByRole('button', { name: 'Stay' })).toBeFocused();
  await step('end');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // A key pressed once too often: the call goes on.
  await press(page, 'End call');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await press(page, 'End call');
  await page.getByRole('dialog').getByRole('button', { name: 'End call' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Call ended.' })).toHaveCount(1);
  await step('ended');
  expect(guest.watch.problems).toEqual([]);
  await guest.context.close();
});

test('a computer: the steps of a meeting, and what ends them', async ({ browser }) => {
  const { url } = await planWithLink(desk);
  const guest: Outsider = await openOutsider(browser, { url });
  const { page } = guest;
  const step = stepsOf(page, 'desktop');
  await expect(title(page, 'ABC invites you to a call')).toBeFocused();
  await step('welcome');
  await press(page, 'Join as a guest');
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeFocused();
  await page.keyboard.type('Olga Outsider');
  await page.keyboard.press('Enter');
  await expect(title(page, 'Camera and microphone')).toBeFocused();
  await step('preview');
  await press(page, 'Ask to join');
  await expect(title(page, 'You are in the lobby')).toBeFocused();
  await desk.invoke('deny', await desk.knocker('Olga Outsider'));
  await expect(page.getByRole('alert').filter({ hasText: 'You were not let in.' })).toHaveCount(1);
  await step('denied');
  await press(page, 'Ask again');
  await press(page, 'Join as a guest');
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(title(page, 'Camera and microphone')).toBeFocused();
  await press(page, 'Ask to join');
  await desk.invoke('admit', await desk.knocker('Olga Outsider'));
  await expect(title(page, 'Nobody else is here yet.')).toBeVisible();
  await step('call');
  await page.goto(`${hub.origin}/join/${'A'.repeat(32)}`);
  await expect(title(page, 'Link not found')).toBeVisible();
  await step('unknown');
  expect(guest.watch.problems).toEqual([]);
  await guest.context.close();
});

test('nothing moves on a page of somebody who does not want that', async ({ browser }) => {
  const { url } = await oneTimeLink(desk);
  const guest: Outsider = await openOutsider(browser, {
    ...{ url, viewport: PHONE },
    prepare: (page) => page.emulateMedia({ reducedMotion: 'reduce' }),
  });
  const { page } = guest;
  await expect(title(page, 'ABC invites you to a call')).toBeFocused();
  await press(page, 'Join as a guest');
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeFocused();
  await page.keyboard.type('Carla');
  await page.keyboard.press('Enter');
  await expect(title(page, 'Camera and microphone')).toBeFocused();
  await press(page, 'Ask to join');
  await expect(title(page, 'You are in the lobby')).toBeFocused();
  expect(await page.evaluate(() => document.getAnimations().map((one) => one.id))).toEqual([]);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBeGreaterThan(0);
  await guest.context.close();
});
