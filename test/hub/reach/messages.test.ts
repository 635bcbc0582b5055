import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { MeetingDraft } from '../../../src/domain/meeting/schedule.ts';
import { REACH_OF_MESSAGE } from '../../../src/hub/reach/rules-of-methods.ts';
import type { HubMessageName, HubMessages } from '../../../src/protocol/types.ts';
import { apart, applyTo } from '../support/bench-policies.ts';
import { DEMO_WORLD, demoKey, demoPolicy } from '../support/demo-world.ts';
import { AUDIO, accepted, DANA as BENCH_DANA, createBench, EVA, FINN, type Page } from '../support/hub-bench.ts';
import { settle } from '../support/settle.ts';
import { type Client, type ConnectOptions, createWireBench, until } from '../support/wire-bench.ts';

const DANA = 'dana.okafor@abc.com';
const EXPERT = 'expert1@abc.com';
const GUEST = 'expert1@abc.com in contoso1.com';
/** Is connected all the while, and may find neither of the two. */
const OUTSIDER = 'v1_remoteassistuser@abc.com';

async function start() {
  const bench = await createWireBench(DEMO_WORLD);
  onTestFinished(() => bench.close());
  const connect = (who: string, options?: ConnectOptions): Promise<Client> => bench.connect(demoKey(who), options);
  return { bench, connect, outsider: await connect(OUTSIDER) };
}
type Started = Awaited<ReturnType<typeof start>>;

/** Dana and Expert1 in a call. */
async function call({ connect }: Started, callerOptions: ConnectOptions = {}) {
  const [dana, expert] = [await connect(DANA, callerOptions), await connect(EXPERT)];
  const answer = await dana.invoke('call', { commandId: randomUUID(), to: demoKey(EXPERT), media: AUDIO });
  if (!answer.ok) throw new Error(answer.refusal.code);
  const { callId } = answer.value;
  const command = { type: 'answer', media: AUDIO } as const;
  expect(await expert.invoke('command', { commandId: randomUUID(), callId, command })).toMatchObject({ ok: true });
  return { dana, expert, callId };
}

async function part({ bench }: Started): Promise<void> {
  const policy = {
    ...demoPolicy('abc.com'),
    segments: [
      { name: 'Field', groups: [], people: [demoKey(DANA)] },
      { name: 'Office', groups: [], people: [demoKey(EXPERT)] },
    ],
    barriers: {
      mode: 'single',
      legacy: false,
      policies: [{ name: 'apart', segment: 'Field', active: true, rule: 'block', targets: ['Office'] }],
    },
  } as const;
  const applied = await bench.hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null });
  expect(applied).toMatchObject({ ok: true });
}

/** Everything that the hub said before has arrived: messages of one connection come in order. */
const drained = (page: Client) => page.invoke('iceServers', {});

/** Makes each message happen; answers who has rightfully got it, and everybody who must not have. */
const MADE: {
  readonly [M in HubMessageName]: (hub: Started) => Promise<{ readonly for: Client; readonly not: readonly Client[] }>;
} = {
  async events(hub) {
    const { expert } = await call(hub);
    return { for: expert, not: [hub.outsider] };
  },
  async signal(hub) {
    const { dana, expert, callId } = await call(hub);
    const payload = { type: 'restart' } as const;
    const answer = await dana.invoke('signal', { callId, to: demoKey(EXPERT), payload });
    expect(answer).toEqual({ ok: true, value: null });
    const intruding = await hub.outsider.invoke('signal', { callId, to: demoKey(DANA), payload });
    expect(intruding).toMatchObject({ ok: false });
    return { for: expert, not: [dana, hub.outsider] };
  },
  async relay(hub) {
    const { dana, expert, callId } = await call(hub);
    const payload = { type: 'askSnapshot' } as const;
    expect(await expert.invoke('relay', { callId, to: demoKey(DANA), payload })).toEqual({ ok: true, value: null });
    const intruding = await hub.outsider.invoke('relay', { callId, to: demoKey(DANA), payload });
    expect(intruding).toMatchObject({ ok: false });
    return { for: dana, not: [expert, hub.outsider] };
  },
  async presence(hub) {
    const dana = await hub.connect(DANA);
    for (const page of [dana, hub.outsider]) await page.invoke('search', { query: EXPERT });
    await hub.connect(EXPERT);
    return { for: dana, not: [hub.outsider] };
  },
  async listsChanged(hub) {
    const { expert } = await call(hub);
    return { for: expert, not: [hub.outsider] };
  },
  async signInHeld(hub) {
    const { dana, expert } = await call(hub, { expiresInMs: 2_000 });
    return { for: dana, not: [expert, hub.outsider] };
  },
  async takenOut(hub) {
    const { dana, expert } = await call(hub);
    await part(hub);
    return { for: expert, not: [dana, hub.outsider] };
  },
  async switched(hub) {
    const [home, dana] = [await hub.connect(EXPERT), await hub.connect(DANA)];
    await hub.connect(GUEST);
    return { for: home, not: [dana, hub.outsider] };
  },
  async lobby(hub) {
    const { dana, expert } = await knock(hub);
    return { for: dana, not: [expert, hub.outsider] };
  },
  async lobbyPlace(hub) {
    const { dana, expert, meetingId } = await knock(hub);
    const admitted = await dana.invoke('admit', { meetingId, person: demoKey(EXPERT) });
    expect(admitted).toEqual({ ok: true, value: null });
    return { for: expert, not: [dana, hub.outsider] };
  },
  async replaced(hub) {
    const { dana, expert } = await call(hub);
    await hub.connect(DANA, { deviceId: dana.device.id });
    return { for: dana, not: [expert, hub.outsider] };
  },
};

