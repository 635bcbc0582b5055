import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import type { MeetingDraft } from '../../../src/protocol/meetings.ts';
import type { HubAnswer } from '../../../src/protocol/types.ts';
import { DEMO_WORLD, demoKey, demoPolicy } from '../support/demo-world.ts';
import { AUDIO, VIDEO } from '../support/hub-bench.ts';
import { type Client, type ConnectOptions, createWireBench, until } from '../support/wire-bench.ts';

const YUKI = demoKey('expert3@abc.com');
const HANNAH = demoKey('hannah.brooks@contoso1.com');
const ROSA = demoKey('rosa.delgado@contoso1.com');
const DANIEL = demoKey('daniel.wojcik@contoso2.com');

function value<T>(answer: HubAnswer<T>): T {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
  return answer.value;
}

async function start() {
  const bench = await createWireBench(DEMO_WORLD);
  onTestFinished(() => bench.close());
  const connect = (key: PersonKey, options?: ConnectOptions): Promise<Client> => bench.connect(key, options);
  return {
    connect,
    async apply(domain: string, changes: Partial<TenantPolicy>) {
      const policy = { ...demoPolicy(domain), ...changes };
      await bench.hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null });
    },
  };
}

const draftOf = (changes: Partial<MeetingDraft>): MeetingDraft => ({
  ...{ title: 'Pump', startMs: Date.now(), endMs: Date.now() + 3_600_000, zone: 'UTC' },
  ...{ invitees: [], coOrganizers: [], presenters: [], lobby: 'organization', anonymousAllowed: true },
  ...changes,
});
const plan = async (page: Client, changes: Partial<MeetingDraft> = {}): Promise<string> =>
  value(await page.invoke('planMeeting', { commandId: randomUUID(), draft: draftOf(changes) })).meetingId;
const join = (page: Client, meetingId: string, link?: string) =>
  page.invoke('joinMeeting', {
    ...{ commandId: randomUUID(), meetingId, media: AUDIO },
    ...(link === undefined ? {} : { link }),
  });
const linkTo = async (page: Client, meetingId: string): Promise<string> =>
  value(await page.invoke('joinLink', { meetingId }))
    .url.split('/')
    .at(-1) ?? '';
const comeIn = async (page: Client, meetingId: string) => {
  const answer = value(await join(page, meetingId));
  if (answer.state !== 'in') throw new Error('in the lobby');
  return answer;
};
const invited = (person: PersonKey) => ({ kind: 'account', person }) as const;

