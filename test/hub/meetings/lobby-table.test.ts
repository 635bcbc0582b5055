import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import { type Invitee, LOBBY_MODES, MEETING_CLASSES, type MeetingClass } from '../../../src/domain/meeting/model.ts';
import { LOBBY_TABLE } from '../../domain/meeting/lobby-table.ts';
import { answered, askToJoin, comeIn, comer, decideFor, leaveCall, planWith, tryDoor } from '../support/door-bench.ts';
import { DANA, EVA, FINN, GIL, OLGA } from '../support/hub-bench.ts';
import { knockAt, look } from '../support/join-bench.ts';
import { type Client, createWireBench, until, type WireBench } from '../support/wire-bench.ts';

/** The published table of the lobby through a hub on a real socket, with the official client on the other side. */
let bench: WireBench;
let dana: Client;
beforeAll(async () => {
  bench = await createWireBench();
  dana = await bench.connect(DANA);
});
beforeEach(() => decideFor(bench));
afterAll(() => bench.close());

const ALL_INVITED: readonly Invitee[] = [
  ...[FINN, GIL].map((person) => ({ kind: 'account', person }) as const),
  { kind: 'mail', mail: 'olga@contoso1.com' },
];

const waitingAt = async (meetingId: string): Promise<readonly PersonKey[]> =>
  (await bench.hub.meetings.doors.state({ tid: '', meetingId })).waiting.map(({ caller }) => caller.person);

/** While somebody verified is in the meeting. */
async function withEvaInside(meeting: Parameters<typeof comeIn>[1], work: () => Promise<void>): Promise<void> {
  const eva = await bench.connect(EVA);
  const callId = await comeIn(eva, meeting);
  await work();
  await leaveCall(eva, callId);
}

describe('who bypasses the lobby', () => {
  const cells = LOBBY_MODES.flatMap((lobby) =>
    MEETING_CLASSES.map((as, at) => ({ lobby, as, expected: LOBBY_TABLE[lobby][at] ?? '' })),
  );
  test.each(cells)('under $lobby: $as is $expected', async ({ lobby, as, expected }) => {
    const meeting = await planWith(dana, { lobby, coOrganizers: [EVA] });
    const client = await comer(bench, as, meeting);
    if (as === 'organizer') return expect(await tryDoor(client, meeting)).toBe(expected);
    await withEvaInside(meeting, async () => expect(await tryDoor(client, meeting)).toBe(expected));
  });

  test.each([
    ['member', 'in'],
    ['guest', 'in'],
    ['federated', 'in'],
    ['anonymous', 'lobby'],
  ] as const)('under invited: an invited %s is %s', async (as, expected) => {
    const meeting = await planWith(dana, { lobby: 'invited', invitees: ALL_INVITED });
    expect(await tryDoor(await comer(bench, as, meeting), meeting)).toBe(expected);
  });

  test('under everyone, anonymous people wait until somebody verified has joined, and then come in by themselves (1)', async () => {
    const meeting = await planWith(dana, { lobby: 'everyone' });
    const [chris, sam] = [await comer(bench, 'anonymous', meeting), await comer(bench, 'anonymous', meeting)];
    expect(await tryDoor(sam, meeting)).toBe('lobby');
    expect(answered(await askToJoin(chris, meeting))).toMatchObject({ state: 'waiting' });
    const federated = await comer(bench, 'federated', meeting);
    const callId = await comeIn(federated, meeting);
    await until(() => chris.heard('lobbyPlace').at(-1)?.state === 'admitted');
    expect(await comeIn(chris, meeting)).toBe(callId);
    await leaveCall(federated, callId);
  });

  test('unless anonymous people may start a meeting (1)', async () => {
    await decideFor(bench, { anonymousCanStart: true });
    const meeting = await planWith(dana, { lobby: 'everyone' });
    expect(await tryDoor(await comer(bench, 'anonymous', meeting), meeting)).toBe('in');
  });

  test('under invited, a signed-in invitee of a company that is not trusted comes in (2)', async () => {
    const meeting = await planWith(dana, { lobby: 'invited', invitees: ALL_INVITED });
    const other = await planWith(dana, { lobby: 'invited' });
    await decideFor(bench, {}, { external: { enabled: true, mode: { kind: 'none' } } });
    const olga = await comer(bench, 'federated', meeting);
    expect(await tryDoor(olga, meeting)).toBe('in');
    expect(await tryDoor(olga, other)).toBe('lobby');
  });

  test('a signed-in person of a company that is not trusted is anonymous in every row', async () => {
    await decideFor(bench, {}, { external: { enabled: true, mode: { kind: 'none' } } });
    const olga = await bench.connect(OLGA, { kind: 'join', claims: { roles: [] } });
    for (const lobby of LOBBY_MODES) {
      const meeting = await planWith(dana, { lobby });
      expect([lobby, await tryDoor(olga, meeting)]).toEqual([lobby, 'lobby']);
      await decideFor(bench, { anonymousJoin: false }, { external: { enabled: true, mode: { kind: 'none' } } });
      expect([lobby, await tryDoor(olga, meeting)]).toEqual([lobby, 'anonymous-off']);
      await decideFor(bench, {}, { external: { enabled: true, mode: { kind: 'none' } } });
    }
  });
});

