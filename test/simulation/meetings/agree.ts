import { expect } from 'vitest';
import { isIn } from '../../../src/domain/call/queries.ts';
import { ACCOUNTS, DOORS, type DoorName, isAnonymous, NAMES, type Who } from './cast.ts';
import {
  deniedReasons,
  finalReasons,
  type Inside,
  inCall,
  isFull,
  linkState,
  type Model,
  type ModelDoor,
  pageId,
  pageState,
  see,
  timeReasons,
} from './model.ts';
import type { MeetingPage } from './page.ts';
import type { MeetingWorld } from './world.ts';

export interface Meant {
  readonly model: Model;
  readonly world: MeetingWorld;
}

const keyOf = ({ world }: Meant, who: Who, door: DoorName): string => world.keyOf(who, door) ?? `nobody: ${who}`;
const tabOf = ({ world }: Meant, page: MeetingPage): string =>
  [0, 1].map((tab) => ({ tab, page: world.pageOf(page.who, page.door, tab) })).find((one) => one.page === page)?.tab ===
  1
    ? pageId(page.who, page.door, 1)
    : pageId(page.who, page.door, 0);
const isThere = (meant: Meant, page: MeetingPage): boolean =>
  page.line !== null && pageState(meant.model, tabOf(meant, page)).isConnected;

/** What everybody has before them, and what the hub has stored, is what the model says. */
export async function agree(meant: Meant): Promise<void> {
  for (const door of DOORS) await agreeAtDoor(meant, meant.model.doors[door]);
  for (const page of meant.world.pages()) agreeOnPage(meant, page);
}

async function agreeAtDoor(meant: Meant, door: ModelDoor): Promise<void> {
  const { world, model } = meant;
  const { meetingId } = world.place(door.name);
  const kept = await world.hub().meetings.doors.state({ tid: '', meetingId });
  expect({
    waiting: kept.waiting.map(({ caller, awayUntilMs }) => [caller.person, awayUntilMs !== null]),
    inside: Object.entries(kept.inside)
      .map(([person, seat]) => [person, seat.state === 'in'])
      .toSorted(),
    link: kept.link,
    ended: kept.ended,
  }).toEqual({
    waiting: door.waiting.map(({ who, keptUntilMs }) => [keyOf(meant, who, door.name), keptUntilMs !== null]),
    inside: door.inside.map(({ who, state }) => [keyOf(meant, who, door.name), state === 'in']).toSorted(),
    link: door.link,
    ended: door.over,
  });
  const call = world
    .hub()
    .log.open.all()
    .find(({ record }) => record.meetingId === meetingId);
  const there = Object.values(call?.state.participants ?? {}).filter(isIn);
  expect(there.map(({ person }) => person).toSorted()).toEqual(keysIn(meant, door));
  await agreeOnLink(meant, door);
  const desk = world.pageOf('dana', door.name, 0);
  if (desk === undefined || !isThere(meant, desk)) return;
  const details = await desk.invoke('meeting', { meetingId });
  expect(details).toMatchObject({
    value: { oneTime: door.name === 'call' ? linkState(model, door) : null, waiting: door.waiting.length },
  });
}

const keysIn = (meant: Meant, door: ModelDoor): readonly string[] =>
  inCall(door)
    .map(({ who }) => keyOf(meant, who, door.name))
    .toSorted();

/** Whoever opens the link learns the company's name, and why it is closed if it is. */
async function agreeOnLink({ world, model }: Meant, door: ModelDoor): Promise<void> {
  const look = await world.look(door.name);
  expect(look).toMatchObject({ company: 'ABC', organizer: null, returning: null });
  const isFullNow = isFull(door) || (door.name === 'call' && door.link === 'used');
  const reasons = [
    ...finalReasons(door),
    ...timeReasons(model, door),
    ...deniedReasons(model, door, 'chris'),
    ...(isFullNow ? [door.name === 'call' ? 'one-time-full' : 'meeting-full'] : []),
  ];
  if (reasons.length === 0) expect(look.closed).toBeNull();
  else expect(reasons).toContain(look.closed);
}

function agreeOnPage(meant: Meant, page: MeetingPage): void {
  const { model, world } = meant;
  if (!isThere(meant, page)) return;
  const door = model.doors[page.door];
  const id = tabOf(meant, page);
  const place = page.client.place.value;
  const index = door.waiting.findIndex((one) => one.page === id);
  const isWaiting = pageState(model, id).waits;
  expect([id, 'waits as number', place?.number ?? null]).toEqual([id, 'waits as number', isWaiting ? index + 1 : null]);
  const inside = door.inside.find((one) => one.page === id);
  const call = page.callIn();
  expect([id, 'is in the call', call !== null]).toEqual([id, 'is in the call', inside !== undefined]);
  if (call !== null) {
    const roster = Object.values(call.participants)
      .filter(isIn)
      .map(({ person }) => person);
    expect(roster.toSorted()).toEqual(keysIn(meant, door));
  }
  for (const name of DOORS) {
    const { meetingId } = world.place(name);
    const shown = page.client.lobbies.value.find((lobby) => lobby.meetingId === meetingId)?.entries ?? [];
    const { waiting, coOrganizers } = model.doors[name];
    const isAdmitter = page.who === 'dana' || coOrganizers.includes(page.who);
    expect([id, 'lobby', name, shown.map(({ person, away }) => [person, away])]).toEqual([
      ...[id, 'lobby', name],
      isAdmitter ? waiting.map(({ who, keptUntilMs }) => [keyOf(meant, who, name), keptUntilMs !== null]) : [],
    ]);
  }
}

