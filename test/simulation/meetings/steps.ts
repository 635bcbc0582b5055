import fc from 'fast-check';
import { LOBBY_MODES } from '../../../src/domain/meeting/model.ts';
import { CAST, comesTo, DOORS, type DoorName, type Who } from './cast.ts';
import type { Step } from './step.ts';
import { admitAll, decide, decideAtOnce, decideNth, revoke } from './steps-of-admitters.ts';
import { cancel, changeRules, edit, moreLinks, passTime, planAnew, restartHub } from './steps-of-the-house.ts';
import { comeTo, dropPage, giveUpWaiting, leaveCall } from './steps-of-visitors.ts';

const who = fc.constantFrom(...CAST);
const tab = fc.constantFrom(0, 0, 0, 1);
const doors = fc.constantFrom<DoorName>(...DOORS);
const comers = fc
  .tuple(who, doors)
  .filter(([one, door]) => comesTo(one, door))
  .map(([one, door]) => ({ who: one, door }));
const deciders = fc.constantFrom<Who>('dana', 'dana', 'dana', 'eva', 'finn');
const SECOND_MS = 1_000;
/** No sum of a few of them is a time at which something is due. */
const shortSpans = fc.constantFrom(1_700, 1_700, 23_300, 61_100, 63_100);
const longSpans = fc.constantFrom(16.15 * 60 * SECOND_MS, 61.35 * 60 * SECOND_MS, 25.2 * 3_600 * SECOND_MS);
/** One of those who wait, if there are any, counted from the first. */
const nth = fc.nat({ max: 3 });

const weighted: readonly (readonly [number, fc.Arbitrary<Step>])[] = [
  [18, fc.tuple(comers, tab).map(([comer, at]) => comeTo({ ...comer, tab: at }))],
  [4, fc.tuple(comers, tab).map(([comer, at]) => dropPage({ ...comer, tab: at }))],
  [3, comers.map(leaveCall)],
  [1, fc.tuple(comers, tab).map(([comer, at]) => giveUpWaiting({ ...comer, tab: at }))],
  [
    12,
    fc
      .record({ by: deciders, nth, door: doors, kind: fc.constantFrom('admit', 'admit', 'admit', 'deny') })
      .map(decideNth),
  ],
  [1, fc.record({ by: deciders, who, door: doors, kind: fc.constantFrom('admit', 'deny') }).map(decide)],
  [2, fc.record({ nth, door: doors, first: deciders, second: deciders }).map(decideAtOnce)],
  [
    3,
    fc
      .record({
        by: deciders,
        people: fc.subarray([...CAST]),
        door: doors,
        kind: fc.constantFrom('admitAll', 'admitAll', 'denyAll'),
      })
      .map(admitAll),
  ],
  [5, shortSpans.map(passTime)],
  [1, longSpans.map(passTime)],
  [1, fc.array(fc.constantFrom(true, true, true, false), { minLength: 20, maxLength: 20 }).map(restartHub)],
  [
    4,
    fc
      .record({
        by: deciders,
        stale: fc.constantFrom(false, false, false, true),
        lobby: fc.constantFrom(...LOBBY_MODES),
        anonymousAllowed: fc.constantFrom(true, true, true, false),
        coOrganizers: fc.subarray(['eva' as const]),
        invited: fc.subarray(['eva' as const, 'finn' as const, 'olga' as const]),
        move: fc.constantFrom('keep', 'keep', 'keep', 'later'),
      })
      .map(edit),
  ],
  [
    2,
    fc
      .record({
        trust: fc.boolean(),
        anonymousJoin: fc.constantFrom(true, true, true, false),
        anonymousCanStart: fc.boolean(),
        allModes: fc.constantFrom(true, true, false),
      })
      .map(changeRules),
  ],
  [1, fc.record({ by: deciders, door: doors }).map(revoke)],
  [1, fc.record({ by: deciders, door: doors }).map(cancel)],
  [1, fc.record({ by: deciders, door: doors }).map(moreLinks)],
  [5, doors.map(planAnew)],
];

/** Courses of things that five people, their customers, the clock and the hub's own fate can bring about. */
export const courses = (maxCommands: number): fc.Arbitrary<Iterable<Step>> =>
  fc.commands(
    weighted.flatMap(([times, arbitrary]) => Array.from({ length: times }, () => arbitrary)),
    { maxCommands, size: 'max' },
  );
