import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { applyAll } from '../../../src/domain/call/apply.ts';
import { initialCall } from '../../../src/domain/call/initial.ts';
import { AUDIO, accepted, type Bench, cameIn, createBench, DANA, EVA, type Page, TID } from '../support/hub-bench.ts';
import { decide, knock, leave, MINUTE_MS, newcomer, oneTimeCall, placesOf } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

const HOUR_MS = 60 * MINUTE_MS;

const stateOf = async (bench: Bench, page: Page, meetingId: string) =>
  accepted(await bench.hub.meetings.service.meeting(page, { meetingId })).oneTime;

/** An agent and the customer, in the call. */
async function inCall(bench: Bench) {
  const dana = await bench.arrive(DANA);
  const { meeting, url } = await oneTimeCall(bench, dana);
  const { meetingId } = meeting;
  const { callId } = cameIn(await knock(bench, dana, meetingId));
  const who = newcomer(meetingId);
  const chris = await bench.visit(who, 'phone');
  accepted(await knock(bench, chris, meetingId));
  accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
  cameIn(await knock(bench, chris, meetingId));
  return { dana, chris, who, meetingId, callId, url };
}

describe('a one-time call', () => {
  test('is in the agent’s list at once, with the usual title, and its link leads to it [SPEC 11.1]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meeting, url } = await oneTimeCall(bench, dana);
    expect(meeting).toMatchObject({ kind: 'oneTime', title: 'EventTitle', oneTime: 'waiting', joinable: true });
    expect(meeting.linkExpiresAtMs).toBe(meeting.endMs + 24 * HOUR_MS);
    const listed = accepted(await bench.hub.meetings.service.meetings(dana, {}));
    expect(listed.map(({ meetingId }) => meetingId)).toContain(meeting.meetingId);
    const token = url.split('/').at(-1) ?? '';
    expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(await bench.hub.meetings.links.open(token)).toEqual({ tid: TID, meetingId: meeting.meetingId });
    expect(await bench.hub.meetings.links.open(token.replace(/.$/, token.endsWith('A') ? 'B' : 'A'))).toBeNull();
    expect(JSON.stringify(await bench.store.meetings.get(meeting.meetingId))).not.toContain(token);
  });

  test('made again by the same request is the same one', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const request = { commandId: randomUUID(), title: 'Oven', zone: 'UTC', durationMin: 30 };
    const [one, other] = [
      accepted(await bench.hub.meetings.service.createOneTimeCall(dana, request)),
      accepted(await bench.hub.meetings.service.createOneTimeCall(dana, request)),
    ];
    expect(other.meeting.meetingId).toBe(one.meeting.meetingId);
    expect(other.url).not.toBe(one.url);
  });

  test('shows the state of its link: waiting, in the lobby, in the call, ended', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = (await oneTimeCall(bench, dana)).meeting;
    const chris = await bench.visit(newcomer(meetingId));
    accepted(await knock(bench, chris, meetingId));
    expect(await stateOf(bench, dana, meetingId)).toBe('inLobby');
    accepted(await decide(bench, dana, { type: 'deny', meetingId, person: chris.person }));
    expect(await stateOf(bench, dana, meetingId)).toBe('waiting');
    const other = await inCall(bench);
    expect(await stateOf(bench, dana, other.meetingId)).toBe('inCall');
    await leave(bench, other.chris, other.callId);
    expect(await stateOf(bench, dana, other.meetingId)).toBe('ended');
  });

  test.each(['ended', 'revoked'] as const)('that is %s is not offered to be joined, on no page', async (how) => {
    const bench = await createBench();
    const { dana, meetingId, callId } = await inCall(bench);
    if (how === 'ended') await leave(bench, dana, callId);
    else accepted(await bench.hub.meetings.service.cancelMeeting(dana, { meetingId, revision: 1 }));
    await settle();
    const headset = await bench.arrive(DANA, 'headset');
    for (const page of [dana, headset]) {
      const listed = accepted(await bench.hub.meetings.service.meetings(page, {}));
      expect(listed.filter((one) => one.meetingId === meetingId && one.joinable)).toEqual([]);
    }
  });

  test.each(['customer', 'agent'] as const)(
    'is over for both, for good, when the %s ends it [SPEC 11.8]',
    async (who) => {
      const bench = await createBench();
      const { dana, chris, meetingId, callId } = await inCall(bench);
      await leave(bench, who === 'agent' ? dana : chris, callId);
      expect((who === 'agent' ? chris : dana).call(callId).phase).toBe('ended');
      expect(bench.hub.log.open.get(callId)).toBeUndefined();
      for (const page of [dana, chris]) {
        expect(await knock(bench, page, meetingId)).toMatchObject({ refusal: { code: 'call-over' } });
      }
    },
  );

  test('has no place for a third; who waited beside the customer hears that it is full [SPEC 11.8]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = (await oneTimeCall(bench, dana)).meeting;
    const [chris, sam] = [await bench.visit(newcomer(meetingId)), await bench.visit(newcomer(meetingId, 'Sam'))];
    accepted(await knock(bench, chris, meetingId));
    accepted(await knock(bench, sam, meetingId));
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
    expect(placesOf(sam).at(-1)).toEqual({ meetingId, state: 'turnedAway', code: 'one-time-full' });
    expect(await knock(bench, sam, meetingId)).toMatchObject({ refusal: { code: 'one-time-full' } });
    const eva = await bench.arrive(EVA);
    expect(await knock(bench, eva, meetingId)).toMatchObject({ refusal: { code: 'not-found' } });
  });

  test('takes its agent on two devices as one [SPEC 10.12]', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId, callId } = await inCall(bench);
    const headset = await bench.arrive(DANA, 'headset');
    expect(cameIn(await knock(bench, headset, meetingId)).callId).toBe(callId);
    expect(dana.count('replaced')).toBe(1);
    expect(chris.call(callId).participants[DANA]?.device?.kind).toBe('headset');
  });

  test('takes the customer back within a minute without a new admission [SPEC 11.6]', async () => {
    const bench = await createBench();
    const { dana, chris, who, meetingId, callId } = await inCall(bench);
    bench.hub.departed(chris);
    await bench.clock.advance(50_000);
    const back = await bench.visit(who, 'phone');
    expect(cameIn(await knock(bench, back, meetingId)).callId).toBe(callId);
    bench.hub.departed(back);
    await bench.clock.advance(70_000);
    expect(dana.call(callId).phase).toBe('ended');
    expect(await stateOf(bench, dana, meetingId)).toBe('ended');
    const late = await bench.visit(who, 'phone');
    expect(await knock(bench, late, meetingId)).toMatchObject({ refusal: { code: 'call-over' } });
  });

  test.each(['join', 'phone', 'desk'] as const)(
    'leaves no history to a customer with a sign-in, on a %s page neither [SPEC 11.8]',
    async (kind) => {
      const bench = await createBench();
      const dana = await bench.arrive(DANA);
      const { meeting, url } = await oneTimeCall(bench, dana);
      const { meetingId } = meeting;
      const { callId } = cameIn(await knock(bench, dana, meetingId));
      const eva = await bench.arrive(EVA, kind);
      const link = url.split('/').at(-1) ?? '';
      const ask = () => bench.hub.calls.joinMeeting(eva, { commandId: randomUUID(), meetingId, media: AUDIO, link });
      expect(accepted(await ask())).toMatchObject({ state: 'waiting' });
      accepted(await decide(bench, dana, { type: 'admit', meetingId, person: EVA }));
      expect(cameIn(await ask()).events.length).toBeGreaterThan(1);
      bench.hub.departed(eva);
      await leave(bench, dana, callId);
      const again = await bench.arrive(EVA, kind, eva.device.id);
      for (const afterSeq of [0, 2]) {
        const { events } = accepted(await bench.hub.calls.resume(again, { callId, afterSeq }));
        expect(events.map(({ seq, event }) => [seq - afterSeq, event.type])).toEqual([
          [1, 'left'],
          [2, 'ended'],
        ]);
        const had = initialCall(callId);
        expect(applyAll({ ...had, seq: afterSeq }, events).phase).toBe('ended');
      }
      const agents = accepted(await bench.hub.calls.resume(dana, { callId, afterSeq: 0 }));
      expect(agents.events.map(({ event }) => event.type)).toContain('joined');
    },
  );

  test.each(['ended', 'revoked', 'expired'] as const)(
    'that is %s stands under Join Meeting no more, neither on the headset nor at the desk [SPEC 10.2]',
    async (how) => {
      const bench = await createBench();
      const { service } = bench.hub.meetings;
      const listed = async (page: Page, meetingId: string) =>
        accepted(await service.meetings(page, {})).find((one) => one.meetingId === meetingId);
      const { dana, meetingId, callId } =
        how === 'ended'
          ? await inCall(bench)
          : await bench.arrive(DANA).then(async (page) => {
              const { meeting } = await oneTimeCall(bench, page);
              return { dana: page, meetingId: meeting.meetingId, callId: '' };
            });
      const headset = await bench.arrive(DANA, 'headset');
      expect([await listed(dana, meetingId), await listed(headset, meetingId)]).toMatchObject([
        { joinable: true },
        { joinable: true },
      ]);
      if (how === 'ended') await leave(bench, dana, callId);
      if (how === 'revoked') accepted(await service.revokeLink(dana, { meetingId }));
      if (how === 'expired') await bench.clock.advance(25 * HOUR_MS);
      expect(await listed(headset, meetingId)).toBeUndefined();
      expect(accepted(await service.meeting(dana, { meetingId }))).toMatchObject({ joinable: false, oneTime: how });
    },
  );

  test('can be joined by its agent after its time, too, once the customer waits [SPEC 10.2]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = (await oneTimeCall(bench, dana)).meeting;
    await bench.clock.advance(2 * HOUR_MS);
    const details = async () => accepted(await bench.hub.meetings.service.meeting(dana, { meetingId }));
    expect((await details()).joinable).toBe(false);
    accepted(await knock(bench, await bench.visit(newcomer(meetingId)), meetingId));
    expect(await details()).toMatchObject({ joinable: true, oneTime: 'inLobby' });
  });

  test('is not over when its agent leaves while the customer still waits', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = (await oneTimeCall(bench, dana)).meeting;
    const { callId } = cameIn(await knock(bench, dana, meetingId));
    const chris = await bench.visit(newcomer(meetingId));
    accepted(await knock(bench, chris, meetingId));
    await leave(bench, dana, callId);
    expect(placesOf(chris).at(-1)).toMatchObject({ state: 'waiting' });
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
    cameIn(await knock(bench, chris, meetingId));
  });

  test('that is revoked or expired turns away who waits, and who comes later [SPEC 11.9]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const [one, other] = [(await oneTimeCall(bench, dana)).meeting, (await oneTimeCall(bench, dana)).meeting];
    const chris = await bench.visit(newcomer(one.meetingId));
    accepted(await knock(bench, chris, one.meetingId));
    const { service } = bench.hub.meetings;
    expect(accepted(await service.revokeLink(dana, { meetingId: one.meetingId })).oneTime).toBe('revoked');
    expect(placesOf(chris).at(-1)).toMatchObject({ state: 'turnedAway', code: 'link-revoked' });
    expect(await knock(bench, chris, one.meetingId)).toMatchObject({ refusal: { code: 'link-revoked' } });
    await bench.clock.advance(24 * HOUR_MS + 29 * MINUTE_MS);
    const late = await bench.visit(newcomer(other.meetingId));
    accepted(await knock(bench, late, other.meetingId));
    await bench.clock.advance(MINUTE_MS + 10);
    expect(placesOf(late).at(-1)).toMatchObject({ state: 'turnedAway', code: 'link-expired' });
    expect(await stateOf(bench, dana, other.meetingId)).toBe('expired');
    expect(await knock(bench, late, other.meetingId)).toMatchObject({ refusal: { code: 'link-expired' } });
  });

  test('lets its signed-out customer draw nothing, and its agent everything [SPEC 10.14]', async () => {
    const bench = await createBench();
    const { dana, chris, callId } = await inCall(bench);
    const mark = {
      commandId: randomUUID(),
      callId,
      command: {
        type: 'mark',
        markId: randomUUID(),
        target: DANA,
        frame: { frameId: 1, captureTimeMs: 1, spaceEpoch: 1 },
        mark: { shape: 'arrow', colour: 'red', points: [[0.1, 0.1]], aspect: 1 },
      },
    } as const;
    expect(await bench.hub.calls.command(chris, mark)).toMatchObject({ refusal: { code: 'one-time-no-drawing' } });
    expect(await bench.hub.calls.command(dana, mark)).toMatchObject({ refusal: { code: 'headset-gone' } });
    const add = { commandId: randomUUID(), callId, to: EVA };
    expect(await bench.hub.calls.add(chris, add)).toMatchObject({ ok: false });
    const screen = { ...AUDIO, video: 'screen' } as const;
    accepted(await bench.hub.calls.command(chris, { ...mark, command: { type: 'setMedia', media: screen } }));
  });
});
