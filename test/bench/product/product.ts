import type { Browser, BrowserContext, Page } from '@playwright/test';
import { buildIfStale } from '../../../scripts/build.ts';
import { type RunningHub, startHub } from '../../e2e/support/hub.ts';
import { installFrameMeter } from '../frame/meter.ts';
import { progress } from '../report.ts';
import { launchChromium } from './browser.ts';

/** The built product, running: a hub of its own and a browser. */
export interface Product {
  readonly hub: RunningHub;
  /** Two browsers, because each draws in software with one process, and the headset's must keep its pace. */
  readonly headsetBrowser: Browser;
  readonly deskBrowser: Browser;
  dispose(): Promise<void>;
}

export async function startProduct(): Promise<Product> {
  await buildIfStale();
  progress('Starting hub and browsers …');
  const hub = await startHub();
  const browsers: Browser[] = [];
  const dispose = async (): Promise<void> => {
    for (const browser of browsers) await browser.close();
    await hub.dispose();
  };
  try {
    const headsetBrowser = await launchChromium();
    browsers.push(headsetBrowser);
    const deskBrowser = await launchChromium();
    browsers.push(deskBrowser);
    return { hub, headsetBrowser, deskBrowser, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Small, because one processor draws it: what a frame costs in JavaScript does not depend on it. */
const HEADSET_VIEWPORT = { width: 480, height: 270 } as const;
const DESK_VIEWPORT = { width: 1024, height: 700 } as const;

/** A context of the headset's browser, its frames metered. */
export async function newHeadsetContext({ headsetBrowser }: Pick<Product, 'headsetBrowser'>): Promise<BrowserContext> {
  const context = await headsetBrowser.newContext({ viewport: HEADSET_VIEWPORT });
  await addFrameMeter(context);
  return context;
}

export const newDeskContext = ({ deskBrowser }: Product): Promise<BrowserContext> =>
  deskBrowser.newContext({ viewport: DESK_VIEWPORT });

async function addFrameMeter(context: BrowserContext): Promise<void> {
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

/** The technician, in the room, joins with video, then the expert; returns when the picture is on the desk. */
export async function joinMeeting(headset: Page, desk: Page): Promise<void> {
  // The emulated room lies over the page: its controls are pressed as assistive tools do, without a pointer.
  await headset.getByRole('button', { name: `Join Meeting: ${MEETING}` }).dispatchEvent('click');
  await headset.getByRole('button', { name: 'With video' }).dispatchEvent('click');
  await desk.getByRole('button', { name: 'Meetings' }).click();
  await desk.getByRole('button', { name: `Join ${MEETING}` }).click();
  await desk.getByRole('application', { name: /^Picture of Dana/ }).waitFor();
}
