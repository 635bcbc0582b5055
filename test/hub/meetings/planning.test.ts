import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { apart, applyTo } from '../support/bench-policies.ts';
import { accepted, createBench, DANA, EVA, FINN, GIL, OLGA } from '../support/hub-bench.ts';
import { draftOf, MINUTE_MS, plan } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

const account = (person: string) => ({ kind: 'account', person }) as const;
const mail = (address: string) => ({ kind: 'mail', mail: address }) as const;

describe('planning a meeting', () => {
  test('puts it into the lists of those it names, and of nobody else [SPEC 10.2]', async () => {
    const bench = await createBench();
    const [dana, eva, finn, olga] = [
      await bench.arrive(DANA),
      await bench.arrive(EVA),
      await bench.arrive(FINN),
      await bench.arrive(OLGA),
    ];
    const invitees = [mail('Eva@ABC.com'), mail('olga@contoso1.com')];
    const { meetingId, draft } = await plan(bench, dana, { invitees });
    expect(draft.invitees).toEqual([mail('eva@abc.com'), mail('olga@contoso1.com')]);
    const isListed = async (page: typeof dana) =>
      accepted(await bench.hub.meetings.service.meetings(page, {})).some((one) => one.meetingId === meetingId);
    expect([await isListed(dana), await isListed(eva), await isListed(olga), await isListed(finn)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    await settle();
    const told = () => [dana, eva, olga, finn].map((page) => page.count('listsChanged'));
    expect(told()).toEqual([1, 1, 1, 0]);
    const named = await plan(bench, dana, { invitees: [account(EVA), mail('olga@contoso1.com')] });
    await settle();
    expect(told()).toEqual([2, 2, 2, 0]);
    const { service } = bench.hub.meetings;
    expect(accepted(await service.meeting(eva, { meetingId: named.meetingId }))).toMatchObject({
      organizer: 'Dana Okafor',
      may: { edit: false, cancel: false, admit: false, invite: true, send: false, add: true },
    });
  });

  test('tells a headset of what it can join now, never of meetings to meet at once [SPEC 10.2]', async () => {
    const bench = await createBench();
    const [dana, headset] = [await bench.arrive(DANA), await bench.arrive(DANA, 'headset')];
    const nowMs = bench.clock.nowMs();
    const soon = await plan(bench, dana, { startMs: nowMs + 15 * MINUTE_MS, endMs: nowMs + 30 * MINUTE_MS });
    const later = await plan(bench, dana, { startMs: nowMs + 16 * MINUTE_MS, endMs: nowMs + 30 * MINUTE_MS });
    const { service } = bench.hub.meetings;
    const now = accepted(await service.meetNow(dana, { commandId: randomUUID(), title: 'Now', zone: 'UTC' }));
    const ids = async (page: typeof dana) =>
      accepted(await service.meetings(page, {})).map(({ meetingId }) => meetingId);
    const all = [soon.meetingId, later.meetingId, now.meeting.meetingId];
    const onDesk = await ids(dana);
    expect(all.filter((id) => !onDesk.includes(id))).toEqual([]);
    const onHeadset = await ids(headset);
    expect(all.filter((id) => onHeadset.includes(id))).toEqual([soon.meetingId]);
  });

  test('is refused with what is wrong first, and says all of it when asked [SPEC 10.11]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { service } = bench.hub.meetings;
    const draft = draftOf(bench, { title: ' ', zone: 'Mars/Base', invitees: [mail('nonsense')] });
    expect(await service.planMeeting(dana, { commandId: randomUUID(), draft })).toMatchObject({
      refusal: { code: 'meeting-invalid', detail: 'title-missing' },
    });
    const check = accepted(await service.checkMeeting(dana, { meetingId: null, draft }));
    expect(check.problems.map(({ kind }) => kind)).toEqual(['title-missing', 'zone-unknown', 'address-malformed']);
    const gil = await bench.arrive(GIL);
    expect(await service.planMeeting(gil, { commandId: randomUUID(), draft: draftOf(bench) })).toMatchObject({
      refusal: { code: 'meeting-invalid', detail: 'organizer-not-member' },
    });
  });

  test('warns of outsiders for whom nobody would be at a desk', async () => {
    const bench = await createBench();
    const people = await bench.store.people.list(DANA.split(':')[0] ?? '');
    const asWorker = people.map((one) => (one.key === DANA ? ({ ...one, usually: 'headset' } as const) : one));
    const dana = await bench.arrive(DANA);
    const { service } = bench.hub.meetings;
    const warnings = async (invitees: readonly ReturnType<typeof mail | typeof account>[]) =>
      accepted(await service.checkMeeting(dana, { meetingId: null, draft: draftOf(bench, { invitees }) }))
        .warnings.map(({ kind }) => kind)
        .filter((kind) => kind === 'nobody-to-admit');
    expect(await warnings([mail('chris@example.com')])).toEqual([]);
    await bench.replacePeople(DANA.split(':')[0] ?? '', asWorker);
    expect(await warnings([mail('chris@example.com')])).toEqual(['nobody-to-admit']);
    expect(await warnings([account(EVA)])).toEqual([]);
  });

  test('takes whoever has worn a headset in these months for one who will, though they plan at a desk', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const warnings = async () => {
      const draft = draftOf(bench, { invitees: [mail('chris@example.com')] });
      const { problems, warnings: all } = accepted(
        await bench.hub.meetings.service.checkMeeting(dana, { meetingId: null, draft }),
      );
      expect(problems).toEqual([]);
      return all.filter(({ kind }) => kind === 'nobody-to-admit');
    };
    expect(await warnings()).toEqual([]);
    await bench.arrive(DANA, 'headset');
    await settle();
    expect(await warnings()).toMatchObject([{ kind: 'nobody-to-admit' }]);
    await bench.clock.advance(91 * 24 * 60 * MINUTE_MS);
    expect(await warnings()).toEqual([]);
  });

  test('refuses people who may not be in one meeting with each other', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    await applyTo(bench, apart([EVA], [FINN]));
    const draft = draftOf(bench, { invitees: [account(EVA), account(FINN)] });
    const { service } = bench.hub.meetings;
    expect(await service.planMeeting(dana, { commandId: randomUUID(), draft })).toMatchObject({ ok: false });
    accepted(
      await service.planMeeting(dana, { commandId: randomUUID(), draft: { ...draft, invitees: [account(EVA)] } }),
    );
  });

  test('is changed from the revision that was seen, by those who run it [SPEC 10.11]', async () => {
    const bench = await createBench();
    const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
    const { meetingId } = await plan(bench, dana, { coOrganizers: [EVA], invitees: [account(FINN)] });
    const { service } = bench.hub.meetings;
    const change = (page: typeof dana, revision: number, title: string) =>
      service.changeMeeting(page, { meetingId, revision, draft: draftOf(bench, { title, coOrganizers: [EVA] }) });
    expect(await change(finn, 1, 'Finn’s')).toMatchObject({ refusal: { code: 'organizer-only' } });
    expect(accepted(await change(eva, 1, 'Eva’s'))).toMatchObject({ title: 'Eva’s', revision: 2 });
    expect(await change(dana, 1, 'Dana’s')).toMatchObject({ refusal: { code: 'meeting-changed' } });
    expect(await service.cancelMeeting(eva, { meetingId, revision: 2 })).toMatchObject({
      refusal: { code: 'organizer-only' },
    });
    expect(accepted(await service.cancelMeeting(dana, { meetingId, revision: 2 }))).toMatchObject({
      cancelled: true,
      may: { edit: false, cancel: false },
    });
  });

  test('goes by the hub’s own rules of time at its door, whatever a page’s clock shows [SPEC 10.1]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const startMs = bench.clock.nowMs() + 20 * MINUTE_MS;
    const { meetingId } = await plan(bench, dana, { startMs, endMs: startMs + 30 * MINUTE_MS });
    const join = () =>
      bench.hub.calls.joinMeeting(dana, {
        ...{ commandId: randomUUID(), meetingId },
        media: { audio: true, video: 'off', problem: 'none' },
      });
    expect(await join()).toMatchObject({ refusal: { code: 'meeting-not-joinable' } });
    await bench.clock.advance(5 * MINUTE_MS);
    accepted(await join());
  });
});
