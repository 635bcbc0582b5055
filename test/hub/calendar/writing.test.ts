import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { claimsChallenge, graphError, tooManyRequests } from '../../support/fake-graph/answer.ts';
import { accepted, DANA, EVA, FINN } from '../support/hub-bench.ts';
import { draftOf, MINUTE_MS } from '../support/meeting-bench.ts';
import { askedIn, createCalendarBench, eventOf, idle, ownerOf, planIn, readDay, reopen } from './calendar-bench.ts';

const account = (person: string) => ({ kind: 'account', person }) as const;
const mail = (address: string) => ({ kind: 'mail', mail: address }) as const;
const LINK = /http:\/\/localhost\/join\/([\w-]+)/;

describe('a meeting that is planned at the desk', () => {
  test('stands in the organizer’s calendar, which invites everybody once [SPEC 10.17]', async () => {
    const sent: string[] = [];
    const mailer = { send: async ({ to }: { readonly to: string }) => void sent.push(to), close: () => {} };
    const bench = await createCalendarBench(mailer);
    const dana = await bench.arrive(DANA);
    const { service, links } = bench.hub.meetings;
    expect(accepted(await service.checkMeeting(dana, { meetingId: null, draft: draftOf(bench) })).inCalendar).toBe(
      true,
    );
    const people = { invitees: [account(EVA), mail('chris@example.com')], presenters: [FINN] };
    const meeting = accepted(await planIn(bench, dana, people));
    expect(meeting.inCalendar).toBe(true);
    const event = eventOf(bench, dana);
    const { startMs, endMs } = meeting;
    expect(event).toMatchObject({ startMs, endMs, zone: 'Europe/Berlin', transactionId: meeting.meetingId });
    const invited = ['chris@example.com', 'eva@abc.com', 'finn@abc.com'];
    expect(event.attendees.map(({ emailAddress }) => emailAddress.address).toSorted()).toEqual(invited);
    const [, token = ''] = LINK.exec(event.text) ?? [];
    expect(await links.open(token)).toMatchObject({ meetingId: meeting.meetingId });
    expect(event.text).not.toMatch(/Pump|2026/);
    expect(JSON.parse(bench.fake.requests[0]?.body ?? '')).toMatchObject({ hideAttendees: true });
    const { meetingId } = meeting;
    expect(await service.sendInvitation(dana, { meetingId, text: null, to: ['eva@abc.com'] })).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    expect(sent).toEqual([]);
    expect(bench.fake.calendars.mails.map(({ to, what }) => `${to} ${what}`).toSorted()).toEqual(
      invited.map((to) => `${to} invited`),
    );
    // Imported, the file is the same event once more, not a second one.
    expect(accepted(await service.invitation(dana, { meetingId })).ics.replaceAll(/\r\n[ \t]/g, '')).toContain(
      `UID:${event.iCalUId}`,
    );
  });

  test('is changed there as far as it was changed here, and whom somebody invited there stays', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = accepted(await planIn(bench, dana, { invitees: [account(EVA), mail('chris@example.com')] }));
    const event = eventOf(bench, dana);
    const attendees = [
      ...event.attendees.map((one) => ({ ...one, status: { response: 'accepted' } })),
      { type: 'optional', emailAddress: { address: 'guest@example.com' } },
    ];
    event.attendees = attendees;
    const { service } = bench.hub.meetings;
    const change = (revision: number, changes: Parameters<typeof draftOf>[1]) =>
      service.changeMeeting(dana, { meetingId, revision, draft: draftOf(bench, changes) });
    const invitees = [account(EVA), mail('chris@example.com')];
    const asked = bench.fake.requests.length;
    accepted(await change(1, { invitees, lobby: 'everyone' }));
    expect(askedIn(bench, asked)).toEqual([]);
    accepted(await change(2, { invitees, lobby: 'everyone', title: 'Valve' }));
    expect(askedIn(bench, asked)).toEqual(['PATCH /me/events/{id}']);
    expect(JSON.parse(bench.fake.requests.at(-1)?.body ?? '')).toEqual({ subject: 'Valve' });
    expect(event.attendees).toEqual(attendees);
    const startMs = bench.clock.nowMs() + 90 * MINUTE_MS;
    const moved = { startMs, endMs: startMs + 30 * MINUTE_MS };
    accepted(await change(3, { ...moved, title: 'Valve', invitees: [account(EVA)], presenters: [FINN] }));
    expect(event).toMatchObject({ ...moved, subject: 'Valve' });
    expect(event.attendees).toEqual([
      attendees[0],
      attendees[2],
      { type: 'required', emailAddress: { address: 'finn@abc.com', name: 'Finn Ångström' } },
    ]);
    expect(eventOf(bench, { person: EVA }, 'Valve')).toMatchObject({ ...moved, isOrganizer: false });
  });

  test('is called off there with a word to those who were invited', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    const { service } = bench.hub.meetings;
    const { meetingId } = accepted(await planIn(bench, dana, { invitees: [account(EVA)] }));
    accepted(await service.cancelMeeting(dana, { meetingId, revision: 1 }));
    expect(bench.fake.calendars.of(ownerOf(dana))).toEqual([]);
    expect(bench.fake.calendars.mails.at(-1)).toMatchObject({ what: 'cancelled', to: 'eva@abc.com' });
    expect(bench.fake.calendars.mails.at(-1)?.comment).toMatch(/cancelled/);
    const alone = accepted(await planIn(bench, dana));
    const asked = bench.fake.requests.length;
    accepted(await service.cancelMeeting(dana, { meetingId: alone.meetingId, revision: 1 }));
    expect(askedIn(bench, asked)).toEqual(['GET /me/events/{id}', 'DELETE /me/events/{id}']);
    const gone = accepted(await planIn(bench, dana));
    bench.fake.calendars.callOff(ownerOf(dana), eventOf(bench, dana));
    accepted(await service.cancelMeeting(dana, { meetingId: gone.meetingId, revision: 1 }));
  });

  test('is its organizer’s alone to change there; the rest of it is anybody’s who runs it [SPEC 10.18]', async () => {
    const bench = await createCalendarBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const { meetingId } = accepted(await planIn(bench, dana, { coOrganizers: [EVA] }));
    const { service } = bench.hub.meetings;
    const change = (changes: Parameters<typeof draftOf>[1]) =>
      service.changeMeeting(eva, {
        ...{ meetingId, revision: 1 },
        draft: draftOf(bench, { coOrganizers: [EVA], ...changes }),
      });
    expect(await change({ title: 'Eva’s' })).toMatchObject({ refusal: { code: 'calendar-of-organizer' } });
    expect(await change({ presenters: [FINN] })).toMatchObject({ refusal: { code: 'calendar-of-organizer' } });
    expect(accepted(await change({ lobby: 'everyone' }))).toMatchObject({ revision: 2, title: 'Pump' });
  });

  test('is refused as changed when it is gone from the calendar, which then cancels it', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = accepted(await planIn(bench, dana));
    bench.fake.calendars.callOff(ownerOf(dana), eventOf(bench, dana));
    const { service } = bench.hub.meetings;
    const draft = draftOf(bench, { title: 'Valve' });
    expect(await service.changeMeeting(dana, { meetingId, revision: 1, draft })).toMatchObject({
      refusal: { code: 'meeting-changed' },
    });
    await readDay(bench, dana);
    expect(accepted(await service.meeting(dana, { meetingId }))).toMatchObject({ cancelled: true, revision: 2 });
  });
});

