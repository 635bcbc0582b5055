import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CallCommand } from '../../../src/domain/call/command.ts';
import type { MeetingDraft } from '../../../src/domain/meeting/schedule.ts';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import { documentedHoloLens2Profile } from '../../../src/domain/registration/camera.ts';
import { REACH_OF_COMMAND, REACH_OF_METHOD } from '../../../src/hub/reach/rules-of-methods.ts';
import { HUB_METHODS } from '../../../src/protocol/schemas/requests.ts';
import type { HubAnswer, HubMethodName, HubMethods } from '../../../src/protocol/types.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { CAMERA_ON, FRAME, MARK, PLACEMENT } from '../../support/call-fixtures.ts';
import { DEMO_WORLD, demoKey, demoPerson, demoPolicy } from '../support/demo-world.ts';
import { AUDIO } from '../support/hub-bench.ts';
import { createStuckStore } from '../support/stuck-store.ts';
import { type Client, type ConnectOptions, createWireBench } from '../support/wire-bench.ts';

const DANA = 'dana.okafor@abc.com';
const EXPERT = 'expert1@abc.com';
const V1 = 'v1_remoteassistuser@abc.com';
const ENGINEER = 'henrik.dahl@abc.com';
const V2_ENGINEER = 'amara.diallo@abc.com';
const ROSA = 'rosa.delgado@contoso1.com';
const GUEST = 'expert1@abc.com in contoso1.com';
const REFERENCE = expect.stringMatching(/^[2-9A-HJ-NP-Z]{8}$/);

/** A hub of this test's own, with the companies of the demo. */
async function start() {
  const keeper = createStuckStore();
  const bench = await createWireBench({ ...DEMO_WORLD, onFailure: () => {} }, keeper.store);
  onTestFinished(() => bench.close());
  const apply = async (domain: string, changes: Partial<TenantPolicy>): Promise<void> => {
    const policy = { ...demoPolicy(domain), ...changes };
    const applied = await bench.hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null });
    expect(applied).toMatchObject({ ok: true });
  };
  return {
    bench,
    keeper,
    apply,
    connect: (who: string, options?: ConnectOptions): Promise<Client> => bench.connect(demoKey(who), options),
    guestsOff: () => apply('contoso1.com', { guests: { enabled: false, reach: 'teams' } }),
    /** Dana and Expert1, who were together, are kept apart from now on. */
    part: () =>
      apply('abc.com', {
        segments: [
          { name: 'Field', groups: [], people: [demoKey(DANA)] },
          { name: 'Office', groups: [], people: [demoKey(EXPERT)] },
        ],
        barriers: {
          mode: 'single',
          legacy: false,
          policies: [
            { name: 'apart', segment: 'Field', active: true, rule: 'block', targets: ['Office'] },
            { name: 'apart too', segment: 'Office', active: true, rule: 'block', targets: ['Field'] },
          ],
        },
      }),
  };
}
type Started = Awaited<ReturnType<typeof start>>;

const run = (page: Client, callId: string, command: CallCommand): Promise<HubAnswer<unknown>> =>
  page.raw('command', { commandId: randomUUID(), callId, command });
const ring = (page: Client, who: string) =>
  page.invoke('call', { commandId: randomUUID(), to: demoKey(who), media: AUDIO });

async function callBetween(hub: Started, from: string, to: string, kind: 'desk' | 'headset' = 'desk') {
  const [caller, callee] = [await hub.connect(from, { kind }), await hub.connect(to)];
  const answer = await ring(caller, to);
  if (!answer.ok) throw new Error(answer.refusal.code);
  const { callId } = answer.value;
  expect(await run(callee, callId, { type: 'answer', media: AUDIO })).toMatchObject({ ok: true });
  return { caller, callee, callId };
}

/** Two people in a call who may not be together any more, while the store cannot write that one of them leaves. */
async function forbiddenCall(hub: Started) {
  const call = await callBetween(hub, DANA, EXPERT, 'headset');
  await run(call.caller, call.callId, { type: 'setMedia', media: CAMERA_ON });
  hub.keeper.stuck = true;
  await hub.part();
  return call;
}