/** Expert1 waits at the door of a meeting of Dana's. */
async function knock({ connect }: Started) {
  const [dana, expert] = [await connect(DANA), await connect(EXPERT)];
  const draft: MeetingDraft = {
    ...{ title: 'Pump', startMs: Date.now(), endMs: Date.now() + 3_600_000, zone: 'UTC' },
    invitees: [{ kind: 'account', person: demoKey(EXPERT) }],
    ...{ coOrganizers: [], presenters: [], lobby: 'organizer', anonymousAllowed: true },
  };
  const planned = await dana.invoke('planMeeting', { commandId: randomUUID(), draft });
  if (!planned.ok) throw new Error(planned.refusal.code);
  const { meetingId } = planned.value;
  const answer = await expert.invoke('joinMeeting', { commandId: randomUUID(), meetingId, media: AUDIO });
  expect(answer).toMatchObject({ ok: true, value: { state: 'waiting' } });
  return { dana, expert, meetingId };
}

describe('a message of the hub’s', () => {
  test.each(Object.keys(REACH_OF_MESSAGE) as readonly HubMessageName[])(
    '%s reaches whom it is for, and nobody else [SPEC 9.1]',
    async (name) => {
      const hub = await start();
      const { for: addressee, not } = await MADE[name](hub);
      await until(() => addressee.heard(name).length > 0);
      for (const page of not) {
        await drained(page);
        expect(page.heard(name)).toEqual([]);
      }
      // What is for nobody but oneself names nobody.
      if (REACH_OF_MESSAGE[name] === 'self') {
        expect(JSON.stringify(addressee.heard(name))).not.toMatch(/[0-9a-f-]{36}:[0-9a-f-]{36}/);
      }
    },
  );

  test('about a lobby names nobody from whom a barrier keeps the reader [SPEC 9.1]', async () => {
    const bench = await createBench();
    const [dana, eva, finn] = [await bench.arrive(BENCH_DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
    const draft: MeetingDraft = {
      ...{ title: 'Pump', startMs: bench.clock.nowMs(), endMs: bench.clock.nowMs() + 3_600_000, zone: 'UTC' },
      invitees: [{ kind: 'account', person: EVA }],
      ...{ coOrganizers: [], presenters: [FINN], lobby: 'organizer', anonymousAllowed: true },
    };
    const planned = accepted(await bench.hub.meetings.service.planMeeting(dana, { commandId: randomUUID(), draft }));
    await applyTo(bench, apart([EVA], [FINN]));
    const { meetingId } = planned;
    accepted(await bench.hub.calls.joinMeeting(eva, { commandId: randomUUID(), meetingId, media: AUDIO }));
    await settle();
    const entriesOf = (page: Page) =>
      page.heard.findLast((one) => one.name === 'lobby')?.message as HubMessages['lobby'] | undefined;
    expect(entriesOf(dana)?.entries).toMatchObject([{ person: EVA }]);
    expect(entriesOf(finn)?.entries).toEqual([]);
  });
});
