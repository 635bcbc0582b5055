import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CallCommand } from '../../../src/domain/call/command.ts';
import type { CallEvent } from '../../../src/domain/call/event.ts';
import type { MeetingDraft } from '../../../src/domain/meeting/schedule.ts';
import { documentedHoloLens2Profile } from '../../../src/domain/registration/camera.ts';
import { AUDIENCE_OF_EVENT, REACH_OF_MESSAGE } from '../../../src/hub/reach/rules-of-methods.ts';
import { LIMITS } from '../../../src/protocol/limits.ts';
import type { HubMessageName, HubMessages } from '../../../src/protocol/types.ts';
import { CAMERA_ON, FRAME, MARK, PLACEMENT } from '../../support/call-fixtures.ts';
import { apart, applyTo } from '../support/bench-policies.ts';
import {
  AUDIO,
  accepted,
  type Bench,
  createBench,
  DANA,
  EVA,
  FINN,
  GIL,
  OLGA,
  type Page,
} from '../support/hub-bench.ts';
import { settle } from '../support/settle.ts';

type EventType = CallEvent['type'];

const id = (): string => randomUUID();

async function run(bench: Bench, page: Page, callId: string, ...commands: readonly CallCommand[]): Promise<void> {
  for (const command of commands) {
    accepted(await bench.hub.calls.command(page, { commandId: id(), callId, command }));
  }
  await settle();
}

/** Dana on a headset, Eva and Finn at their desks, all in one call; Gil and Olga are there, and may not meet Eva. */
async function arrive() {
  const bench = await createBench();
  const pages = {
    dana: await bench.arrive(DANA, 'headset'),
    eva: await bench.arrive(EVA),
    finn: await bench.arrive(FINN),
    gil: await bench.arrive(GIL),
    olga: await bench.arrive(OLGA),
  };
  accepted(await bench.hub.lists.search(pages.gil, 'eva'));
  await applyTo(bench, apart([GIL], [EVA]));
  const request = { commandId: id(), to: EVA, media: CAMERA_ON };
  const { callId } = accepted(await bench.hub.calls.call(pages.dana, request));
  await run(bench, pages.eva, callId, { type: 'answer', media: AUDIO });
  accepted(await bench.hub.calls.add(pages.dana, { commandId: id(), callId, to: FINN }));
  await settle();
  await run(bench, pages.finn, callId, { type: 'answer', media: AUDIO });
  return { bench, callId, ...pages };
}

/** Makes every event there is happen, and the last ones by taking Finn out. */
async function everything() {
  const { bench, callId, ...pages } = await arrive();
  const { dana, eva, finn } = pages;
  const camera = documentedHoloLens2Profile();
  await run(bench, dana, callId, { type: 'describeCamera', camera, spaceEpoch: 1, tracking: true });
  const [placed, refused] = [id(), id()];
  await run(
    bench,
    eva,
    callId,
    { type: 'setMedia', media: { ...AUDIO, audio: false } },
    { type: 'startEditing', target: DANA, frame: FRAME },
    { type: 'mark', markId: placed, target: DANA, frame: FRAME, mark: MARK },
    { type: 'mark', markId: refused, target: DANA, frame: FRAME, mark: MARK },
    { type: 'stopEditing' },
  );
  const { anchorId, anchorPose: pose, spaceEpoch } = PLACEMENT;
  await run(
    bench,
    dana,
    callId,
    { type: 'placeMark', markId: placed, placement: PLACEMENT },
    { type: 'refuseMark', markId: refused, code: 'too-far' },
    { type: 'annotate', annotationId: id(), shape: 'arrow', colour: 'red', placement: PLACEMENT },
    { type: 'moveAnchor', anchorId, pose, spaceEpoch, state: 'lost' },
    { type: 'eraseAll' },
    { type: 'undo' },
  );
  bench.hub.departed(eva);
  await bench.clock.advance(LIMITS.reconnectGraceMs / 2);
  bench.hub.arrived(eva);
  for (const log of await bench.hub.calls.logsFor(eva, [])) eva.send('events', log);
  await bench.clock.advance(1_000);
  const beforeParting = heardBy(finn, callId).length;
  await applyTo(bench, apart([GIL, FINN], [EVA]));
  await run(bench, eva, callId, { type: 'leave' });
  return { bench, callId, beforeParting, ...pages };
}

const heardBy = (page: Page, callId: string): readonly CallEvent[] =>
  page.heard.flatMap((one) =>
    one.name === 'events' && one.message.callId === callId ? one.message.events.map(({ event }) => event) : [],
  );

describe('every event', () => {
  test('is told to those in the call, to who leaves no further than that, and to nobody else [SPEC 3.4]', async () => {
    const { bench, callId, beforeParting, dana, finn, gil, olga } = await everything();
    const log = (await bench.store.eventsAfter(callId, 0)).map(({ event }) => event);
    expect(heardBy(dana, callId)).toEqual(log);
    for (const outsider of [gil, olga]) expect(heardBy(outsider, callId)).toEqual([]);
    expect(heardBy(finn, callId).slice(beforeParting)).toEqual([{ type: 'left', person: FINN, reason: 'not-allowed' }]);
    const made = new Set<EventType>(log.map(({ type }) => type));
    const covered = Object.keys(AUDIENCE_OF_EVENT) as readonly EventType[];
    expect(covered.filter((type) => !made.has(type))).toEqual([]);
  });

  test('that is not of somebody’s leaving is for those who are there', () => {
    const parting = Object.entries(AUDIENCE_OF_EVENT).filter(([, audience]) => audience === 'parting');
    expect(parting.map(([type]) => type)).toEqual(['left', 'ended']);
  });
});

/** What proves that a message does not go to somebody whom a rule keeps from the one that it is about. */
const MESSAGES: { readonly [M in HubMessageName]: () => Promise<void> } = {
  async events() {
    const { callId, gil } = await everything();
    expect(heardBy(gil, callId)).toEqual([]);
  },
  signal: () => saysNothingToOutsiders('signal'),
  relay: () => saysNothingToOutsiders('relay'),
  async presence() {
    const { gil } = await everything();
    expect(gil.count('presence')).toBe(0);
  },
  listsChanged: () => namesNobody('listsChanged'),
  signInHeld: () => namesNobody('signInHeld'),
  replaced: () => namesNobody('replaced'),
  lobbyPlace: () => namesNobody('lobbyPlace'),
  lobby: namesNobodyBehindABarrier,
};

/** Finn presents in a meeting of Dana's for whose door Eva waits; between Finn and Eva is a barrier. */
async function namesNobodyBehindABarrier(): Promise<void> {
  const bench = await createBench();
  const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
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
}

/** Only methods send these, which ask first. */
async function saysNothingToOutsiders(name: 'signal' | 'relay'): Promise<void> {
  const { gil, olga, finn } = await everything();
  for (const page of [gil, olga, finn]) expect(page.count(name)).toBe(0);
  expect(REACH_OF_MESSAGE[name]).toBe('signal');
}

async function namesNobody(name: HubMessageName): Promise<void> {
  const { gil, olga } = await everything();
  const heard = [gil, olga].flatMap((page) => page.heard.filter((one) => one.name === name));
  expect(JSON.stringify(heard)).not.toMatch(/[0-9a-f-]{36}:[0-9a-f-]{36}/);
  expect(REACH_OF_MESSAGE[name]).toBe('self');
}

test.each(Object.keys(REACH_OF_MESSAGE) as readonly HubMessageName[])(
  'the message %s tells nobody of people whom they may not meet',
  (name) => MESSAGES[name](),
);