describe('somebody of a trusted company', () => {
  test('who is invited finds the meeting in the own list, waits as federated, and comes in once admitted', async () => {
    const { connect } = await start();
    const [yuki, hannah] = [await connect(YUKI), await connect(HANNAH)];
    const meetingId = await plan(yuki, { invitees: [invited(HANNAH)] });
    const { callId } = (await comeIn(yuki, meetingId)).log;
    const listed = value(await hannah.invoke('meetings', {})).find((one) => one.meetingId === meetingId);
    expect(listed).toMatchObject({ title: 'Pump', joinable: true, may: { invite: false, add: false, admit: false } });
    expect(value(await join(hannah, meetingId))).toMatchObject({ state: 'waiting', place: { number: 1 } });
    await until(() => yuki.heard('lobby').at(-1)?.entries.length === 1);
    expect(yuki.heard('lobby').at(-1)).toMatchObject({ mayAdmit: true, entries: [{ class: 'federated' }] });
    value(await yuki.invoke('admit', { meetingId, person: HANNAH }));
    expect(await comeIn(hannah, meetingId)).toMatchObject({ log: { callId }, part: { class: 'federated' } });
    const add = { commandId: randomUUID(), callId, to: ROSA };
    expect(await hannah.invoke('add', add)).toMatchObject({ refusal: { code: 'outsiders-no-adding' } });
  });

  test('comes in without waiting where the lobby is open to them, by address, on the headset of their own company too', async () => {
    const { connect } = await start();
    const yuki = await connect(YUKI);
    const rosa = await connect(ROSA, { kind: 'headset' });
    const mail = { kind: 'mail', mail: 'rosa.delgado@contoso1.com' } as const;
    const meetingId = await plan(yuki, { invitees: [mail], lobby: 'organizationAndFederated' });
    const listed = value(await rosa.invoke('meetings', {})).map((one) => one.meetingId);
    expect(listed).toContain(meetingId);
    const { callId } = (await comeIn(rosa, meetingId)).log;
    const media = { ...VIDEO, video: 'screen' } as const;
    const share = { commandId: randomUUID(), callId, command: { type: 'setMedia', media } } as const;
    expect(await rosa.invoke('command', share)).toMatchObject({ ok: true });
  });

  test('comes by a link with their sign-in, uninvited; whom the companies do not trust both ways is anonymous', async () => {
    const { connect } = await start();
    const hannah = await connect(HANNAH);
    const meetingId = await plan(hannah, { lobby: 'organizationAndFederated' });
    const link = await linkTo(hannah, meetingId);
    await comeIn(hannah, meetingId);
    const yuki = await connect(YUKI, { kind: 'join' });
    expect(value(await join(yuki, meetingId, link))).toMatchObject({ state: 'in', part: { class: 'federated' } });
    const daniel = await connect(DANIEL, { kind: 'join' });
    expect(value(await join(daniel, meetingId, link))).toMatchObject({ state: 'waiting' });
    await until(() => hannah.heard('lobby').at(-1)?.entries.length === 1);
    expect(hannah.heard('lobby').at(-1)?.entries).toMatchObject([{ class: 'anonymous', signedIn: true }]);
  });

  test('is rung into a meeting of more than two, which a call does not allow', async () => {
    const { connect } = await start();
    const [yuki, lucia, hannah] = [
      await connect(YUKI),
      await connect(demoKey('expert4@abc.com')),
      await connect(HANNAH),
    ];
    const meetingId = await plan(yuki, { invitees: [invited(demoKey('expert4@abc.com'))] });
    const { callId } = (await comeIn(yuki, meetingId)).log;
    await comeIn(lucia, meetingId);
    value(await yuki.invoke('add', { commandId: randomUUID(), callId, to: HANNAH }));
    await until(() => hannah.heard('events').length > 0);
    const answer = { commandId: randomUUID(), callId, command: { type: 'answer', media: AUDIO } } as const;
    value(await hannah.invoke('command', answer));
    const other = { commandId: randomUUID(), callId, to: demoKey('rosa.delgado@contoso1.com') };
    value(await lucia.invoke('add', other));
    expect(await yuki.invoke('add', { commandId: randomUUID(), callId, to: DANIEL })).toMatchObject({ ok: false });
  });

  test('is taken out when the trust ends, and is anonymous afterwards', async () => {
    const { connect, apply } = await start();
    const [yuki, hannah] = [await connect(YUKI), await connect(HANNAH)];
    const meetingId = await plan(yuki, { invitees: [invited(HANNAH)], lobby: 'organizationAndFederated' });
    const link = await linkTo(yuki, meetingId);
    await comeIn(yuki, meetingId);
    await comeIn(hannah, meetingId);
    await apply('contoso1.com', { external: { enabled: false, mode: { kind: 'open' } } });
    await until(() => hannah.heard('takenOut').length > 0);
    expect(hannah.heard('takenOut').at(-1)?.refusal.code).toBe('external-off');
    expect(value(await join(hannah, meetingId, link))).toMatchObject({ state: 'waiting' });
  });
});

test('people of two companies that trust the host and not each other do not meet there', async () => {
  const { connect } = await start();
  const [yuki, hannah, daniel] = [await connect(YUKI), await connect(HANNAH), await connect(DANIEL)];
  const meetingId = await plan(yuki, { lobby: 'organizationAndFederated' });
  const link = await linkTo(yuki, meetingId);
  await comeIn(yuki, meetingId);
  expect(value(await join(hannah, meetingId, link))).toMatchObject({ state: 'in' });
  expect(await join(daniel, meetingId, link)).toMatchObject({ refusal: { code: 'external-off' } });
});
