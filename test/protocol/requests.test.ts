import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_SNAPSHOT_FRAME_ID } from '../../src/domain/registration/frame-memory.ts';
import { LIMITS } from '../../src/protocol/limits.ts';
import { HUB_METHODS, parseRequest } from '../../src/protocol/schemas/requests.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts';
import { AUDIO_ONLY, CALL_ID, DANA, FRAME, HEADSET, MARK, PLACEMENT, uuid } from '../support/call-fixtures.ts';

const jpegOf = (bytes: number): Uint8Array => {
  const jpeg = new Uint8Array(bytes);
  jpeg.set([0xff, 0xd8, 0xff]);
  return jpeg;
};
const SNAPSHOT = {
  frame: { frameId: FIRST_SNAPSHOT_FRAME_ID, captureTimeMs: 1234.5, spaceEpoch: 1 },
  tracked: true,
  pose: { position: [0, 1.6, 0], orientation: [0, 0, 0, 1] },
  takenAtMs: 1_700_000_000_000,
  jpeg: jpegOf(LIMITS.snapshotBytes),
} as const;

const DRAFT = {
  title: 'Pump',
  startMs: 1_700_000_000_000,
  endMs: 1_700_000_360_000,
  zone: 'Europe/Berlin',
  invitees: [
    { kind: 'account', person: DANA },
    { kind: 'mail', mail: 'chris@example.com' },
  ],
  coOrganizers: [],
  presenters: [DANA],
  lobby: 'organization',
  anonymousAllowed: true,
} as const;

const GOOD = {
  hello: { protocolVersion: PROTOCOL_VERSION, device: HEADSET, resume: [{ callId: CALL_ID, afterSeq: 3 }] },
  contacts: {},
  search: { query: 'Eva' },
  meetings: { range: { fromMs: 0, toMs: 86_400_000 } },
  call: { commandId: uuid(1), to: DANA, media: AUDIO_ONLY },
  add: { commandId: uuid(1), callId: CALL_ID, to: DANA },
  joinMeeting: { commandId: uuid(1), meetingId: uuid(2), media: AUDIO_ONLY },
  command: {
    commandId: uuid(1),
    callId: CALL_ID,
    command: { type: 'mark', markId: uuid(3), target: DANA, frame: FRAME, mark: MARK },
  },
  resume: { callId: CALL_ID, afterSeq: 0 },
  signal: { callId: CALL_ID, to: DANA, payload: { type: 'description', sdpType: 'offer', sdp: 'v=0' } },
  relay: { callId: CALL_ID, to: DANA, payload: { type: 'snapshot', snapshot: SNAPSHOT } },
  iceServers: {},
  renew: { accessToken: 'a.b.c' },
  meeting: { meetingId: uuid(2) },
  checkMeeting: { meetingId: null, draft: DRAFT },
  planMeeting: { commandId: uuid(1), draft: DRAFT },
  meetNow: { commandId: uuid(1), title: '', zone: 'Europe/Berlin' },
  createOneTimeCall: { commandId: uuid(1), title: '', zone: 'Europe/Berlin', durationMin: 30 },
  calendar: { range: { fromMs: 0, toMs: 86_400_000 }, opened: true },
  changeMeeting: { meetingId: uuid(2), revision: 1, draft: DRAFT },
  cancelMeeting: { meetingId: uuid(2), revision: 1 },
  joinLink: { meetingId: uuid(2) },
  revokeLink: { meetingId: uuid(2) },
  invitation: { meetingId: uuid(2) },
  sendInvitation: { meetingId: uuid(2), text: null, to: ['chris@example.com'] },
  leaveLobby: { meetingId: uuid(2) },
  admit: { meetingId: uuid(2), person: `anon:${uuid(3)}` },
  deny: { meetingId: uuid(2), person: DANA },
  admitAll: { meetingId: uuid(2), people: [DANA] },
  denyAll: { meetingId: uuid(2), people: [DANA] },
} as const;

const parse = (method: (typeof HUB_METHODS)[number], ...args: readonly unknown[]) =>
  parseRequest(method, args, PROTOCOL_VERSION);
const codeOf = (result: ReturnType<typeof parse>) => (result.ok ? 'ok' : result.refusal.code);

describe.each(HUB_METHODS)('the request of %s', (method) => {
  it('is read as it is written', () => {
    const result = parse(method, GOOD[method]);
    expect(result).toEqual({ ok: true, value: GOOD[method] });
  });

  it('takes exactly one argument [SPEC 2.1]', () => {
    expect(codeOf(parse(method))).toBe(method === 'hello' ? 'protocol-version' : 'malformed');
    expect(codeOf(parse(method, GOOD[method], 1))).toBe('malformed');
  });

  it('takes no member it does not know [SPEC 2.1]', () => {
    expect(codeOf(parse(method, { ...GOOD[method], surprise: 1 }))).toBe('malformed');
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 3 }), (args) => {
        const result = parse(method, ...args);
        expect(['ok', 'malformed', 'protocol-version']).toContain(codeOf(result));
      }),
    );
  });
});

