import { randomUUID } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import type { MeetingDraft } from '../../../src/domain/meeting/schedule.ts';
import { createGraphCalendar } from '../../../src/hub/calendar/graph-calendar.ts';
import { openGraphAccess } from '../../../src/hub/directory/graph/graph-access.ts';
import type { Mailer } from '../../../src/hub/meetings/mailer.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import type { OwnDay } from '../../../src/protocol/meetings.ts';
import type { FakeEvent } from '../../support/fake-graph/calendars.ts';
import { CLIENT_ID, type FakeGraph, startFakeGraph } from '../../support/fake-graph/fake-graph.ts';
import { accepted, type Bench, COMPANIES, createBench, DANA, EVA, type Page, TID } from '../support/hub-bench.ts';
import { draftOf } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

export const DAY_MS = 86_400_000;

export interface CalendarBench extends Bench {
  readonly fake: FakeGraph;
}

const users = (COMPANIES.tenants.find(({ tenantId }) => tenantId === TID)?.people ?? []).map((one) => ({
  id: one.oid,
  displayName: one.displayName,
  mail: one.mail,
}));
const tenant = {
  ...{ tenantId: TID, name: 'ABC', domains: ['abc.com'], authority: `https://login.microsoftonline.com/${TID}` },
  ...{ spaClientId: CLIENT_ID, apiClientId: CLIENT_ID },
};

/** A hub whose one tenant has its calendars in Microsoft Graph: one on this machine. */
export async function createCalendarBench(mailer: Mailer | null = null): Promise<CalendarBench> {
  const fake = await startFakeGraph({ tid: TID, users, groups: {}, related: {}, presences: {} });
  onTestFinished(() => fake.close());
  const bench = await createBench(createMemoryStore(), {}, mailer, (clock) => {
    const { origin, clientSecret, auth } = fake;
    const clientSecrets = new Map([[TID, clientSecret]]);
    const access = openGraphAccess({ tenants: [tenant], clock, origin, clientSecrets, auth }).get(TID);
    if (access === undefined) throw new Error('the tenant has no secret');
    const calendar = createGraphCalendar(access.calendars);
    return (tid) => (tid === TID ? calendar : null);
  });
  return Object.assign(bench, { fake });
}

export const ownerOf = ({ person }: Pick<Page, 'person'>): string => person.split(':')[1] ?? '';

/** What stands in somebody's mailbox under a subject. */
export function eventOf({ fake }: CalendarBench, page: Pick<Page, 'person'>, subject = 'Pump'): FakeEvent {
  const event = fake.calendars.of(ownerOf(page)).find((one) => one.subject === subject);
  if (event === undefined) throw new Error(`no ${subject} in the calendar`);
  return event;
}

export const planIn = (bench: Bench, page: Page, changes: Partial<MeetingDraft> = {}, commandId = randomUUID()) =>
  bench.hub.meetings.service.planMeeting(page, { commandId, draft: draftOf(bench, changes) });

/** A day around now. */
export const todayOf = ({ clock }: Bench) => ({ fromMs: clock.nowMs() - DAY_MS / 2, toMs: clock.nowMs() + DAY_MS / 2 });

export const look = async (
  bench: Bench,
  page: Page,
  options: { opened?: boolean; range?: ReturnType<typeof todayOf> } = {},
) =>
  accepted(
    await bench.hub.meetings.service.calendar(page, {
      range: options.range ?? todayOf(bench),
      opened: options.opened ?? false,
    }),
  );

/** As a page does: asks, and asks again when it is told that there is more. */
export async function readDay(bench: Bench, page: Page, range = todayOf(bench)): Promise<OwnDay> {
  await look(bench, page, { opened: true, range });
  await expect.poll(async () => (await look(bench, page, { range })).state).not.toBe('reading');
  return look(bench, page, { range });
}

/** Opens the day anew, some seconds later than the last time, and waits until the calendar has been read. */
export async function reopen(bench: CalendarBench, page: Page, range = todayOf(bench)): Promise<OwnDay> {
  await bench.clock.advance(6_000);
  const isView = ({ path }: { readonly path: string }): boolean => path === '/me/calendarView';
  const before = bench.fake.requests.filter(isView).length;
  await look(bench, page, { opened: true, range });
  await expect.poll(() => bench.fake.requests.filter(isView).length).toBeGreaterThan(before);
  await idle(bench);
  return look(bench, page, { range });
}

/** Until nothing has been asked of Graph for a while that is longer than its answers take here. */
export async function idle({ fake }: CalendarBench): Promise<void> {
  let before = -1;
  await expect
    .poll(
      async () => {
        await settle();
        const isQuiet = before === fake.requests.length;
        before = fake.requests.length;
        return isQuiet;
      },
      { interval: 60 },
    )
    .toBe(true);
}

/** What was asked of Graph since. */
export const askedIn = ({ fake }: CalendarBench, from = 0): readonly string[] =>
  fake.requests.slice(from).map(({ method, path }) => `${method} ${path.replace(/AAMk[^/]+/, '{id}')}`);

/** A meeting of Dana's, to which Eva is invited, in both calendars. */
export async function planned(changes: Parameters<typeof planIn>[2] = {}) {
  const bench = await createCalendarBench();
  const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
  const { meetingId } = accepted(
    await planIn(bench, dana, { invitees: [{ kind: 'account', person: EVA }], ...changes }),
  );
  const { service } = bench.hub.meetings;
  const meetingNow = async () => accepted(await service.meeting(dana, { meetingId }));
  return { bench, dana, eva, meetingId, meetingNow, event: eventOf(bench, dana) };
}