const hello = (client: Client) =>
  client.invoke('hello', { protocolVersion: PROTOCOL_VERSION, device: client.device, resume: [] });
const refused = (code: string) => ({ ok: false, refusal: { code, reference: REFERENCE } });

const draftWith = (invitees: readonly string[]): MeetingDraft => ({
  title: 'Pump',
  startMs: Date.now(),
  endMs: Date.now() + 3_600_000,
  zone: 'Europe/Berlin',
  invitees: invitees.map((who) => ({ kind: 'account', person: demoKey(who) })),
  coOrganizers: [],
  presenters: [],
  lobby: 'organization',
  anonymousAllowed: true,
});
/** Guests who were shut out since they came do nothing more with meetings. */
const shutOut =
  <M extends HubMethodName>(method: M, request: HubMethods[M]['request']) =>
  async (hub: Started): Promise<void> => {
    const guest = await hub.connect(GUEST);
    await hub.guestsOff();
    expect(await guest.invoke(method, request)).toEqual(refused('guest-access-off'));
  };
const SOME_MEETING = { meetingId: 'abc-pump-4' };

/** How each method meets somebody whom a rule stands in the way of. A method without an entry does not compile. */
const FORBIDDEN: { readonly [M in HubMethodName]: (hub: Started) => Promise<void> } = {
  async hello(hub) {
    await hub.guestsOff();
    expect(await hello(await hub.connect(GUEST, { silent: true }))).toEqual(refused('guest-access-off'));
  },
  async renew(hub) {
    const page = await hub.connect(GUEST);
    await hub.guestsOff();
    const accessToken = await hub.bench.token(demoKey(GUEST));
    expect(await page.invoke('renew', { accessToken })).toEqual(refused('guest-access-off'));
  },
  async iceServers(hub) {
    const answer = await (await hub.connect(V1)).invoke('iceServers', {});
    const others = DEMO_WORLD.companies.tenants.flatMap(({ people }) => people.map(({ oid }) => oid));
    const named = others.filter((oid) => JSON.stringify(answer).includes(oid));
    expect(named.filter((oid) => !demoKey(V1).endsWith(oid))).toEqual([]);
  },
  async contacts(hub) {
    const { caller } = await callBetween(hub, DANA, EXPERT);
    await hub.part();
    const answer = await caller.invoke('contacts', {});
    expect(answer).toMatchObject({ ok: true });
    const contact = answer.ok ? answer.value.find(({ key }) => key === demoKey(EXPERT)) : undefined;
    expect(contact).toMatchObject({ refusal: 'barrier', presence: 'offline' });
  },
  async search(hub) {
    const page = await hub.connect(V1);
    expect(await page.invoke('search', { query: demoPerson(V2_ENGINEER).name })).toEqual({ ok: true, value: [] });
    expect(await page.invoke('search', { query: demoPerson(ENGINEER).name })).toMatchObject({ value: [{}] });
  },
  async meetings(hub) {
    const [dana, expert] = [await hub.connect(DANA), await hub.connect(EXPERT)];
    const joining = { commandId: randomUUID(), meetingId: 'abc-pump-4', media: AUDIO };
    expect(await expert.invoke('joinMeeting', joining)).toMatchObject({ ok: true });
    const pump = async () => {
      const answer = await dana.invoke('meetings', {});
      return answer.ok ? answer.value.find(({ meetingId }) => meetingId === 'abc-pump-4') : undefined;
    };
    expect(await pump()).toMatchObject({ organizer: 'Elena Fischer', present: ['Elena Fischer'] });
    await hub.part();
    expect(await pump()).toMatchObject({ organizer: '', present: [] });
  },
  async call(hub) {
    const page = await hub.connect(V1);
    const nobody = `${demoKey(V1).slice(0, 36)}:00000000-0000-4000-8000-000000000000`;
    const absent = await page.invoke('call', { commandId: randomUUID(), to: nobody, media: AUDIO });
    expect(await ring(page, V2_ENGINEER)).toEqual(refused('not-found'));
    expect(absent).toEqual(refused('not-found'));
  },
  async add(hub) {
    const { caller, callId } = await callBetween(hub, ROSA, 'expert3@abc.com');
    const request = { commandId: randomUUID(), callId, to: demoKey('expert4@abc.com') };
    expect(await caller.invoke('add', request)).toEqual(refused('external-no-group'));
  },
  async joinMeeting(hub) {
    const [dana, expert] = [await hub.connect(DANA), await hub.connect(EXPERT)];
    const joining = () => ({ commandId: randomUUID(), meetingId: 'abc-pump-4', media: AUDIO });
    expect(await expert.invoke('joinMeeting', joining())).toMatchObject({ ok: true });
    await hub.part();
    expect(await dana.invoke('joinMeeting', joining())).toEqual(refused('barrier'));
  },
  async command(hub) {
    const { caller, callId } = await forbiddenCall(hub);
    expect(await run(caller, callId, COMMANDS.annotate(callId))).toEqual(refused('barrier'));
  },
  async resume(hub) {
    const { callee, callId } = await forbiddenCall(hub);
    expect(await callee.invoke('resume', { callId, afterSeq: 0 })).toEqual(refused('barrier'));
  },
  async signal(hub) {
    const { caller, callee, callId } = await forbiddenCall(hub);
    const request = { callId, to: demoKey(EXPERT), payload: { type: 'restart' } } as const;
    expect(await caller.invoke('signal', request)).toEqual(refused('barrier'));
    expect(callee.heard('signal')).toEqual([]);
  },
  async relay(hub) {
    const { caller, callee, callId } = await forbiddenCall(hub);
    const request = { callId, to: demoKey(EXPERT), payload: { type: 'askSnapshot' } } as const;
    expect(await caller.invoke('relay', request)).toEqual(refused('barrier'));
    expect(callee.heard('relay')).toEqual([]);
  },
  async meeting(hub) {
    const { dana, meeting } = await planned(hub, [EXPERT]);
    await hub.part();
    const answer = await dana.invoke('meeting', { meetingId: meeting.meetingId });
    expect(answer).toMatchObject({ ok: true, value: { people: [{ key: demoKey(DANA) }] } });
  },
  async checkMeeting(hub) {
    await hub.part();
    const dana = await hub.connect(DANA);
    const answer = await dana.invoke('checkMeeting', { meetingId: null, draft: draftWith([EXPERT]) });
    const unknown = { kind: 'person-unknown', person: demoKey(EXPERT) };
    expect(answer).toMatchObject({ ok: true, value: { problems: [unknown] } });
  },
  async planMeeting(hub) {
    await hub.part();
    const dana = await hub.connect(DANA);
    const request = { commandId: randomUUID(), draft: draftWith([EXPERT]) };
    expect(await dana.invoke('planMeeting', request)).toEqual(refused('not-found'));
  },
  async changeMeeting(hub) {
    const { dana, meeting } = await planned(hub, []);
    await hub.part();
    const request = { meetingId: meeting.meetingId, revision: meeting.revision, draft: draftWith([EXPERT]) };
    expect(await dana.invoke('changeMeeting', request)).toEqual(refused('not-found'));
  },
  async invitation(hub) {
    const { dana, meeting } = await planned(hub, [EXPERT]);
    await hub.part();
    const answer = await dana.invoke('invitation', { meetingId: meeting.meetingId });
    expect(answer).toMatchObject({ ok: true, value: { recipients: [] } });
    expect(answer.ok && answer.value.ics).not.toContain(EXPERT);
  },
  calendar: shutOut('calendar', { range: { fromMs: 0, toMs: 1 }, opened: false }),
  cancelMeeting: shutOut('cancelMeeting', { ...SOME_MEETING, revision: 1 }),
  meetNow: shutOut('meetNow', { commandId: randomUUID(), title: '', zone: 'UTC' }),
  createOneTimeCall: shutOut('createOneTimeCall', {
    ...{ commandId: randomUUID(), title: '', zone: 'UTC', durationMin: 30 },
  }),
  joinLink: shutOut('joinLink', SOME_MEETING),
  revokeLink: shutOut('revokeLink', SOME_MEETING),
  sendInvitation: shutOut('sendInvitation', { ...SOME_MEETING, text: null, to: ['a@b.com'] }),
  async leaveLobby(hub) {
    const guest = await hub.connect(GUEST);
    await hub.guestsOff();
    expect(await guest.invoke('leaveLobby', SOME_MEETING)).toEqual({ ok: true, value: null });
  },
  admit: shutOut('admit', { ...SOME_MEETING, person: demoKey(DANA) }),
  deny: shutOut('deny', { ...SOME_MEETING, person: demoKey(DANA) }),
  admitAll: shutOut('admitAll', { ...SOME_MEETING, people: [demoKey(DANA)] }),
  denyAll: shutOut('denyAll', { ...SOME_MEETING, people: [demoKey(DANA)] }),
};