describe('a calendar that does not take it', () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1736000000"}}}';
  test.each([
    ['busy for long', [tooManyRequests('120')], { code: 'calendar-unavailable', detail: 'throttled' }],
    [
      'broken',
      [graphError(500, 'InternalServerError'), graphError(502, 'BadGateway')],
      { code: 'calendar-unavailable', detail: 'unavailable' },
    ],
    ['not allowed', [graphError(403, 'ErrorAccessDenied')], { code: 'calendar-denied' }],
    ['in want of another sign-in', [claimsChallenge(claims)], { code: 'sign-in-more', claims }],
  ] as const)('leaves nothing behind: %s [SPEC 10.17]', async (_what, answers, refusal) => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    const { service } = bench.hub.meetings;
    const { meetingId } = accepted(await planIn(bench, dana, { title: 'Before' }));
    bench.fake.interject(...answers);
    expect(await planIn(bench, dana)).toEqual({ ok: false, refusal });
    await bench.clock.advance(5 * MINUTE_MS);
    bench.fake.interject(...answers);
    const draft = draftOf(bench, { title: 'After' });
    expect(await service.changeMeeting(dana, { meetingId, revision: 1, draft })).toMatchObject({ refusal });
    await bench.clock.advance(5 * MINUTE_MS);
    bench.fake.interject(...answers);
    expect(await service.cancelMeeting(dana, { meetingId, revision: 1 })).toMatchObject({ refusal });
    const titles = accepted(await service.meetings(dana, {})).map(({ title }) => title);
    expect([titles.includes('Before'), titles.includes('Pump'), titles.includes('After')]).toEqual([
      true,
      false,
      false,
    ]);
    await bench.clock.advance(5 * MINUTE_MS);
    expect(bench.fake.calendars.of(ownerOf(dana)).map(({ subject }) => subject)).toEqual(['Before']);
    expect(accepted(await service.meeting(dana, { meetingId }))).toMatchObject({ revision: 1, cancelled: false });
  });

  test('waits as Graph asks when it is short, and then goes on', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    bench.fake.interject(tooManyRequests('1'));
    const planned = planIn(bench, dana);
    await expect.poll(() => bench.fake.requests.length).toBe(1);
    await idle(bench);
    await bench.clock.advance(1_000);
    expect(accepted(await planned).inCalendar).toBe(true);
  });

  test('made it, but nobody heard: asked again, it is one event and one meeting', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    bench.fake.interject('lost');
    const meeting = accepted(await planIn(bench, dana, { invitees: [account(EVA)] }));
    expect(askedIn(bench)).toEqual(['POST /me/events', 'POST /me/events', 'GET /me/events']);
    expect(eventOf(bench, dana).transactionId).toBe(meeting.meetingId);
    expect(bench.fake.calendars.mails).toHaveLength(1);
  });

  test('is not asked again for what stands in it, by a page that asks again', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    const commandId = randomUUID();
    const { meetingId } = accepted(await planIn(bench, dana, {}, commandId));
    bench.fake.calendars.callOff(ownerOf(dana), eventOf(bench, dana));
    expect(accepted(await planIn(bench, dana, {}, commandId)).meetingId).toBe(meetingId);
    expect(askedIn(bench)).toEqual(['POST /me/events']);
  });

  test('made it, and stayed silent: the next time it is read it is taken back', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    bench.fake.interject('lost', graphError(500, 'InternalServerError'));
    expect(await planIn(bench, dana, { invitees: [account(EVA)] })).toMatchObject({
      refusal: { code: 'calendar-unavailable' },
    });
    expect(bench.fake.calendars.of(ownerOf(dana))).toHaveLength(1);
    // Not while somebody may still be about it.
    await readDay(bench, dana);
    expect(bench.fake.calendars.of(ownerOf(dana))).toHaveLength(1);
    await bench.clock.advance(3 * MINUTE_MS);
    await reopen(bench, dana);
    expect(bench.fake.calendars.of(ownerOf(dana))).toEqual([]);
    expect(bench.fake.calendars.mails.at(-1)).toMatchObject({ to: 'eva@abc.com', what: 'cancelled' });
    const asked = bench.fake.requests.length;
    await reopen(bench, dana);
    expect(askedIn(bench, asked)).toEqual(['GET /me/calendarView']);
  });

  test('and the same request, asked again by the page, makes of it what was meant', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    const commandId = randomUUID();
    bench.fake.interject('lost', graphError(500, 'InternalServerError'));
    expect(await planIn(bench, dana, {}, commandId)).toMatchObject({ ok: false });
    expect(accepted(await planIn(bench, dana, {}, commandId)).inCalendar).toBe(true);
    expect(bench.fake.calendars.of(ownerOf(dana))).toHaveLength(1);
    await bench.clock.advance(3 * MINUTE_MS);
    await readDay(bench, dana);
    expect(bench.fake.calendars.of(ownerOf(dana))).toHaveLength(1);
  });

  test('because there is no mailbox: the hub keeps the meeting, and the desk invites', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    bench.fake.calendars.withoutMailbox.add(ownerOf(dana));
    expect(accepted(await planIn(bench, dana)).inCalendar).toBe(false);
    expect(await readDay(bench, dana)).toEqual({ state: 'none', entries: [], refusal: null });
  });
});
