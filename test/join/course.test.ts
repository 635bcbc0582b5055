import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../src/domain/call/refusal.ts';
import { type Course, type CourseEvent, nextCourse, remedyFor, START } from '../../src/join/course.ts';

const LOOK = { company: 'ABC', organizer: null, closed: null, returning: null } as const;
const PLACE = { number: 1, waitedMs: 0 } as const;
const courseOf = (...events: readonly CourseEvent[]): Course => events.reduce(nextCourse, START);
const OPENED: CourseEvent = { type: 'opened', account: null, signInFailed: false };
const LOOKED: CourseEvent = { type: 'looked', look: LOOK, kept: null };
const NAMED: readonly CourseEvent[] = [OPENED, LOOKED, { type: 'guestChosen' }, { type: 'named', name: 'Carla' }];
const WAITING: readonly CourseEvent[] = [...NAMED, { type: 'asked' }, { type: 'waiting', place: PLACE, anew: false }];
const IN: readonly CourseEvent[] = [...WAITING, { type: 'admitted' }, { type: 'cameIn' }];

describe('the course of a visit', () => {
  it('goes from the link over name, preview and lobby into the call, one decision at a time', () => {
    expect(courseOf(OPENED, LOOKED).step.kind).toBe('choosing');
    expect(courseOf(...NAMED.slice(0, 3)).step.kind).toBe('naming');
    expect(courseOf(...NAMED).step).toEqual({ kind: 'preview', asking: false, unreachable: false });
    expect(courseOf(...WAITING).step).toEqual({ kind: 'lobby', place: PLACE, anew: false });
    expect(courseOf(...IN).step).toEqual({ kind: 'inCall', letIn: true });
    expect(courseOf(...IN).name).toBe('Carla');
  });

  it('takes somebody who is signed in to the preview at once, under no typed name', () => {
    const opened: CourseEvent = { type: 'opened', account: 'Dana Okafor', signInFailed: false };
    expect(courseOf(opened, LOOKED, { type: 'accountChosen' })).toMatchObject({ name: '', step: { kind: 'preview' } });
    expect(courseOf(OPENED, LOOKED, { type: 'accountChosen' }).step.kind).toBe('choosing');
  });

  it('shows what went wrong with a sign-in that came back without one', () => {
    const opened: CourseEvent = { type: 'opened', account: null, signInFailed: true };
    expect(courseOf(opened, LOOKED).step.kind).toBe('signingIn');
    expect(courseOf(opened, LOOKED, { type: 'guestChosen' }).step.kind).toBe('naming');
  });

  it('asks again for a name of which nothing can be read', () => {
    expect(courseOf(...NAMED.slice(0, 3), { type: 'named', name: null }).step).toEqual({
      kind: 'naming',
      problem: 'name-empty',
    });
  });

  it('brings back whoever is expected, though the link is used up', () => {
    const look = { ...LOOK, closed: null, returning: { name: 'Carla' } } as const;
    expect(courseOf(OPENED, { type: 'looked', look, kept: null })).toMatchObject({
      name: 'Carla',
      step: { kind: 'returning' },
    });
    const kept = { stage: 'lobby', name: 'Carla' } as const;
    expect(courseOf(OPENED, { type: 'looked', look: LOOK, kept }).step.kind).toBe('returning');
  });

  it('tells somebody whose seat was not kept that they were away for too long, before they ask anew', () => {
    const kept = { stage: 'call', name: 'Carla' } as const;
    const lost = courseOf(OPENED, { type: 'looked', look: LOOK, kept });
    expect(lost).toMatchObject({ name: 'Carla', step: { kind: 'over', why: 'lost', again: true } });
    const named = [{ type: 'retried' } as const, LOOKED, { type: 'guestChosen' } as const].reduce(nextCourse, lost);
    expect(named).toMatchObject({ name: 'Carla', step: { kind: 'naming' } });
  });

  it('asks anew at once for somebody with an account, and starts over where that account is signed out', () => {
    const kept = { stage: 'call', name: '' } as const;
    const opened: CourseEvent = { type: 'opened', account: 'Dana Okafor', signInFailed: false };
    expect(courseOf(opened, { type: 'looked', look: LOOK, kept }).step.kind).toBe('returning');
    expect(courseOf(OPENED, { type: 'looked', look: LOOK, kept }).step.kind).toBe('choosing');
  });

  it('says that a place in the lobby was not kept, for as long as the new one lasts', () => {
    const kept: CourseEvent = { type: 'waiting', place: PLACE, anew: false };
    const anew: CourseEvent = { ...kept, anew: true };
    expect(courseOf(...WAITING, kept).step).toMatchObject({ anew: false });
    expect(courseOf(...WAITING, anew, kept).step).toMatchObject({ anew: true });
  });

  it('says “Call ended” after a reload too, and for good', () => {
    const over = { kind: 'over', why: 'ended', again: false };
    expect(
      courseOf(OPENED, {
        type: 'looked',
        look: { ...LOOK, closed: 'call-over' },
        kept: { stage: 'call', name: 'Carla' },
      }).step,
    ).toEqual(over);
    expect(courseOf(...IN, { type: 'ended', why: 'left', oneTime: true }).step).toMatchObject({
      kind: 'over',
      again: false,
    });
    expect(courseOf(...IN, { type: 'ended', why: 'left', oneTime: false }).step).toMatchObject({ again: true });
  });

  it('keeps the preview where the hub is out of reach, and lets one ask again', () => {
    const lost = courseOf(...NAMED, { type: 'asked' }, { type: 'unreachable' });
    expect(lost.step).toEqual({ kind: 'preview', asking: false, unreachable: true });
    expect(nextCourse(lost, { type: 'asked' }).step).toEqual({ kind: 'preview', asking: true, unreachable: false });
  });

  it('leads one step back, but not while the door is being asked', () => {
    expect(courseOf(...NAMED, { type: 'back' }).step.kind).toBe('naming');
    expect(courseOf(...NAMED, { type: 'back' }, { type: 'back' }).step.kind).toBe('choosing');
    expect(courseOf(...NAMED, { type: 'asked' }, { type: 'back' }).step).toMatchObject({
      kind: 'preview',
      asking: true,
    });
  });

  it('keeps in mind who was let in, and who came in by themselves', () => {
    expect(courseOf(...IN, { type: 'cameIn' }).step).toEqual({ kind: 'inCall', letIn: true });
    expect(courseOf(...NAMED, { type: 'asked' }, { type: 'cameIn' }).step).toEqual({ kind: 'inCall', letIn: false });
  });

  it('leaves the lobby for the beginning, and is not drawn into a call from there', () => {
    const left = courseOf(...WAITING, { type: 'withdrew' });
    expect(left.step.kind).toBe('choosing');
    expect(nextCourse(left, { type: 'admitted' }).step.kind).toBe('choosing');
  });

  it('offers for every closed door what helps there, and signing in only to who is not signed in', () => {
    expect(remedyFor('lobby-denied', false)).toBe('ask-again');
    expect(remedyFor('anonymous-off', false)).toBe('sign-in');
    expect(remedyFor('anonymous-off', true)).toBe('none');
    expect(remedyFor('link-expired', false)).toBe('none');
    expect(remedyFor('meeting-not-joinable', false)).toBe('look-again');
  });

  it('goes on here, where somebody wants it back from another tab', () => {
    const taken = courseOf(...WAITING, { type: 'takenOver' });
    expect(nextCourse(taken, { type: 'cameIn' })).toBe(taken);
    expect(
      [{ type: 'asked' } as const, { type: 'waiting', place: PLACE, anew: false } as const].reduce(nextCourse, taken)
        .step.kind,
    ).toBe('lobby');
  });

  const code = fc.constantFrom(...REFUSALS);
  const event: fc.Arbitrary<CourseEvent> = fc.oneof(
    fc.constantFrom<CourseEvent>(
      OPENED,
      LOOKED,
      { type: 'unreachable' },
      { type: 'guestChosen' },
      { type: 'signInChosen' },
      { type: 'named', name: 'Carla' },
      { type: 'back' },
      { type: 'asked' },
      { type: 'waiting', place: PLACE, anew: false },
      { type: 'admitted' },
      { type: 'cameIn' },
      { type: 'takenOver' },
      { type: 'ended', why: 'lost', oneTime: true },
    ),
    code.map((one): CourseEvent => ({ type: 'refused', code: one })),
  );
  it('never leaves an ended one-time call without the person’s own doing, whatever news come late', () => {
    const late = event.filter(({ type }) => !['looked', 'unreachable'].includes(type));
    fc.assert(
      fc.property(fc.array(late, { maxLength: 12 }), (events) => {
        const ended = courseOf(...IN, { type: 'ended', why: 'ended', oneTime: true });
        const { step } = events.filter(({ type }) => type !== 'opened').reduce(nextCourse, ended);
        expect(step).toEqual(ended.step);
      }),
    );
  });

  it('enters the call only after the hub has said so', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        if (events.some(({ type }) => type === 'cameIn')) return;
        expect(courseOf(...events).step.kind).not.toBe('inCall');
      }),
    );
  });
});
