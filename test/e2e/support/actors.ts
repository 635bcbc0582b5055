import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { EmulatorHandle } from '../../../src/emulator/handle.ts';
import { readSocket, type SocketReader } from './call-log.ts';
import { type Watch, watchContext } from './watch.ts';

declare global {
  interface Window {
    readonly __sightlineEmulator: EmulatorHandle;
  }
}

/** Somebody in front of a page, in a browser profile of their own. */
export interface Actor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;
  readonly socket: SocketReader;
}

/** What a test does with a page before it loads anything. */
type Prepare = (page: Page) => Promise<void>;

const NOTHING: Prepare = async () => {};

/**
 * Each in a browser of their own, as in life: two pages of one browser share its one process for graphics, and a headset
 * that waits for the desk's pictures has too few frames to know where it looks. Closing the context closes the browser.
 */
async function openActor(browser: Browser, origin: string, prepare: Prepare): Promise<Actor> {
  const { launchOptions, viewport } = test.info().project.use;
  const own = await browser.browserType().launch({ ...launchOptions, headless: true });
  const context = await own.newContext({
    permissions: ['camera', 'microphone', 'notifications'],
    ...(viewport === undefined ? {} : { viewport }),
  });
  context.on('close', () => void own.close());
  const watch = watchContext(context, origin);
  const page = await context.newPage();
  await prepare(page);
  return { context, page, watch, socket: readSocket(page) };
}

/** The account picker of the demo's sign-in. */
export async function pickAccount(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
}

export interface TechnicianOptions {
  readonly company?: string;
  readonly name?: string;
  readonly query?: string;
  readonly prepare?: Prepare;
}

/** A technician with an emulated headset, signed in, at Recent Contacts. */
export async function openTechnician(
  browser: Browser,
  origin: string,
  { company = 'ABC', name = 'Dana Okafor', query = '', prepare = NOTHING }: TechnicianOptions = {},
): Promise<Actor> {
  const actor = await openActor(browser, origin, prepare);
  const { page } = actor;
  await page.goto(`${origin}/?emulate=light${query}`);
  await page.getByRole('button', { name: company, exact: true }).click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await pickAccount(page, name);
  await expect(page.getByRole('heading', { name: 'Recent Contacts' })).toBeVisible();
  return actor;
}

export interface ExpertOptions {
  readonly mail?: string;
  readonly name?: string;
  readonly query?: string;
  readonly prepare?: Prepare;
}

/** An expert at the desk, signed in. */
export async function openExpert(
  browser: Browser,
  origin: string,
  { mail = 'expert1@abc.com', name = 'Elena Fischer', query = '', prepare = NOTHING }: ExpertOptions = {},
): Promise<Actor> {
  const actor = await openActor(browser, origin, prepare);
  const { page } = actor;
  await page.goto(`${origin}/desk${query}`);
  await page.getByRole('textbox', { name: 'Work e-mail address' }).fill(mail);
  await page.getByRole('button', { name: 'Next' }).click();
  await pickAccount(page, name);
  await expect(page.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible();
  return actor;
}

export async function enterMixedReality({ page }: Actor): Promise<void> {
  await page.getByRole('button', { name: 'Enter mixed reality' }).click();
  await expect(page.getByText('Sightline is in the room now.')).toBeVisible();
}

/** Fails the test with everything that went wrong on the pages. */
export function expectNoProblems(...actors: readonly Actor[]): void {
  expect(actors.flatMap((actor) => actor.watch.problems)).toEqual([]);
}
