import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import type { LobbyCommand } from '../../../src/domain/meeting/lobby-command.ts';
import type { LobbyEvent } from '../../../src/domain/meeting/lobby-event.ts';
import {
  type Caller,
  DEFAULT_MEETING_SETTINGS,
  LOBBY_MODES,
  type Meeting,
  type MeetingSettings,
} from '../../../src/domain/meeting/model.ts';
import { oneTimeState } from '../../../src/domain/meeting/one-time.ts';
import { nextDueMs } from '../../../src/domain/meeting/sweep.ts';
import { anonymous, atDesk, callerOf, createDoor, meetingOf, oneTime, organizer } from './fixtures.ts';
import { maySkipLobby } from './lobby-table.ts';

const PEOPLE: readonly Caller[] = [
  organizer,
  callerOf('abc:pia', 'member'),
  callerOf('contoso:fred', 'federated', { invited: true }),
  callerOf('rival:rita', 'anonymous', { signedIn: true, invited: true }),
  anonymous('ann'),
  anonymous('bob'),
];
const ADMITTERS: readonly PersonKey[] = [organizer.person, 'abc:pia'];

type Door = ReturnType<typeof createDoor>;

/** What must have happened, told from the events alone. */
interface Model {
  arrived: PersonKey[];
  readonly letIn: Set<PersonKey>;
  readonly verified: Set<PersonKey>;
  /** How often somebody came in, each way. */
  readonly ways: { admitted: number; byRight: number; brought: number };
  admissionsByLink: number;
  over: boolean;
}

type Change =
  | { readonly kind: 'meeting'; readonly changes: Partial<Meeting> }
  | { readonly kind: 'settings'; readonly changes: Partial<MeetingSettings> }
  | { readonly kind: 'wait'; readonly ms: number };

type Step = fc.Command<Model, Door>;

const asking = (command: LobbyCommand): Step => ({
  check: () => true,
  run(model, door) {
    if (command.type === 'restart') door.store();
    const before = JSON.stringify(door.state);
    const decision = door.ask(command);
    if (decision.ok) for (const event of decision.value) follow(model, event, { door, command });
    else expect(JSON.stringify(door.state)).toBe(before);
    holds(model, door);
  },
  toString: () => JSON.stringify(command),
});

const altering = (change: Change): Step => ({
  check: () => true,
  run(model, door) {
    alterDoor(door, change);
    holds(model, door);
  },
  toString: () => JSON.stringify(change),
});

function alterDoor(door: Door, change: Change): void {
  const { meeting, settings } = door.context;
  switch (change.kind) {
    case 'meeting':
      door.change({ meeting: { ...meeting, ...change.changes } });
      break;
    case 'settings':
      door.change({ settings: { ...settings, ...change.changes } });
      break;
    case 'wait':
      door.wait(change.ms);
  }
}

interface Cause {
  readonly door: Door;
  readonly command: LobbyCommand;
}

function follow(model: Model, event: LobbyEvent, cause: Cause): void {
  switch (event.type) {
    case 'waited':
      expect(model.arrived).not.toContain(event.caller.person);
      model.arrived.push(event.caller.person);
      break;
    case 'letIn':
      followLetIn(model, event, cause);
      break;
    case 'turnedAway':
    case 'withdrew':
      model.arrived = model.arrived.filter((person) => person !== event.person);
      break;
    case 'entered':
      expect(model.letIn).toContain(event.person);
      if (PEOPLE.some((one) => one.person === event.person && one.class !== 'anonymous'))
        model.verified.add(event.person);
      break;
    case 'dropped':
      model.verified.delete(event.person);
      break;
    case 'wentOut':
      model.letIn.delete(event.person);
      model.verified.delete(event.person);
      break;
    case 'callEnded':
      model.over = true;
      model.letIn.clear();
      break;
    case 'linkRevoked':
    case 'placeKept':
    case 'waiterLost':
    case 'callerChanged':
  }
}

function followLetIn(model: Model, event: Extract<LobbyEvent, { type: 'letIn' }>, { door, command }: Cause): void {
  const { caller, admitted, usesLink } = event;
  const { meeting, settings } = door.context;
  expect(model.over).toBe(false);
  if (caller.class === 'anonymous') expect(settings.anonymousJoin && meeting.anonymousAllowed).toBe(true);
  if (admitted === null) {
    expect(maySkipLobby(caller, meeting, { settings, verifiedIn: model.verified.size > 0 })).toBe(true);
  } else if (command.type === 'bring') {
    expect(model.letIn).toContain(admitted.by);
    expect(['organizer', 'member']).toContain(command.by.caller.class);
    expect(caller.class).not.toBe('anonymous');
    if (model.arrived.includes(caller.person)) expect(ADMITTERS).toContain(admitted.by);
  } else {
    expect(command.type).toMatch(/^admit/);
    expect(ADMITTERS).toContain(admitted.by);
    expect(model.arrived).toContain(caller.person);
  }
  expect(usesLink).toBe(meeting.kind === 'oneTime' && admitted !== null);
  model.ways[admitted === null ? 'byRight' : command.type === 'bring' ? 'brought' : 'admitted'] += 1;
  if (usesLink) model.admissionsByLink += 1;
  model.arrived = model.arrived.filter((person) => person !== caller.person);
  model.letIn.add(caller.person);
}

