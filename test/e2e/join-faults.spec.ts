import { mkdirSync } from 'node:fs';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { draftNow, oneTimeLink, openAgent, planWithLink, type WireDesk } from './support/agent.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { type HubLink, holdHubLink } from './support/hub-link.ts';
import { button, goToLobby, goToPreview, type Outsider, openOutsider, PHONE } from './support/outsider.ts';

const SHOTS = 'test-results/join-faults';
const HOUR_MS = 3_600_000;

let hub: RunningHub;
let desk: WireDesk;

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub({ leaps: true });
  desk = await openAgent(browser, hub.origin);
});
test.afterAll(async () => {
  await desk?.close();
  await hub?.dispose();
});

const shoot = (page: Page, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` });
const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, exact: true });
const open = (browser: Browser, url: string): Promise<Outsider> => openOutsider(browser, { url, viewport: PHONE });

/** What ends a wait is said on the screen and read out. */
async function expectTold(page: Page, name: string, sentence: string): Promise<void> {
  await expect(title(page, name)).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: `${name}. ${sentence}` })).toHaveCount(1);
}

test('who waits is told at once when the meeting is cancelled, moved, or opened for everybody', async ({ browser }) => {
  const cancelled = await planWithLink(desk);
  const guest = await open(browser, cancelled.url);
  const { page } = guest;
  await goToLobby(page, 'Carla');
  const { meetingId, revision } = cancelled.meeting;
  await desk.invoke('cancelMeeting', { meetingId, revision });
  await expectTold(page, 'Meeting cancelled', 'This meeting was cancelled. Ask the organizer for another one.');
  await shoot(page, 'cancelled');

  const moved = await planWithLink(desk);
  await page.goto(moved.url);
  await goToLobby(page, 'Carla');
  const later = { startMs: Date.now() + 3 * HOUR_MS, endMs: Date.now() + 4 * HOUR_MS };
  await desk.invoke('changeMeeting', { ...idOf(moved), draft: draftNow(later) });
  await expectTold(page, 'Meeting moved', 'This meeting was moved. Ask the organizer for the new time.');
  await button(page, 'Check again').click();
  await expectTold(page, 'Not open yet', 'This meeting is not open now. It opens 15 minutes before.');

  const opened = await planWithLink(desk);
  await desk.invoke('joinMeeting', {
    ...{ commandId: crypto.randomUUID(), meetingId: opened.meeting.meetingId },
    media: { audio: false, video: 'off', problem: 'none' },
  });
  await page.goto(opened.url);
  await goToLobby(page, 'Carla');
  await desk.invoke('changeMeeting', { ...idOf(opened), draft: draftNow({ lobby: 'everyone' }) });
  await expect(title(page, 'Call with Elena Fischer')).toBeVisible();
  await button(page, 'Leave').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave call' }).click();
  await expectTold(page, 'You left the call', 'You can come back while it goes on.');
  await shoot(page, 'left');
  await desk.invoke('changeMeeting', {
    ...{ meetingId: opened.meeting.meetingId, revision: opened.meeting.revision + 1 },
    draft: draftNow({ anonymousAllowed: false }),
  });
  await button(page, 'Join again').click();
  await expectTold(page, 'An account is needed', 'Only people with an account may join this meeting.');
  await shoot(page, 'account');
  await button(page, 'Sign in').click();
  await expect(page.getByRole('textbox', { name: 'Work e-mail address' })).toBeVisible();
  expect(guest.watch.problems.filter((line) => !/status of 4\d\d/.test(line))).toEqual([]);
  await guest.context.close();
});

const idOf = ({ meeting: { meetingId, revision } }: Awaited<ReturnType<typeof planWithLink>>) => ({
  meetingId,
  revision,
});

test('who waits is told at once when the link is taken back', async ({ browser }) => {
  const { url, meeting } = await oneTimeLink(desk);
  const guest = await open(browser, url);
  const { page } = guest;
  await goToLobby(page, 'Carla');
  await desk.invoke('revokeLink', { meetingId: meeting.meetingId });
  await expectTold(page, 'Link taken back', 'This link was taken back. Ask for a new one.');
  await guest.context.close();
});

test('a network that is away at any step is said, and lets one go on from there', async ({ browser }) => {
  const { url } = await planWithLink(desk);
  let link: HubLink | null = null;
  const prepare = async (page: Page): Promise<void> => {
    link = await holdHubLink(page);
    link.cut();
  };
  const guest = await openOutsider(browser, { url, viewport: PHONE, prepare });
  const { page, watch } = guest;
  if (link === null) throw new Error('the page was not prepared');
  const { cut, mend } = link as HubLink;
  watch.cutting();
  await expectTold(page, 'No connection', 'The call can’t be reached. Check your network, then try again.');
  await shoot(page, 'unreachable');
  mend();
  await button(page, 'Try again').click();
  await goToPreview(page, 'Oscar Offline');
  cut();
  await button(page, 'Ask to join').click();
  await expect(page.getByRole('alert').filter({ hasText: 'The call can’t be reached.' })).toHaveCount(1);
  await shoot(page, 'preview-unreachable');
  mend();
  await button(page, 'Ask to join').click();
  await expect(title(page, 'You are in the lobby')).toBeVisible();
  watch.mended();
  expect(watch.problems).toEqual([]);
  await guest.context.close();
});

const PROBLEMS = [
  { error: 'NotAllowedError', camera: 'The browser does not allow the camera.' },
  { error: 'NotFoundError', camera: 'No camera found.' },
  { error: 'NotReadableError', camera: 'Another app uses the camera.' },
] as const;

test('a camera and a microphone that are refused, missing or in use keep nobody from joining', async ({ browser }) => {
  const { url } = await planWithLink(desk);
  const guest = await open(browser, url);
  const { page } = guest;
  for (const { error, camera } of PROBLEMS) {
    await page.addInitScript((name) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', name));
    }, error);
    await page.goto(url);
    await goToPreview(page, 'Nora Nothing');
    await button(page, 'Show camera').click();
    const told = page.getByRole('alert').filter({ hasText: camera });
    await expect(told).toContainText('or join without it');
    await expect(told).toContainText('or just listen');
    await shoot(page, `camera-${error}`);
  }
  await button(page, 'Ask to join').click();
  await desk.invoke('admit', await desk.knocker('Nora Nothing'));
  await expect(page.getByRole('heading', { name: /^(Nobody else is here yet|Call with)/ })).toBeVisible();
  await shoot(page, 'call-without-camera');
  expect(guest.watch.problems).toEqual([]);
  await guest.context.close();
});

test('whoever wears a headset is told to sign in on its own page', async ({ browser }) => {
  const { url } = await oneTimeLink(desk);
  const prepare = async (page: Page): Promise<void> => {
    await page.addInitScript(() => {
      const xr = { isSessionSupported: async (mode: string) => mode === 'immersive-ar' };
      const hints = { getHighEntropyValues: async () => ({ architecture: 'arm' }) };
      Object.defineProperty(navigator, 'xr', { value: xr });
      Object.defineProperty(navigator, 'userAgentData', { value: hints });
    });
  };
  const guest = await openOutsider(browser, { url, prepare });
  const { page } = guest;
  await expect(title(page, 'You wear a headset')).toBeVisible();
  await expect(page.getByText('With a headset you need a licence and a sign-in.')).toBeVisible();
  await expect(button(page, 'Join as a guest')).toHaveCount(0);
  await shoot(page, 'headset');
  await page.getByRole('link', { name: 'Open the headset’s page' }).click();
  await expect(title(page, 'Which company does this headset belong to?')).toBeVisible();
  await guest.context.close();
});

test('who tries many links has to wait a minute, also with the right one', async ({ browser }) => {
  const { url } = await oneTimeLink(desk);
  const guest = await open(browser, url);
  const { page } = guest;
  await expect(title(page, 'ABC invites you to a call')).toBeVisible();
  for (let wrong = 0; wrong < 11; wrong += 1) {
    const token = String(wrong).padStart(32, 'w');
    await page.request.post(`${hub.origin}/api/join/look`, { data: { token } });
  }
  await page.goto(url);
  await expectTold(page, 'You can’t join now', 'Many links were tried from your network. Wait a minute');
  await shoot(page, 'too-many');
  await hub.leap(60_000);
  await button(page, 'Check again').click();
  await expect(title(page, 'ABC invites you to a call')).toBeVisible();
  await guest.context.close();
});

test('a link that was not used in time says so', async ({ browser }) => {
  const { url } = await oneTimeLink(desk);
  // Nobody is signed in any more after that.
  await hub.leap(26 * HOUR_MS);
  const guest = await open(browser, url);
  await expectTold(guest.page, 'Link expired', 'This link is too old. Ask for a new one.');
  await shoot(guest.page, 'expired');
  expect(guest.watch.problems).toEqual([]);
  await guest.context.close();
});