/** Who was in the call of a page's door, before and after what has just happened. */
export type InBefore = ReadonlyMap<DoorName, ReadonlySet<Who>>;
export const whoIsIn = ({ doors }: Model): InBefore =>
  new Map(DOORS.map((door) => [door, new Set(inCall(doors[door]).map(({ who }) => who))]));

/** To whom was let in neither before nor after, nothing has flowed. */
export function nothingFlowed(meant: Meant, before: InBefore): void {
  const after = whoIsIn(meant.model);
  for (const page of meant.world.pages()) {
    const heard = page.takeHeard();
    const wasIn = DOORS.some((door) => before.get(door)?.has(page.who) || after.get(door)?.has(page.who));
    if (wasIn) continue;
    const names = new Set(heard.map(({ name }) => name));
    expect([...names].filter((name) => name === 'events' || name === 'signal' || name === 'relay')).toEqual([]);
    if (isAnonymous(page.who)) {
      expect([...names].filter((name) => name !== 'lobbyPlace')).toEqual([]);
      requireNobody(JSON.stringify(heard), page.who);
    }
  }
}

/** Neither a name nor a key of anybody else. */
export function requireNobody(text: string, reader: Who): void {
  for (const [who, name] of Object.entries(NAMES)) {
    if (who !== reader) expect(text).not.toContain(name);
  }
  for (const key of Object.values(ACCOUNTS)) expect(text).not.toContain(key);
}

/** Nothing of what goes round the log passes between somebody in a call and somebody who is not. */
export async function tryTheDoor(meant: Meant): Promise<void> {
  const { model, world } = meant;
  for (const name of DOORS) {
    const { meetingId } = world.place(name);
    const call = world
      .hub()
      .log.open.all()
      .find(({ record }) => record.meetingId === meetingId);
    if (call === undefined) continue;
    const { callId } = call.record;
    const insiders = inCall(model.doors[name]);
    for (const page of world.pages()) {
      if (!isThere(meant, page) || page.door !== name) continue;
      const isInside = insiders.some((one) => one.page === tabOf(meant, page));
      const other = insiders.find(({ who }) => who !== page.who);
      if (isInside) await signalOut(meant, page, callId);
      if (isInside && other !== undefined) await signalWithin(meant, page, { callId, other });
      else if (other !== undefined) await signalIn(page, { callId, to: keyOf(meant, other.who, name) });
      if (!isInside) await askAround(meant, page, callId);
    }
  }
}

async function signalOut(meant: Meant, page: MeetingPage, callId: string): Promise<void> {
  for (const { who } of meant.model.doors[page.door].waiting) {
    const to = keyOf(meant, who, page.door);
    expect(await page.invoke('signal', { callId, to, payload: { type: 'restart' } })).toMatchObject({ ok: false });
  }
}

/** What is let in does flow. */
async function signalWithin(
  meant: Meant,
  page: MeetingPage,
  { callId, other }: { readonly callId: string; readonly other: Inside },
): Promise<void> {
  const to = keyOf(meant, other.who, page.door);
  const receiver = meant.world.pages().find((one) => other.page === tabOf(meant, one));
  const before = receiver?.heardSignals() ?? 0;
  expect(await page.invoke('signal', { callId, to, payload: { type: 'restart' } })).toMatchObject({ ok: true });
  if (receiver === undefined || !isThere(meant, receiver)) return;
  expect(receiver.heardSignals()).toBe(before + 1);
  see(meant.model, 'signal passed');
}

async function signalIn(
  page: MeetingPage,
  { callId, to }: { readonly callId: string; readonly to: string },
): Promise<void> {
  expect(await page.invoke('signal', { callId, to, payload: { type: 'restart' } })).toMatchObject({ ok: false });
  const asked = await page.invoke('relay', { callId, to, payload: { type: 'askSnapshot' } });
  expect(asked).toMatchObject({ ok: false });
}

async function askAround({ model }: Meant, page: MeetingPage, callId: string): Promise<void> {
  const commandId = crypto.randomUUID();
  const command = await page.invoke('command', { commandId, callId, command: { type: 'eraseAll' } });
  expect(command).toMatchObject({ ok: false });
  const isElsewhere = inCall(model.doors[page.door]).some(({ who }) => who === page.who);
  if (isElsewhere || !isAnonymous(page.who)) return;
  expect(await page.invoke('resume', { callId, afterSeq: 0 })).toMatchObject({ refusal: { code: 'call-unknown' } });
  expect(await page.invoke('iceServers', {})).toMatchObject({ refusal: { code: 'not-in-call' } });
}