function holds(model: Model, door: Door): void {
  const { state, context } = door;
  const isOneTime = context.meeting.kind === 'oneTime';
  expect(door.waiting()).toEqual(model.arrived);
  expect([...door.inside()].sort()).toEqual([...model.letIn].sort());
  expect(door.inside().length).toBeLessThanOrEqual(isOneTime ? 2 : 4);
  for (const person of door.waiting()) expect(state.inside[person]).toBeUndefined();
  expect(model.admissionsByLink).toBeLessThanOrEqual(1);
  if (isOneTime) expect(state.link === 'used').toBe(model.admissionsByLink === 1);
  expect(state.ended).toBe(model.over);
  if (isOneTime && model.over) expect(oneTimeState(state, context)).toBe('ended');
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  const due = nextDueMs(state, context);
  if (due === null) expect(state.waiting).toEqual([]);
}

const someone = fc.constantFrom(...PEOPLE);
const keys = fc.constantFrom(...PEOPLE.map(({ person }) => person));
const pages = fc.constantFrom('first', 'second');
const groups = fc.subarray(PEOPLE.map(({ person }) => person));
const ask = (arbitrary: fc.Arbitrary<LobbyCommand>) => arbitrary.map(asking);
const alter = (arbitrary: fc.Arbitrary<Change>) => arbitrary.map(altering);

const steps = [
  ask(fc.record({ type: fc.constant('knock'), caller: someone, deviceId: pages })),
  ask(fc.record({ type: fc.constant('knock'), caller: someone, deviceId: pages })),
  ask(fc.record({ type: fc.constant('withdraw'), person: keys, deviceId: pages })),
  ask(fc.record({ type: fc.constantFrom('admit', 'deny'), by: someone.map(atDesk), person: keys })),
  ask(fc.record({ type: fc.constant('admit'), by: fc.constant(atDesk(organizer)), person: keys })),
  ask(fc.record({ type: fc.constantFrom('admitAll', 'denyAll'), by: someone.map(atDesk), people: groups })),
  ask(fc.record({ type: fc.constant('revoke'), by: someone })),
  ask(fc.record({ type: fc.constant('bring'), by: someone.map(atDesk), caller: someone })),
  ask(fc.record({ type: fc.constant('loseWaiter'), person: keys, deviceId: pages })),
  ask(fc.record({ type: fc.constantFrom('enter', 'drop', 'leave'), person: keys })),
  ask(fc.record({ type: fc.constant('enter'), person: keys })),
  ask(fc.constantFrom<LobbyCommand>({ type: 'sweep' }, { type: 'restart' }, { type: 'reconsider', callers: [] })),
  alter(fc.record({ kind: fc.constant('wait'), ms: fc.constantFrom(1_000, 30_000, 60_000, 3_600_000) })),
  alter(
    fc
      .record({ lobby: fc.constantFrom(...LOBBY_MODES), anonymousAllowed: fc.boolean() })
      .map((changes) => ({ kind: 'meeting', changes })),
  ),
  alter(
    fc
      .record({ anonymousJoin: fc.boolean(), anonymousCanStart: fc.boolean() })
      .map((changes) => ({ kind: 'settings', changes })),
  ),
];
const courses = fc.commands(steps, { maxCommands: 60, size: 'max' });

function run(meeting: Meeting, course: Iterable<Step>): { readonly model: Model; readonly door: Door } {
  const door = createDoor(meeting, { settings: DEFAULT_MEETING_SETTINGS });
  const ways = { admitted: 0, byRight: 0, brought: 0 };
  const model: Model = { arrived: [], letIn: new Set(), verified: new Set(), ways, admissionsByLink: 0, over: false };
  fc.modelRun(() => ({ model, real: door }), course);
  return { model, door };
}

const SLOW_MS = 60_000;

describe('whatever six people and the clock do', () => {
  test(
    'nobody is in a meeting who was not let in, and those who wait keep their order',
    () => {
      const meeting = meetingOf({ lobby: 'everyone', presenters: ['abc:pia'] });
      const ways = { admitted: 0, byRight: 0, brought: 0 };
      fc.assert(
        fc.property(courses, (course) => {
          const { model } = run(meeting, course);
          ways.admitted += model.ways.admitted;
          ways.byRight += model.ways.byRight;
          ways.brought += model.ways.brought;
        }),
        { numRuns: 300 },
      );
      expect(Math.min(ways.admitted, ways.byRight, ways.brought)).toBeGreaterThan(0);
    },
    SLOW_MS,
  );

  test(
    'a one-time call has one customer, by one admission, and two people at most',
    () => {
      const meeting = oneTime({ presenters: [] });
      const seen = new Set<string>();
      fc.assert(
        fc.property(courses, (course) => {
          const { door } = run(meeting, course);
          seen.add(oneTimeState(door.state, door.context));
        }),
        { numRuns: 300 },
      );
      expect([...seen].sort()).toEqual(expect.arrayContaining(['ended', 'inCall', 'inLobby', 'revoked', 'waiting']));
    },
    SLOW_MS,
  );
});
