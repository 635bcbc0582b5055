import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { Lobby } from '../../src/client/meetings/types.ts';
import { DEFAULT_MEETING_SETTINGS, type LobbyMode } from '../../src/domain/meeting/model.ts';
import { lobbyPanel } from '../../src/ui/panels/lobby.ts';
import { inCall, TEXTS } from '../support/headset-views.ts';
import { type Actor, enterMixedReality, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { changePolicy } from './support/admin.ts';
import { openWireDesk, tokenOf, type WireDesk } from './support/agent.ts';
import { press } from './support/call.ts';
import { displayFrames } from './support/hand.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { goToLobby, PHONE } from './support/outsider.ts';
import { pressByRay } from './support/panel-ray.ts';
import { watchContext } from './support/watch.ts';

const MEETING = 'Abfüllanlage 3: Störung';
const [LONG, UMLAUTS, SHORT] = ['Friedrich-Wilhelm Müller-Lüdenscheidt', 'Jörg Öztürk-Großmann', 'Änne Übelhör'];
const SHOTS = 'test-results/headset-lobby';

let hub: RunningHub;
let headset: Actor;
let admin: Actor;
/** Second desks without a page: of the technician, and of a colleague. */
let own: WireDesk;
let colleague: WireDesk;
let meetingId = '';
let link = '';
const contexts: BrowserContext[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub();
  admin = await openExpert(browser, hub.origin, { mail: 'ingrid.solberg@abc.com', name: 'Ingrid Solberg' });
  await changePolicy({
    origin: hub.origin,
    admin,
    change: (tenant) => ({
      ...tenant,
      meetings: { ...DEFAULT_MEETING_SETTINGS, ...tenant.meetings, headsetMayAdmit: true },
    }),
  });
  const token = tokenOf(admin.page);
  await admin.page.reload();
  colleague = await openWireDesk(hub.origin, await token);
  let ownToken = Promise.resolve('');
  headset = await openTechnician(browser, hub.origin, {
    prepare: async (page) => {
      ownToken = tokenOf(page);
    },
  });
  own = await openWireDesk(hub.origin, await ownToken);
});

test.afterAll(async () => {
  for (const context of contexts) await context.close();
  await own?.close();
  await colleague?.close();
  await headset?.context.close();
  await admin?.context.close();
  await hub?.dispose();
});