describe('what comes from the wire', () => {
  it('compares the protocol’s version before anything else [SPEC 1.4]', () => {
    expect(codeOf(parse('hello', { protocolVersion: PROTOCOL_VERSION + 1, nonsense: true }))).toBe('protocol-version');
    expect(codeOf(parse('hello', { protocolVersion: PROTOCOL_VERSION, nonsense: true }))).toBe('malformed');
  });

  it('names the place of the fault and never the value [SPEC 2.2]', () => {
    const result = parse('call', { ...GOOD.call, to: 'secret@example.com' });
    expect(result).toEqual({ ok: false, refusal: { code: 'malformed', detail: 'to' } });
  });

  it.each(['__proto__', 'constructor', 'toString', '', 'A'.repeat(36), uuid(1).toUpperCase().replace('0', 'G')])(
    'takes no identifier like "%s"',
    (id) => {
      expect(codeOf(parse('resume', { callId: id, afterSeq: 0 }))).toBe('malformed');
    },
  );

  it.each([
    ['a rotation that is none', { ...PLACEMENT.anchorPose, orientation: [0, 0, 0, 0.5] }],
    ['a position beyond a kilometre', { ...PLACEMENT.anchorPose, position: [0, 0, 1e7] }],
    ['an infinite position', { ...PLACEMENT.anchorPose, position: [0, 0, Number.POSITIVE_INFINITY] }],
    ['a position that is no number', { ...PLACEMENT.anchorPose, position: [0, 0, Number.NaN] }],
  ])('takes no pose with %s', (_, anchorPose) => {
    const command = { type: 'placeMark', markId: uuid(3), placement: { ...PLACEMENT, anchorPose } };
    expect(codeOf(parse('command', { ...GOOD.command, command }))).toBe('malformed');
  });

  it.each([
    ['more bytes than a snapshot may have', { jpeg: jpegOf(LIMITS.snapshotBytes + 1) }],
    ['something else than a JPEG', { jpeg: new Uint8Array(2_000) }],
    ['no bytes at all', { jpeg: new Uint8Array() }],
    ['numbers instead of bytes', { jpeg: [0xff, 0xd8, 0xff] }],
    ['a pose that is no number', { pose: { ...SNAPSHOT.pose, position: [0, Number.NaN, 0] } }],
    ['the frame id of a video frame', { frame: { ...SNAPSHOT.frame, frameId: FIRST_SNAPSHOT_FRAME_ID - 1 } }],
  ])('takes no snapshot with %s [SPEC 8.4, 8.5]', (_, wrong) => {
    const payload = { type: 'snapshot', snapshot: { ...SNAPSHOT, ...wrong } };
    expect(codeOf(parse('relay', { ...GOOD.relay, payload }))).toBe('malformed');
  });

  it.each([
    ['more than fit it', Array.from({ length: LIMITS.stillMarks + 1 }, () => MARK)],
    ['too many points', [{ ...MARK, points: Array.from({ length: LIMITS.stillPoints + 1 }, () => [0.5, 0.5]) }]],
    ['no point', [{ ...MARK, points: [] }]],
    ['a point outside of the picture', [{ ...MARK, points: [[1.01, 0.5]] }]],
    ['a point that is no number', [{ ...MARK, points: [[Number.NaN, 0.5]] }]],
  ])('takes no marks on a still with %s [SPEC 8.6]', (_, marks) => {
    const ofStill = (all: unknown) => ({
      ...GOOD.relay,
      payload: { type: 'stillMarks', stillId: uuid(7), marks: all },
    });
    expect(codeOf(parse('relay', ofStill([MARK])))).toBe('ok');
    expect(codeOf(parse('relay', ofStill(marks)))).toBe('malformed');
  });

  it('leaves points that are no numbers to the rules, which have a code for them', () => {
    const command = { ...GOOD.command.command, mark: { ...MARK, points: [[Number.NaN, 0]] } };
    expect(codeOf(parse('command', { ...GOOD.command, command }))).toBe('ok');
  });

  it.each([
    'create',
    'ring',
    'join',
    'ringTimedOut',
    'loseConnection',
    'restoreConnection',
    'giveUpOn',
    'giveUpOnMark',
    'remove',
    'end',
  ])('does not know the hub’s own command "%s" [SPEC 3.6]', (type) => {
    const command = { type, person: DANA, name: 'x', device: HEADSET, media: AUDIO_ONLY };
    expect(codeOf(parse('command', { ...GOOD.command, command }))).toBe('malformed');
  });
});
