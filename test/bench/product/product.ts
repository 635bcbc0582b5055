import type { Browser, BrowserContext, Page } from '@playwright/test';
import { buildIfStale } from '../../../scripts/build.ts';
import { type RunningHub, startHub } from '../../e2e/support/hub.ts';
import { installFrameMeter } from '../frame/meter.ts';
import { progress } from '../report.ts';
import { launchChromium } from './browser.ts';

/** The built product, running: a hub of its own and a browser. */
export interface Product {
  readonly hub: RunningHub;
  readonly browser: Browser;
  dispose(): Promise<void>;
}

export async function startProduct(): Promise<Product> {
  await buildIfStale();
  progress('Starting hub and browser …');
  const hub = await startHub();
  try {
    const browser = await launchChromium();
    return {
      hub,
      browser,
      async dispose() {
        await browser.close();
        await hub.dispose();
      },
    };
  } catch (error) {
    await hub.dispose();
    throw error;
  }
}

/** Small, because one processor draws it: what a frame costs in JavaScript does not depend on it. */
const HEADSET_VIEWPORT = { width: 640, height: 360 } as const;
const DESK_VIEWPORT = { width: 1280, height: 800 } as const;

/** A browser context for the headset, its frames metered. */
export async function newHeadsetContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: HEADSET_VIEWPORT });
  await addFrameMeter(context);
  return context;
}

export const newDeskContext = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ viewport: DESK_VIEWPORT });

export async function addFrameMeter(context: BrowserContext): Promise<void> {
  // The TypeScript loader wraps functions in a call that keeps their names, which pages don't have.
  await context.addInitScript({ content: 'globalThis.__name = (value) => value;' });
  await context.addInitScript(installFrameMeter);
}

const MEETING = 'Pump 4: seal replacement';

/** Signs the technician in and shows the contacts. */
export async function openHeadset(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/?tenant=abc.com&emulate=light`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /Dana Okafor/ }).click();
  await page.getByRole('heading', { name: 'Recent Contacts' }).waitFor();
}

/** Into the room; returns once the first frame was drawn. */
export async function enterRoom(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Enter mixed reality' }).click();
  await page.waitForFunction(() => (window.__frameMeter?.frames() ?? 0) > 0);
}

export async function openDesk(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/desk`);
  await page.getByLabel('Work e-mail address').fill('expert1@abc.com');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: /Elena Fischer/ }).click();
  await page.getByRole('heading', { name: 'Contacts' }).waitFor();
}

/** The technician joins with video, then the expert; returns when the picture is on the desk. */
export async function joinMeeting(headset: Page, desk: Page): Promise<void> {
  await headset.getByRole('button', { name: `Join Meeting: ${MEETING}` }).click();
  await headset.getByRole('button', { name: 'With video' }).click();
  await desk.getByRole('button', { name: 'Meetings' }).click();
  await desk.getByRole('button', { name: `Join ${MEETING}` }).click();
  await desk.getByRole('application', { name: /^Picture of Dana/ }).waitFor();
}
