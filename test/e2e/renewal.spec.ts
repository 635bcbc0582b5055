import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page, type Request, test } from '@playwright/test';
import { type Actor, expectNoProblems, openExpert, openTechnician, pickAccount } from './support/actors.ts';
import { markLandmark, meetInRoom, press, visibleIds } from './support/call.ts';
import { expectPictureToMove } from './support/desk.ts';
import { emulator } from './support/hand.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { readSignIn, type SignInLog } from './support/sign-in-log.ts';

const MEETING = 'Pump 4: seal replacement';
/** The shortest that a demo gives. Pages then renew every five seconds, as often as they ever do. */
const TOKEN_TTL_S = 20;
const HELD = 'Your sign-in ended. It lasts for this call only.';
/** The endpoints of the demo's sign-in. */
const PROVIDER = /\/v2\.0\/(?:authorize|token)/;

interface Side {
  readonly actor: Actor;
  readonly log: SignInLog;
}

let hub: RunningHub;
let technician: Side;
let expert: Side;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  hub = await startHub({ env: { DEMO_TOKEN_TTL_S: String(TOKEN_TTL_S) } });
  technician = await open(browser, openTechnician);
  expert = await open(browser, openExpert);
});

test.afterAll(async () => {
  await technician?.actor.context.close();
  await expert?.actor.context.close();
  await hub?.dispose();
});

async function open(browser: Browser, openActor: typeof openTechnician | typeof openExpert): Promise<Side> {
  const logs: SignInLog[] = [];
  const prepare = async (page: Page): Promise<void> => void logs.push(await readSignIn(page));
  const actor = await openActor(browser, hub.origin, { prepare });
  const [log] = logs;
  if (log === undefined) throw new Error('the page was not prepared');
  return { actor, log };
}

const sides = (): readonly Side[] => [technician, expert];
const forBoth = (act: (side: Side) => Promise<void>) => Promise.all(sides().map(act));
/** What must stay as it is while a sign-in is kept. */
const steady = () =>
  sides().map(({ actor, log }) => ({ connections: actor.socket.connections(), navigations: log.navigations() }));
const grantsSince = ({ log }: Side, count: number): readonly string[] => [...new Set(log.grants().slice(count))];
const isRefresh = (request: Request): boolean => request.postData()?.includes('grant_type=refresh_token') ?? false;

/** As a provider answers once a refresh token has reached its end (RFC 6749, 5.2). */
async function endRefreshTokens({ actor }: Side): Promise<void> {
  await actor.page.route(PROVIDER, (route) =>
    isRefresh(route.request()) ? route.fulfill({ status: 400, json: { error: 'invalid_grant' } }) : route.fallback(),
  );
}

async function expectCallToGoOn(): Promise<void> {
  await expectPictureToMove(expert.actor.page);
  await markLandmark({ technician: technician.actor, expert: expert.actor, landmark: 'gauge' });
  await expect.poll(() => visibleIds(technician.actor)).toEqual(visibleIds(expert.actor));
}

test('both pages renew their sign-in in a call, unseen, and it goes on past the end of the first tokens', async () => {
  await meetInRoom(technician.actor, expert.actor, MEETING);
  await emulator(technician.actor.page, 'lookAt', 'gauge');
  const before = steady();
  await forBoth(async (side) => {
    const { log } = side;
    const grantsBefore = log.grants().length;
    const firstEndMs = log.untilMs();
    // The hub has taken a token that was made after the first one had ended.
    await expect.poll(log.untilMs, { timeout: 60_000 }).toBeGreaterThan(firstEndMs + 1000 * TOKEN_TTL_S);
    expect(grantsSince(side, grantsBefore)).toEqual(['refresh_token']);
    expect(log.hiddenFrames()).toBe(0);
    expect(log.holds()).toBe(0);
  });
  expect(steady()).toEqual(before);
  await expectCallToGoOn();
});

test('a page whose refresh token has ended renews in a hidden frame, and stays where it is', async () => {
  const before = steady();
  await forBoth(async (side) => {
    const { actor, log } = side;
    actor.watch.cutting();
    const grantsBefore = log.grants().length;
    await endRefreshTokens(side);
    await expect.poll(() => grantsSince(side, grantsBefore)).toContain('authorization_code');
    const endMs = log.untilMs();
    await expect.poll(log.untilMs).toBeGreaterThan(endMs);
    expect(log.hiddenFrames()).toBeGreaterThan(0);
    expect(log.holds()).toBe(0);
    await actor.page.unroute(PROVIDER);
    actor.watch.mended();
  });
  expect(steady()).toEqual(before);
  await expectCallToGoOn();
});

test('when renewal fails, the call goes on and both are told, yet no new call begins', async () => {
  const before = steady();
  for (const { actor } of sides()) actor.watch.cutting();
  // The expert has to sign in again; the technician's page has lost its way to the provider.
  await endRefreshTokens(expert);
  await expert.actor.context.clearCookies();
  await technician.actor.page.route(PROVIDER, (route) => route.abort('connectionrefused'));

  await expect(expert.actor.page.getByText(HELD)).toBeVisible();
  await expect(technician.actor.page.getByText(HELD)).toBeAttached();
  await expectCallToGoOn();
  for (const { log } of sides()) {
    expect(log.holds()).toBe(1);
    expect(log.untilMs()).toBeLessThan(Date.now());
    const media = { audio: false, video: 'off', problem: 'none' };
    const wish = { commandId: randomUUID(), meetingId: randomUUID(), media };
    expect(await log.ask('joinMeeting', wish)).toEqual({ ok: false, refusal: { code: 'no-new-calls' } });
    expect(await log.ask('contacts', {})).toEqual({ ok: false, refusal: { code: 'sign-in-expired' } });
  }
  expect(steady()).toEqual(before);
});

test('after the call the desk asks to sign in again, and can then come back to it', async () => {
  const { page, watch } = expert.actor;
  const { navigations } = expert.log;
  const before = navigations();
  await page.getByRole('button', { name: 'End Call' }).click();
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveText('Your sign-in has ended. Sign in again.');
  expect(navigations()).toBe(before);

  await page.unroute(PROVIDER);
  watch.mended();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await pickAccount(page, 'Elena Fischer');
  await page.getByRole('button', { name: `Join ${MEETING}` }).click();
  await expect(page.getByRole('button', { name: 'Start editing' })).toBeEnabled();
  await expect(page.getByText(HELD)).toBeHidden();
  await expectCallToGoOn();
});

test('a headset whose provider comes back after the call is home again by itself', async () => {
  const { actor, log } = technician;
  const { page, watch, socket } = actor;
  const before = { connections: socket.connections(), navigations: log.navigations() };
  await expect(page.getByText(HELD)).toBeAttached();
  await press(actor, 'End Call');
  // One refused try or two would be the end of a sign-in; a provider that is away is none, however often it is tried.
  const triesBefore = log.grants().length;
  await expect.poll(() => log.grants().length).toBeGreaterThanOrEqual(triesBefore + 4);
  await expect(page.getByText('Reconnecting to the hub…')).toBeAttached();
  await page.unroute(PROVIDER);
  await expect.poll(socket.connections).toBe(before.connections + 1);
  await expect(page.getByText('Reconnecting to the hub…')).toHaveCount(0);
  watch.mended();
  await expect(page.getByRole('heading', { name: 'Recent Contacts' })).toBeAttached();
  expect(log.navigations()).toBe(before.navigations);
  expectNoProblems(actor, expert.actor);
});
