import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createMailer, type Mail } from '../../../src/hub/meetings/mailer.ts';
import { startMailServer } from '../../support/mail-server.ts';
import { accepted, createBench, DANA, EVA, FINN, GIL } from '../support/hub-bench.ts';
import { draftOf, oneTimeCall, plan } from '../support/meeting-bench.ts';

/** Lines of an iCalendar file as they are before they were folded (RFC 5545, 3.1). */
const unfolded = (ics: string): readonly string[] => ics.replaceAll(/\r\n[ \t]/g, '').split('\r\n');

/** A bench whose mails are kept instead of sent. */
async function sendingBench() {
  const sent: Mail[] = [];
  const send = async (mail: Mail): Promise<void> => void sent.push(mail);
  return { bench: await createBench(undefined, {}, { send, close: () => {} }), sent };
}

describe('an invitation', () => {
  test('says when and where, and is an event that calendars accept', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const startMs = Date.UTC(2026, 2, 29, 13);
    const { meetingId } = await plan(bench, dana, {
      ...{ title: 'Pump; P-201, “hot”', startMs, endMs: startMs + 3_600_000, zone: 'Europe/Berlin' },
      invitees: [
        { kind: 'account', person: EVA },
        { kind: 'mail', mail: 'chris@example.com' },
      ],
    });
    const { service, links } = bench.hub.meetings;
    const written = accepted(await service.invitation(dana, { meetingId }));
    expect(written).toMatchObject({ canSend: false, recipients: ['eva@abc.com', 'chris@example.com'] });
    expect(written.text).toContain('Sunday, 29 March 2026, 15:00–16:00 (Europe/Berlin)');
    const url = written.url ?? '';
    expect(written.text).toContain(url);
    expect(await links.open(url.split('/').at(-1) ?? '')).toMatchObject({ meetingId });
    const lines = unfolded(written.ics);
    for (const line of [
      'BEGIN:VCALENDAR',
      'METHOD:REQUEST',
      `UID:${meetingId}@localhost`,
      'SEQUENCE:0',
      'DTSTART:20260329T130000Z',
      'DTEND:20260329T140000Z',
      'SUMMARY:Pump\\; P-201\\, “hot”',
      'STATUS:CONFIRMED',
      'END:VCALENDAR',
    ]) {
      expect(lines).toContain(line);
    }
    // Whoever gets the file learns of nobody else who is invited.
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
    expect(lines.find((line) => line.startsWith('ORGANIZER'))).toMatch(/dana@abc\.com/i);
    for (const line of written.ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  test('to a one-time call explains to a customer what to do, and is its agent’s alone', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const { meetingId } = (await oneTimeCall(bench, dana)).meeting;
    const written = accepted(await bench.hub.meetings.service.invitation(dana, { meetingId }));
    expect(written.subject).toBe('Video call with ABC');
    expect(written.text).toMatch(/Dana Okafor of ABC[\s\S]*The link works once/);
    expect(await bench.hub.meetings.service.invitation(eva, { meetingId })).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  test('is sent to each by a mail of their own, with the words as they were changed', async () => {
    const mail = await startMailServer();
    onTestFinished(mail.close);
    const mailer = createMailer({ smtpUrl: mail.url, from: 'Sightline <assist@abc.com>' });
    onTestFinished(() => mailer.close());
    const bench = await createBench(undefined, {}, mailer);
    const dana = await bench.arrive(DANA);
    const { meetingId } = await plan(bench, dana, {
      invitees: ['chris@example.com', 'sam@example.com', 'x@refused.example'].map((one) => ({
        kind: 'mail',
        mail: one,
      })),
    });
    const to = ['chris@example.com', 'Chris@Example.com', 'sam@example.com', 'x@refused.example'];
    const order = { meetingId, text: 'In my own words.', to };
    expect(accepted(await bench.hub.meetings.service.sendInvitation(dana, order))).toEqual({
      sent: 2,
      failed: ['x@refused.example'],
    });
    const bySend = mail.received.map(({ from, to: one }) => [from, one]).toSorted();
    expect(bySend).toEqual([
      ['assist@abc.com', 'chris@example.com'],
      ['assist@abc.com', 'sam@example.com'],
    ]);
    const { data = '' } = mail.received.find(({ to: one }) => one === 'chris@example.com') ?? {};
    expect(data).toContain('In my own words.');
    expect(data).toMatch(/^Reply-To: Dana Okafor <dana@abc\.com>$/m);
    expect(data).toMatch(/text\/calendar;[^\n]*(?:\n[ \t][^\n]*)*method=REQUEST/);
    expect(data).not.toContain('sam@example.com');
    expect(bench.failures).toHaveLength(1);
  });

  test('is not sent where there is no mail server, nor by whoever may not invite, nor to what is no address', async () => {
    const bench = await createBench();
    const [dana, finn] = [await bench.arrive(DANA), await bench.arrive(FINN)];
    const { service } = bench.hub.meetings;
    const { meetingId } = await plan(bench, dana);
    const order = { meetingId, text: null, to: ['a@b.com'] };
    expect(await service.sendInvitation(dana, order)).toMatchObject({ refusal: { code: 'not-allowed' } });
    expect(await service.sendInvitation(finn, order)).toMatchObject({ refusal: { code: 'not-found' } });
    const sending = await createBench(undefined, {}, { send: async () => {}, close: () => {} });
    const again = await sending.arrive(DANA);
    const mine = accepted(
      await sending.hub.meetings.service.planMeeting(again, { commandId: randomUUID(), draft: draftOf(sending) }),
    );
    const bad = { meetingId: mine.meetingId, text: null, to: ['a@b.com\r\nBcc: all@b.com'] };
    expect(await sending.hub.meetings.service.sendInvitation(again, bad)).toMatchObject({
      refusal: { code: 'meeting-invalid', detail: 'not-invited' },
    });
  });

  test('goes out in the company’s name to invitees alone, by those who run the meeting, who get the answers [SPEC 10.16]', async () => {
    const { bench, sent } = await sendingBench();
    const [dana, eva, gil] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(GIL)];
    const { meetingId } = await plan(bench, dana, {
      presenters: [EVA],
      invitees: [
        { kind: 'account', person: GIL },
        { kind: 'mail', mail: 'chris@example.com' },
      ],
    });
    const { service } = bench.hub.meetings;
    const order = { meetingId, text: 'Click here', to: ['victim@bank.example'] };
    expect(await service.sendInvitation(dana, order)).toMatchObject({ refusal: { detail: 'not-invited' } });
    const invited = { ...order, to: ['chris@example.com'] };
    expect(await service.sendInvitation(gil, invited)).toMatchObject({ refusal: { code: 'organizer-only' } });
    expect(await service.joinLink(gil, { meetingId })).toMatchObject({ refusal: { code: 'organizer-only' } });
    expect(sent).toEqual([]);
    accepted(await service.sendInvitation(eva, invited));
    expect(sent.map(({ to, replyTo }) => [to, replyTo.address])).toEqual([['chris@example.com', 'eva@abc.com']]);
  });

  test('names each recipient to nobody but themselves', async () => {
    const { bench, sent } = await sendingBench();
    const dana = await bench.arrive(DANA);
    const to = ['chris@example.com', 'sam@example.com'];
    const { meetingId } = await plan(bench, dana, { invitees: to.map((mail) => ({ kind: 'mail', mail })) });
    accepted(await bench.hub.meetings.service.sendInvitation(dana, { meetingId, text: null, to }));
    for (const { to: one, ics } of sent) {
      const attendees = unfolded(ics).filter((line) => line.startsWith('ATTENDEE'));
      expect(attendees).toHaveLength(1);
      expect(attendees[0]?.toLowerCase()).toContain(one);
    }
  });

  test('of a cancelled meeting says so, takes it out of calendars, and has no link', async () => {
    const { bench, sent } = await sendingBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = await plan(bench, dana, { invitees: [{ kind: 'mail', mail: 'chris@example.com' }] });
    const { service } = bench.hub.meetings;
    const cancelled = accepted(await service.cancelMeeting(dana, { meetingId, revision: 1 }));
    expect(cancelled.may).toMatchObject({ invite: false, send: true });
    const written = accepted(await service.invitation(dana, { meetingId }));
    expect(written).toMatchObject({ url: null, subject: 'Cancelled: Pump' });
    expect(written.text).toContain('has cancelled this meeting');
    accepted(await service.sendInvitation(dana, { meetingId, text: null, to: ['chris@example.com'] }));
    expect(sent.map(({ method }) => method)).toEqual(['CANCEL']);
    const lines = unfolded(sent[0]?.ics ?? '');
    for (const line of ['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:1', `UID:${meetingId}@localhost`]) {
      expect(lines).toContain(line);
    }
    expect(lines.join()).not.toContain('/join/');
  });

  test('does not ask a mail server that is away again for each of the others', async () => {
    let asked = 0;
    const away = Object.assign(new Error('connect'), { code: 'ECONNECTION' });
    const bench = await createBench(
      undefined,
      {},
      {
        send: () => {
          asked += 1;
          return Promise.reject(away);
        },
        close: () => {},
      },
    );
    const dana = await bench.arrive(DANA);
    const to = Array.from({ length: 40 }, (_, n) => `chris${n}@example.com`);
    const { meetingId } = await plan(bench, dana, { invitees: to.map((mail) => ({ kind: 'mail', mail })) });
    const order = { meetingId, text: null, to };
    expect(await bench.hub.meetings.service.sendInvitation(dana, order)).toMatchObject({
      refusal: { code: 'internal' },
    });
    expect(asked).toBeLessThanOrEqual(5);
  });

  test('can be made by those who run the meeting when others have used up the links', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const { meetingId } = await plan(bench, dana, { invitees: [{ kind: 'account', person: EVA }] });
    const { service } = bench.hub.meetings;
    for (let made = 0; made < 100; made += 1) accepted(await service.joinLink(eva, { meetingId }));
    expect(await service.joinLink(eva, { meetingId })).toMatchObject({ refusal: { code: 'too-many-links' } });
    accepted(await service.invitation(dana, { meetingId }));
  });
});