const shoot = (page: Page, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` });

async function plan(desk: WireDesk, title: string, lobby: LobbyMode, invited: readonly string[] = []): Promise<string> {
  const startMs = Date.now();
  const invitees = invited.map((mail) => ({ kind: 'mail', mail }) as const);
  const draft = { title, startMs, endMs: startMs + 3_600_000, zone: 'Europe/Berlin', invitees };
  const rest = { coOrganizers: [], presenters: [], lobby, anonymousAllowed: true };
  const made = await desk.invoke('planMeeting', { commandId: randomUUID(), draft: { ...draft, ...rest } });
  return made.meetingId;
}

/** All in the test's own browser: somebody who waits needs little of it. */
async function wait(browser: Browser, name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, permissions: ['camera', 'microphone'] });
  contexts.push(context);
  const watch = watchContext(context, hub.origin);
  const page = await context.newPage();
  page.on('close', () => expect(watch.problems).toEqual([]));
  await page.goto(link);
  await goToLobby(page, name);
  // Both are told at the same time, and what is decided next is about those whom the wearer sees.
  await expect(headset.page.getByRole('button', { name: `Deny ${name}` })).toBeAttached();
  return page;
}

const said = (words: string) => headset.page.getByRole('status').filter({ hasText: words });
const waiting: Record<string, Page> = {};

async function expectDenied(page: Page | undefined): Promise<void> {
  if (page === undefined) throw new Error('nobody waits there');
  await expect(page.getByRole('heading', { name: 'You were not let in' })).toBeVisible();
}

/** The panel as the room lays it out. */
async function panelWith(names: readonly string[]) {
  const people = await Promise.all(names.map(async (name) => ({ name, person: (await own.knocker(name)).person })));
  const rest = { class: 'anonymous', signedIn: false, waitedMs: 0, away: false } as const;
  const entries = people.map((one) => ({ ...one, ...rest }));
  const lobby: Lobby = {
    meetingId,
    title: MEETING,
    kind: 'scheduled',
    entries,
    mayAdmit: true,
    admitters: [],
    toldAtMs: 0,
  };
  const panel = lobbyPanel(inCall({}, { lobbies: [lobby] }), TEXTS);
  if (panel === null) throw new Error('no panel');
  return { panel, keyOf: (name: string) => people.find((one) => one.name === name)?.person ?? '' };
}

test('who waits is listed in the room and said on the page, and is admitted by the ray', async ({ browser }) => {
  meetingId = await plan(own, MEETING, 'organization');
  link = (await own.invoke('joinLink', { meetingId })).url;
  await enterMixedReality(headset);
  await press(headset, `Join Meeting: ${MEETING}`);
  await press(headset, 'Without video');
  await expect(headset.page.getByRole('heading', { name: 'In the call: 1' })).toBeAttached();
  waiting.long = await wait(browser, LONG);
  await expect(said(`${LONG} waits in the lobby of ${MEETING}.`)).toBeAttached();
  waiting.umlauts = await wait(browser, UMLAUTS);
  waiting.short = await wait(browser, SHORT);
  await expect(said(`3 people wait in the lobby of ${MEETING}.`)).toBeAttached();
  await displayFrames(headset.page, 10);
  await shoot(headset.page, '1-three-wait');
  const { panel, keyOf } = await panelWith([LONG, UMLAUTS, SHORT]);
  await pressByRay(headset.page, { panel, key: `admit ${keyOf(LONG)}` });
  await expect(waiting.long.getByRole('heading', { name: 'Call with Dana Okafor' })).toBeVisible();
  await expect(headset.page.getByRole('heading', { name: 'In the call: 2' })).toBeAttached();
  await expect(said(`2 people wait in the lobby of ${MEETING}.`)).toBeAttached();
});

test('is denied by the ray, and by name on the page; all at once, too', async ({ browser }) => {
  const { panel, keyOf } = await panelWith([UMLAUTS, SHORT]);
  await pressByRay(headset.page, { panel, key: `deny ${keyOf(SHORT)}` });
  await expectDenied(waiting.short);
  await press(headset, `Deny ${UMLAUTS}`);
  await expectDenied(waiting.umlauts);
  await expect(headset.page.getByRole('region', { name: `Lobby of ${MEETING}` })).toHaveCount(0);
  const [ada, bo] = [await wait(browser, 'Ada'), await wait(browser, 'Bo')];
  await press(headset, 'Deny all');
  for (const page of [ada, bo]) await expectDenied(page);
  const [cy, di, el] = [await wait(browser, 'Cy'), await wait(browser, 'Di'), await wait(browser, 'El')];
  await press(headset, 'Admit all');
  // First, for it goes by itself: the others take their time to come in.
  await expect(headset.page.getByText(/^This meeting is full: four people at most/).first()).toBeAttached();
  for (const page of [cy, di]) await expect(page.getByRole('heading', { name: /^Call with/ })).toBeVisible();
  await expect(headset.page.getByRole('heading', { name: 'In the call: 4' })).toBeAttached();
  await press(headset, 'Deny El');
  await expectDenied(el);
});

test('an organizer who leaves still hears who waits; a meeting that is cancelled has no lobby', async ({ browser }) => {
  // Four are all that have a place.
  await waiting.long?.getByRole('button', { name: 'Leave' }).click();
  await waiting.long?.getByRole('dialog').getByRole('button', { name: 'Leave call' }).click();
  await expect(headset.page.getByRole('heading', { name: 'In the call: 3' })).toBeAttached();
  const eva = await wait(browser, 'Eva');
  await press(headset, 'End Call');
  await expect(headset.page.getByRole('heading', { name: 'Recent Contacts' })).toBeAttached();
  await expect(said(`Eva waits in the lobby of ${MEETING}.`)).toBeAttached();
  await displayFrames(headset.page, 10);
  await shoot(headset.page, '2-beside-the-contacts');
  await own.invoke('cancelMeeting', { meetingId, revision: 1 });
  await expect(eva.getByRole('heading', { name: 'Meeting cancelled' })).toBeVisible();
  await expect(headset.page.getByRole('region', { name: `Lobby of ${MEETING}` })).toHaveCount(0);
  await expect(headset.page.getByRole('button', { name: `Join Meeting: ${MEETING}` })).toHaveCount(0);
});

test('a wearer who waits hears that the meeting was moved, or cancelled', async () => {
  const title = 'Audit of line 7';
  const theirs = await plan(colleague, title, 'organizer', ['dana.okafor@abc.com']);
  const waitThere = async (): Promise<void> => {
    await press(headset, `Join Meeting: ${title}`);
    await press(headset, 'Without video');
    await expect(headset.page.getByRole('alertdialog', { name: 'You are in the lobby' })).toBeAttached();
  };
  await waitThere();
  await displayFrames(headset.page, 10);
  await shoot(headset.page, '3-own-place');
  const { draft } = await colleague.invoke('meeting', { meetingId: theirs });
  const later = { startMs: draft.startMs + 7_200_000, endMs: draft.endMs + 7_200_000 };
  await colleague.invoke('changeMeeting', { meetingId: theirs, revision: 1, draft: { ...draft, ...later } });
  await expect(headset.page.getByText('This meeting was moved. Ask the organizer for the new time.')).toBeAttached();
  await displayFrames(headset.page, 10);
  await shoot(headset.page, '4-moved');
  await colleague.invoke('changeMeeting', { meetingId: theirs, revision: 2, draft });
  await waitThere();
  await colleague.invoke('cancelMeeting', { meetingId: theirs, revision: 3 });
  await expect(headset.page.getByText('This meeting was cancelled. Ask the organizer for another one.')).toBeAttached();
});

test('nothing went wrong on any page', async () => {
  for (const context of contexts) for (const page of context.pages()) await page.close();
  expectNoProblems(headset);
});
