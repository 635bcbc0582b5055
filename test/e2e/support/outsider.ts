import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type Watch, watchContext } from './watch.ts';

/** Somebody from outside in front of a join link, in a browser of their own. */
export interface Outsider {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;
}

export interface OutsiderOptions {
  readonly url: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Besides those of every test: later ones win. */
  readonly browserArgs?: readonly string[];
  readonly permissions?: readonly string[];
  /** Before the page loads anything. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export const DESKTOP = { width: 1280, height: 800 } as const;
export const PHONE = { width: 360, height: 740 } as const;

/** The link is opened and told whose it is. Closing the context closes the browser. */
export async function openOutsider(browser: Browser, options: OutsiderOptions): Promise<Outsider> {
  const { url, viewport = DESKTOP, browserArgs = [], permissions = ['camera', 'microphone'], prepare } = options;
  const { launchOptions } = test.info().project.use;
  const args = [...(launchOptions?.args ?? []), ...browserArgs];
  const own = await browser.browserType().launch({ ...launchOptions, args, headless: true });
  const context = await own.newContext({
    permissions: [...permissions],
    viewport: { ...viewport },
    ...heldIn(viewport),
  });
  context.on('close', () => void own.close());
  const watch = watchContext(context, new URL(url).origin);
  const page = await context.newPage();
  await prepare?.(page);
  await page.goto(url);
  return { context, page, watch };
}

/** What is as narrow as a phone is one: a finger, and no mouse. */
const heldIn = ({ width }: { readonly width: number }) =>
  width < 600 ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {};

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** From the first page to camera and microphone. */
export async function goToPreview(page: Page, name: string): Promise<void> {
  await button(page, 'Join as a guest').click();
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await button(page, 'Continue').click();
  await expect(page.getByRole('heading', { name: 'Camera and microphone' })).toBeVisible();
}

/** From the first page to the lobby, without a camera. */
export async function goToLobby(page: Page, name: string): Promise<void> {
  await goToPreview(page, name);
  await button(page, 'Ask to join').click();
  await expect(page.getByRole('heading', { name: 'You are in the lobby' })).toBeVisible();
}