describe('the two switches of anonymous people', () => {
  test.each([
    [true, true, 'in'],
    [true, false, 'anonymous-off'],
    [false, true, 'anonymous-off'],
    [false, false, 'anonymous-off'],
  ] as const)(
    'the company’s %s, the organizer’s %s: %s, never parked',
    async (anonymousJoin, anonymousAllowed, expected) => {
      const meeting = await planWith(dana, { lobby: 'everyone', coOrganizers: [EVA] });
      const chris = await comer(bench, 'anonymous', meeting);
      await decideFor(bench, { anonymousJoin });
      const details = answered(await dana.invoke('meeting', { meetingId: meeting.meetingId }));
      const draft = { ...details.draft, anonymousAllowed };
      answered(await dana.invoke('changeMeeting', { meetingId: meeting.meetingId, revision: 1, draft }));
      await withEvaInside(meeting, async () => expect(await tryDoor(chris, meeting)).toBe(expected));
      const closed = expected === 'in' ? null : expected;
      expect(await look(bench, meeting.token)).toMatchObject({ closed });
      if (closed !== null) expect((await knockAt(bench, { token: meeting.token, name: 'Sam' })).status).toBe(403);
    },
  );
});

describe('guest access that is off', () => {
  test.each(LOBBY_MODES)('denies guests under %s, and parks none', async (lobby) => {
    const meeting = await planWith(dana, { lobby, invitees: ALL_INVITED });
    const gil = await comer(bench, 'guest', meeting);
    await decideFor(bench, {}, { guests: { enabled: false, reach: 'tenant' } });
    expect(await tryDoor(gil, meeting)).toBe('guest-access-off');
    const headers = { Authorization: `Bearer ${await bench.token(GIL)}` };
    expect(await look(bench, meeting.token, headers)).toMatchObject({ closed: 'guest-access-off' });
    expect(await waitingAt(meeting.meetingId)).toEqual([]);
  });
});

describe('who admits', () => {
  type Admitting = readonly [string, MeetingClass | 'eva', 'desk' | 'headset', boolean, string];
  const rows: readonly Admitting[] = [
    ['the organizer at a desk', 'organizer', 'desk', false, 'admits'],
    ['a co-organizer at a desk', 'eva', 'desk', false, 'admits'],
    ['the organizer with a headset', 'organizer', 'headset', false, 'may-not-admit'],
    ['the organizer with a headset, where the company says so', 'organizer', 'headset', true, 'admits'],
    ['a member who is invited', 'member', 'desk', true, 'may-not-admit'],
    ['a member with a headset', 'member', 'headset', true, 'may-not-admit'],
    ['a guest who is invited', 'guest', 'desk', true, 'may-not-admit'],
  ];
  test.each(rows)('%s', async (_name, as, kind, headsetMayAdmit, expected) => {
    await decideFor(bench, { headsetMayAdmit });
    const meeting = await planWith(dana, { coOrganizers: [EVA], invitees: ALL_INVITED });
    const { meetingId } = meeting;
    const person = { eva: EVA, organizer: DANA, member: FINN, guest: GIL, federated: OLGA, anonymous: '' }[as];
    const admitter = await bench.connect(person, { kind });
    const chris = await comer(bench, 'anonymous', meeting);
    answered(await askToJoin(chris, meeting));
    const [waiting = ''] = await waitingAt(meetingId);
    const answer = await admitter.invoke('admit', { meetingId, person: waiting });
    expect(answer.ok ? 'admits' : answer.refusal.code).toBe(expected);
    expect(await tryDoor(chris, meeting)).toBe(expected === 'admits' ? 'in' : 'lobby');
    await admitter.connection.stop();
  });

  test('presenters, also one of a company that is trusted, and not once it is trusted no more', async () => {
    const meeting = await planWith(dana, { presenters: [FINN, OLGA], lobby: 'organizer' });
    const { meetingId } = meeting;
    const [finn, olga] = [await bench.connect(FINN), await bench.connect(OLGA)];
    const admitNext = async (admitter: Client): Promise<string> => {
      answered(await askToJoin(await comer(bench, 'anonymous', meeting), meeting));
      const person = (await waitingAt(meetingId)).at(-1) ?? '';
      const answer = await admitter.invoke('admit', { meetingId, person });
      return answer.ok ? 'admits' : answer.refusal.code;
    };
    expect(await admitNext(finn)).toBe('admits');
    expect(await admitNext(olga)).toBe('admits');
    await decideFor(bench, {}, { external: { enabled: true, mode: { kind: 'none' } } });
    expect(await admitNext(olga)).toBe('may-not-admit');
    await Promise.all([finn, olga].map(({ connection }) => connection.stop()));
  });
});

