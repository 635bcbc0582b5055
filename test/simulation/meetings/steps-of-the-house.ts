import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Invitee, LobbyMode } from '../../../src/domain/meeting/model.ts';
import type { MeetingDraft } from '../../../src/domain/meeting/schedule.ts';
import { COOKIE_S } from '../../../src/hub/join-api/tickets.ts';
import type { Meant } from './agree.ts';
import { ACCOUNTS, allowedModes, type DoorName, type HouseRules, isAnonymous, type Who } from './cast.ts';
import { lose, part, passTo, reconsider, startAnew } from './happening.ts';
import {
  HOUR_MS,
  type Model,
  type ModelDoor,
  newDoor,
  ONE_TIME_MS,
  PLANNED_MS,
  pageId,
  pageState,
  see,
} from './model.ts';
import type { MeetingPage } from './page.ts';
import { type Step, step } from './step.ts';
import { deskOf, hasDesk } from './steps-of-admitters.ts';
import { connect } from './steps-of-visitors.ts';
import type { MeetingWorld } from './world.ts';

const COOKIE_MS = COOKIE_S * 1000;

export const passTime = (ms: number): Step =>
  step({
    name: `${ms / 1000} s go by`,
    // Nobody without a sign-in talks for longer than their cookie says who they are.
    check: ({ doors }) =>
      ms < COOKIE_MS || Object.values(doors).every(({ inside }) => inside.every(({ who }) => !isAnonymous(who))),
    async run(meant) {
      const { model, world } = meant;
      // By then nobody's browser knows who they were: their pages are closed.
      if (ms >= COOKIE_MS) for (const page of world.pages()) if (isAnonymous(page.who)) closePage(meant, page);
      await world.clock.advance(ms);
      passTo(model, world.clock.nowMs());
    },
  });

function closePage({ model, world }: Meant, page: MeetingPage): void {
  page.lose(true);
  for (const tab of [0, 1]) {
    const id = pageId(page.who, page.door, tab);
    if (world.pageOf(page.who, page.door, tab) !== page || !pageState(model, id).isConnected) continue;
    lose(model, model.doors[page.door], id);
  }
  for (const tab of [0, 1]) pageState(model, pageId(page.who, page.door, tab)).waits = false;
}

/** @param comesBack which of the pages are there again at once, in their order */
export const restartHub = (comesBack: readonly boolean[]): Step =>
  step({
    name: `the hub restarts; back are ${comesBack.map(Number).join('')}`,
    async run(meant) {
      const { model, world } = meant;
      const connected = world.pages().flatMap((page) =>
        [0, 1].flatMap((tab) => {
          const isThis = world.pageOf(page.who, page.door, tab) === page;
          return isThis && pageState(model, pageId(page.who, page.door, tab)).isConnected ? [{ ...page, tab }] : [];
        }),
      );
      await world.restart();
      startAnew(model);
      for (const [at, { who, door, tab }] of connected.entries()) {
        if (comesBack[at] !== false) await connect(meant, { who, door, tab });
        await world.quiet();
      }
    },
  });

interface Edit {
  readonly by: Who;
  readonly stale: boolean;
  readonly lobby: LobbyMode;
  readonly anonymousAllowed: boolean;
  readonly coOrganizers: readonly Who[];
  readonly invited: readonly Who[];
  readonly move: 'keep' | 'later';
}

export const edit = ({ by, stale, move, ...changes }: Edit): Step =>
  step({
    name: `${by} edits the meeting: ${JSON.stringify({ stale, move, ...changes })}`,
    check: (model) => hasDesk(model, by),
    async run(meant) {
      const { model, world } = meant;
      const door = model.doors.meeting;
      const startMs = move === 'keep' ? door.startMs : model.nowMs + 2 * HOUR_MS;
      const endMs = move === 'keep' ? door.endMs : startMs + PLANNED_MS;
      const revision = stale ? door.revision - 1 : door.revision;
      const { meetingId } = world.place('meeting');
      const draft = draftOf({ ...changes, startMs, endMs });
      const answer = await deskOf(meant, by)?.invoke('changeMeeting', { meetingId, revision, draft });
      const reasons = [
        ...(by === 'dana' || door.coOrganizers.includes(by) ? [] : ['organizer-only', 'not-found']),
        ...(door.cancelled ? ['meeting-cancelled'] : []),
        ...(stale ? ['meeting-changed'] : []),
        ...(allowedModes(model.rules).includes(changes.lobby) || changes.lobby === door.lobby
          ? []
          : ['meeting-invalid']),
      ];
      if (reasons.length > 0) {
        expect(reasons).toContain(answer?.ok === false ? answer.refusal.code : 'accepted');
        return;
      }
      expect(answer).toMatchObject({ ok: true });
      see(model, 'edited');
      Object.assign(door, changes, { startMs, endMs, revision: door.revision + 1 });
      reconsider(model, door);
    },
  });