/** A meeting of Dana's, with whom she may invite. */
async function planned(hub: Started, invitees: readonly string[]) {
  const dana = await hub.connect(DANA);
  const answer = await dana.invoke('planMeeting', { commandId: randomUUID(), draft: draftWith(invitees) });
  if (!answer.ok) throw new Error(answer.refusal.code);
  return { dana, meeting: answer.value };
}

const id = (): string => randomUUID();
const COMMANDS: { readonly [T in CallCommand['type']]: (callId: string) => CallCommand } = {
  answer: () => ({ type: 'answer', media: AUDIO }),
  decline: () => ({ type: 'decline', reason: 'declined' }),
  leave: () => ({ type: 'leave' }),
  callOff: () => ({ type: 'callOff', person: demoKey(DANA) }),
  setMedia: () => ({ type: 'setMedia', media: { ...AUDIO, video: 'screen' } }),
  describeCamera: () => ({
    type: 'describeCamera',
    camera: documentedHoloLens2Profile(),
    spaceEpoch: 1,
    tracking: true,
  }),
  startEditing: () => ({ type: 'startEditing', target: demoKey(DANA), frame: FRAME }),
  stopEditing: () => ({ type: 'stopEditing' }),
  mark: () => ({ type: 'mark', markId: id(), target: demoKey(DANA), frame: FRAME, mark: MARK }),
  placeMark: () => ({ type: 'placeMark', markId: id(), placement: PLACEMENT }),
  refuseMark: () => ({ type: 'refuseMark', markId: id(), code: 'too-far' }),
  annotate: () => ({ type: 'annotate', annotationId: id(), shape: 'arrow', colour: 'red', placement: PLACEMENT }),
  moveAnchor: () => ({
    type: 'moveAnchor',
    anchorId: id(),
    pose: PLACEMENT.anchorPose,
    spaceEpoch: 1,
    state: 'tracked',
  }),
  undo: () => ({ type: 'undo' }),
  eraseAll: () => ({ type: 'eraseAll' }),
};