describe('what headsets list', () => {
  const MINUTE_MS = 60_000;
  test.each([
    ['one that runs', -30, true],
    ['one that starts within 15 minutes', 14, true],
    ['one that starts later', 17, false],
  ] as const)('%s: %3$s', async (_name, startsInMin, isListed) => {
    const startMs = Date.now() + Math.max(0, startsInMin) * MINUTE_MS;
    const { meetingId } = await planWith(dana, { startMs, endMs: startMs + 60 * MINUTE_MS });
    const headset = await bench.connect(DANA, { kind: 'headset' });
    const listed = answered(await headset.invoke('meetings', {}));
    expect(listed.some((one) => one.meetingId === meetingId)).toBe(isListed);
    const onDesk = answered(await dana.invoke('meetings', {}));
    expect(onDesk.some((one) => one.meetingId === meetingId)).toBe(true);
  });

  test('no meeting that was made to meet at once, which the desk lists', async () => {
    const { meeting } = answered(await dana.invoke('meetNow', { commandId: randomUUID(), title: '', zone: 'UTC' }));
    const headset = await bench.connect(DANA, { kind: 'headset' });
    const ids = answered(await headset.invoke('meetings', {})).map(({ meetingId }) => meetingId);
    expect(ids).not.toContain(meeting.meetingId);
    const onDesk = answered(await dana.invoke('meetings', {})).map(({ meetingId }) => meetingId);
    expect(onDesk).toContain(meeting.meetingId);
  });
});

describe('in a meeting', () => {
  test('nobody is rung, a member makes links for others, and an anonymous person adds nobody but shows the screen', async () => {
    const meeting = await planWith(dana, { invitees: ALL_INVITED });
    const { meetingId } = meeting;
    const [finn, eva] = [await bench.connect(FINN), await bench.connect(EVA)];
    const callId = await comeIn(finn, meeting);
    const chris = await comer(bench, 'anonymous', meeting);
    answered(await askToJoin(chris, meeting));
    const [waiting = ''] = await waitingAt(meetingId);
    answered(await dana.invoke('admit', { meetingId, person: waiting }));
    await comeIn(chris, meeting);
    for (const client of [dana, eva]) {
      expect(client.heard('events').filter((news) => news.callId === callId)).toEqual([]);
    }
    expect(await finn.invoke('joinLink', { meetingId })).toMatchObject({ ok: true });
    for (const method of ['joinLink', 'invitation'] as const) {
      expect(await chris.invoke(method, { meetingId })).toMatchObject({ refusal: { code: 'not-signed-in' } });
    }
    const add = { commandId: randomUUID(), callId, to: EVA };
    expect(await chris.invoke('add', add)).toMatchObject({ refusal: { code: 'not-signed-in' } });
    const media = { audio: true, video: 'screen', problem: 'none' } as const;
    const show = { commandId: randomUUID(), callId, command: { type: 'setMedia', media } } as const;
    expect(await chris.invoke('command', show)).toMatchObject({ ok: true });
    await until(() =>
      finn.heard('events').some(({ events }) => events.some(({ event }) => event.type === 'mediaChanged')),
    );
  });
});