const invitee = (who: Who): Invitee => {
  const person = ACCOUNTS[who];
  return who === 'olga' || person === undefined
    ? { kind: 'mail', mail: 'olga@contoso1.com' }
    : { kind: 'account', person };
};

function draftOf(
  door: Pick<ModelDoor, 'startMs' | 'endMs' | 'lobby' | 'anonymousAllowed' | 'coOrganizers' | 'invited'>,
): MeetingDraft {
  const { startMs, endMs, lobby, anonymousAllowed, coOrganizers, invited } = door;
  return {
    ...{ title: 'Pump', zone: 'Europe/Berlin', presenters: [], startMs, endMs, lobby, anonymousAllowed },
    invitees: invited.map(invitee),
    coOrganizers: coOrganizers.flatMap((who) => ACCOUNTS[who] ?? []),
  };
}

export const cancel = ({ by, door: name }: { readonly by: Who; readonly door: DoorName }): Step =>
  step({
    name: `${by} cancels the ${name}`,
    check: (model) => hasDesk(model, by),
    async run(meant) {
      const { model, world } = meant;
      const door = model.doors[name];
      const request = { meetingId: world.place(name).meetingId, revision: door.revision };
      const answer = await deskOf(meant, by)?.invoke('cancelMeeting', request);
      if (by !== 'dana' && !door.cancelled) {
        expect(['organizer-only', 'not-found']).toContain(answer?.ok === false ? answer.refusal.code : 'accepted');
        return;
      }
      if (by !== 'dana') return;
      expect(answer).toMatchObject({ ok: true });
      if (door.cancelled) return;
      see(model, 'cancelled');
      Object.assign(door, { cancelled: true, revision: door.revision + 1 });
      reconsider(model, door);
    },
  });

export const changeRules = (rules: HouseRules): Step =>
  step({
    name: `the company decides ${JSON.stringify(rules)}`,
    async run({ model, world }) {
      await world.apply(rules);
      model.rules = rules;
      for (const door of Object.values(model.doors)) {
        part(model, door);
        reconsider(model, door);
      }
    },
  });

/** One more link leads to the same door, and the one before still does. */
export const moreLinks = ({ by, door: name }: { readonly by: Who; readonly door: DoorName }): Step =>
  step({
    name: `${by} makes one more link to the ${name}`,
    check: (model) => hasDesk(model, by),
    async run(meant) {
      const { model, world } = meant;
      const door = model.doors[name];
      const { meetingId, token } = world.place(name);
      const answer = await deskOf(meant, by)?.invoke('joinLink', { meetingId });
      if (answer?.ok !== true) {
        expect(by !== 'dana' || door.cancelled).toBe(true);
        return;
      }
      const another = answer.value.url.split('/').at(-1) ?? '';
      expect(another).not.toBe(token);
      for (const one of [token, another]) {
        expect(await world.hub().meetings.links.open(one)).toMatchObject({ meetingId });
      }
      see(model, 'one more link');
    },
  });

/** Once nobody can come any more, there is another meeting, or another one-time call. */
export const planAnew = (name: DoorName): Step =>
  step({
    name: `another ${name} is planned`,
    check: (model) => hasDesk(model, 'dana') && isDone(model, model.doors[name]),
    async run(meant) {
      const { model, world } = meant;
      const desk = deskOf(meant, 'dana');
      if (desk === undefined) return;
      see(model, `another ${name}`);
      await makePlace(world, desk, name);
      model.doors[name] = newDoor(name, world.clock.nowMs());
      for (const [id, page] of model.pages)
        if (id.split(' ')[1] === name) Object.assign(page, { isConnected: false, waits: false });
    },
  });

const isDone = (model: Model, door: ModelDoor): boolean =>
  door.inside.length === 0 && (door.over || door.cancelled || door.link === 'revoked' || model.nowMs >= door.endMs);

/** By Dana. */
export async function makePlace(
  world: MeetingWorld,
  desk: Pick<NonNullable<ReturnType<typeof deskOf>>, 'invoke'>,
  name: DoorName,
): Promise<void> {
  const commandId = randomUUID();
  const nowMs = world.clock.nowMs();
  if (name === 'call') {
    const request = { commandId, title: '', zone: 'Europe/Berlin', durationMin: ONE_TIME_MS / 60_000 };
    const made = await desk.invoke('createOneTimeCall', request);
    if (made?.ok !== true) throw new Error('no one-time call');
    world.setPlace(name, { meetingId: made.value.meeting.meetingId, token: made.value.url.split('/').at(-1) ?? '' });
    return;
  }
  const draft = draftOf({ ...newDoor(name, nowMs) });
  const planned = await desk.invoke('planMeeting', { commandId, draft });
  if (planned?.ok !== true) throw new Error(`no meeting: ${JSON.stringify(planned)}`);
  const { meetingId } = planned.value;
  const link = await desk.invoke('joinLink', { meetingId });
  if (link?.ok !== true) throw new Error('no link');
  world.setPlace(name, { meetingId, token: link.value.url.split('/').at(-1) ?? '' });
}