describe('every method asks who may reach whom', () => {
  test.each(HUB_METHODS)('%s refuses, or shows nobody, where a rule stands in the way [SPEC 9.1]', async (method) => {
    await FORBIDDEN[method](await start());
  });

  test('also where a meeting names nobody but its organizer', async () => {
    const { dana, meeting } = await planned(await start(), []);
    const { meetingId } = meeting;
    expect(await dana.invoke('checkMeeting', { meetingId: null, draft: draftWith([]) })).toMatchObject({ ok: true });
    expect(await dana.invoke('invitation', { meetingId })).toMatchObject({ ok: true, value: { recipients: [] } });
    expect(await dana.invoke('meeting', { meetingId })).toMatchObject({ ok: true });
  });

  test('and the table of the rules names each of them, and each command', () => {
    expect(Object.keys(REACH_OF_METHOD).toSorted()).toEqual([...HUB_METHODS].toSorted());
    expect(Object.keys(REACH_OF_COMMAND).toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
  });
});

describe('every command between people who may no longer be together', () => {
  const types = Object.keys(COMMANDS) as readonly CallCommand['type'][];
  test.each(types)('%s is refused, unless it is for getting out of it [SPEC 9.8]', async (type) => {
    const hub = await start();
    const { caller, callId } = await forbiddenCall(hub);
    hub.keeper.stuck = REACH_OF_COMMAND[type] !== 'self';
    const answer = await run(caller, callId, COMMANDS[type](callId));
    if (REACH_OF_COMMAND[type] !== 'self') expect(answer).toEqual(refused('barrier'));
    else if (!answer.ok) expect(answer.refusal.code).not.toBe('barrier');
  });
});
