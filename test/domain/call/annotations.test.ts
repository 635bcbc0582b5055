import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyAll } from '../../../src/domain/call/apply.ts';
import { UNDO_DEPTH } from '../../../src/domain/call/apply-annotations.ts';
import type { Actor, CallCommand, HubCommand } from '../../../src/domain/call/command.ts';
import { MAX_ANNOTATIONS } from '../../../src/domain/call/decide-annotations.ts';
import { initialCall } from '../../../src/domain/call/initial.ts';
import { visibleAnnotations } from '../../../src/domain/call/queries.ts';
import {
  AUDIO_ONLY,
  CALL_ID,
  CAMERA_ON,
  DANA,
  DESK,
  dana,
  EVA,
  eva,
  FRAME,
  HEADSET,
  hub,
  joinedCall,
  MARK,
  PLACEMENT,
  uuid,
} from '../../support/call-fixtures.ts';

const mark = (n: number): CallCommand => ({ type: 'mark', markId: uuid(n), target: DANA, frame: FRAME, mark: MARK });
const place = (n: number): CallCommand => ({ type: 'placeMark', markId: uuid(n), placement: PLACEMENT });
const annotate = (n: number): CallCommand => ({
  type: 'annotate',
  annotationId: uuid(n),
  shape: 'ink',
  colour: 'blue',
  placement: { ...PLACEMENT, anchorId: uuid(600 + n) },
});
type Driver = ReturnType<typeof joinedCall>;
const seen = (call: Driver): readonly string[] => visibleAnnotations(call.state()).map((one) => one.annotationId);

describe('a mark', () => {
  it('waits for the headset and becomes an annotation of its author where the headset put it [SPEC 6.2]', () => {
    const call = joinedCall();
    expect(call.do(mark(1), eva)).toEqual(['marked']);
    expect(Object.keys(call.state().pendingMarks)).toEqual([uuid(1)]);
    expect(call.do(place(1), dana)).toEqual(['markPlaced']);
    expect(call.state().pendingMarks).toEqual({});
    expect(call.state().annotations[uuid(1)]).toMatchObject({
      author: EVA,
      authorName: 'Eva Lind',
      anchorId: PLACEMENT.anchorId,
      colour: 'red',
      erased: false,
    });
    expect(call.state().anchors[PLACEMENT.anchorId]).toMatchObject({ owner: DANA, state: 'tracked' });
  });

  it('is refused with the headset’s reason, and Undo does not count it', () => {
    const call = joinedCall();
    call.do(mark(1), eva);
    expect(call.do({ type: 'refuseMark', markId: uuid(1), code: 'frame-too-old' }, dana)).toEqual(['markRefused']);
    expect(call.do({ type: 'undo' }, eva)).toBe('nothing-to-undo');
  });

  it('is placed and refused by the headset it is meant for alone [SPEC 6.2]', () => {
    const call = joinedCall();
    call.do(mark(1), eva);
    expect(call.do(place(1), eva)).toBe('mark-unknown');
    expect(call.do({ type: 'refuseMark', markId: uuid(1), code: 'too-far' }, eva)).toBe('mark-unknown');
    expect(call.do(place(2), dana)).toBe('mark-unknown');
  });

  it('that waits when the headset leaves is refused, with the reason [SPEC 6.7]', () => {
    const call = joinedCall();
    call.do(mark(1), eva);
    expect(call.do({ type: 'leave' }, dana)).toEqual(['markRefused', 'left']);
    expect(call.log().at(-2)?.event).toMatchObject({ type: 'markRefused', code: 'headset-gone', author: EVA });
    expect(call.do(mark(2), eva)).toBe('headset-gone');
  });

  it('that a silent headset leaves waiting is given up by the hub alone, once [SPEC 6.9]', () => {
    const call = joinedCall();
    call.do(mark(1), eva);
    expect(call.do({ type: 'giveUpOnMark', markId: uuid(1) }, eva)).toBe('out-of-turn');
    expect(call.do({ type: 'giveUpOnMark', markId: uuid(1) }, hub)).toEqual(['markRefused']);
    expect(call.log().at(-1)?.event).toMatchObject({ type: 'markRefused', code: 'frame-too-old', author: EVA });
    expect(call.do({ type: 'giveUpOnMark', markId: uuid(1) }, hub)).toEqual([]);
    expect(call.do(place(1), dana)).toBe('mark-unknown');
  });

  it('that waits for a headset whose wearer went on at a desk is refused, then or on leaving [SPEC 6.7] [SPEC 6.9]', () => {
    const takeOver = { type: 'join', person: DANA, name: 'Dana Reyes', device: DESK, media: AUDIO_ONLY } as const;
    const call = joinedCall();
    call.do(mark(1), eva);
    call.do(mark(2), eva);
    call.do(takeOver, hub);
    call.do({ type: 'giveUpOnMark', markId: uuid(1) }, hub);
    expect(call.log().at(-1)?.event).toMatchObject({ type: 'markRefused', markId: uuid(1), code: 'headset-gone' });
    expect(call.do({ type: 'leave' }, { kind: 'person', person: DANA, name: 'Dana Reyes', device: DESK })).toEqual([
      'markRefused',
      'left',
    ]);
    expect(call.state().pendingMarks).toEqual({});
  });

  it('waits while the headset reconnects', () => {
    const call = joinedCall();
    call.do({ type: 'loseConnection', person: DANA }, hub);
    expect(call.do(mark(1), eva)).toEqual(['marked']);
    call.do({ type: 'restoreConnection', person: DANA, device: HEADSET }, hub);
    expect(call.do(place(1), dana)).toEqual(['markPlaced']);
  });

  it.each([
    ['no points', { points: [] }, 'mark-empty'],
    ['NaN', { points: [[Number.NaN, 0.5]] }, 'mark-not-finite'],
    ['too many points', { points: Array.from({ length: 2_001 }, () => [0.5, 0.5]) }, 'mark-too-large'],
    ['a point far outside', { points: [[1.5, 0.5]] }, 'mark-outside-picture'],
  ] as const)('with %s is refused and changes nothing [SPEC 2.3]', (_, broken, code) => {
    const call = joinedCall();
    const before = call.state();
    const command = { ...mark(1), mark: { ...MARK, ...broken } } as CallCommand;
    expect(call.do(command, eva)).toBe(code);
    expect(call.state()).toBe(before);
  });

  it('keeps its id for itself [SPEC 6.4]', () => {
    const call = joinedCall();
    call.do(mark(1), eva);
    expect(call.do(mark(1), eva)).toBe('mark-taken');
    expect(call.do(annotate(1), dana)).toBe('annotation-taken');
  });
});

describe('the room’s annotations', () => {
  it('are drawn by the headset’s wearer directly, by nobody else', () => {
    const call = joinedCall();
    expect(call.do(annotate(1), dana)).toEqual(['annotated']);
    expect(call.do(annotate(2), eva)).toBe('headset-only');
  });

  it('follow their anchor, which only its owner moves [SPEC 6.5]', () => {
    const call = joinedCall();
    call.do(annotate(1), dana);
    const move = {
      type: 'moveAnchor',
      anchorId: uuid(601),
      pose: { position: [1, 1, 1], orientation: [0, 0, 0, 1] },
      spaceEpoch: 2,
      state: 'lost',
    } as const;
    expect(call.do(move, eva)).toBe('anchor-unknown');
    expect(call.do(move, dana)).toEqual(['anchorMoved']);
    expect(call.state().anchors[uuid(601)]).toMatchObject({ pose: move.pose, state: 'lost', spaceEpoch: 2 });
  });

  it('cannot use somebody else’s anchor [SPEC 6.5]', () => {
    const call = joinedCall();
    call.do(annotate(1), dana);
    call.do({ type: 'leave' }, eva);
    call.do(
      { type: 'join', person: EVA, name: 'Eva Lind', device: { ...DESK, kind: 'headset' }, media: CAMERA_ON },
      hub,
    );
    const foreign = { ...annotate(2), placement: { ...PLACEMENT, anchorId: uuid(601) } } as CallCommand;
    expect(call.do(foreign, { ...eva, device: { ...DESK, kind: 'headset' } } as Actor)).toBe('anchor-unknown');
  });

  it('are limited in number [SPEC 6.8]', () => {
    const call = joinedCall();
    for (let n = 1; n <= MAX_ANNOTATIONS; n += 1) call.do(annotate(n), dana);
    expect(seen(call)).toHaveLength(MAX_ANNOTATIONS);
    expect(call.do(annotate(MAX_ANNOTATIONS + 1), dana)).toBe('too-many-annotations');
  });
});

describe('Undo and Erase all', () => {
  it('take back one’s own last mark, also while it waits [SPEC 6.6]', () => {
    const call = joinedCall();
    call.do(mark(1), eva);
    call.do(place(1), dana);
    call.do(mark(2), eva);
    call.do({ type: 'undo' }, eva);
    expect(call.do(place(2), dana)).toBe('mark-unknown');
    expect(seen(call)).toEqual([uuid(1)]);
    call.do({ type: 'undo' }, eva);
    expect(seen(call)).toEqual([]);
    expect(call.do({ type: 'undo' }, eva)).toBe('nothing-to-undo');
  });

  it('erase one’s own only, and Undo brings all of it back [SPEC 6.6]', () => {
    const call = joinedCall();
    call.do(mark(1), eva);
    call.do(place(1), dana);
    call.do(annotate(2), dana);
    call.do({ type: 'eraseAll' }, eva);
    expect(seen(call)).toEqual([uuid(2)]);
    expect(call.do({ type: 'eraseAll' }, eva)).toBe('nothing-to-erase');
    call.do({ type: 'undo' }, eva);
    expect(seen(call)).toEqual([uuid(1), uuid(2)]);
  });

  it('bring nothing back for which others left no room [SPEC 6.8]', () => {
    const call = joinedCall();
    for (const n of [1, 2]) {
      call.do(mark(n), eva);
      call.do(place(n), dana);
    }
    call.do({ type: 'eraseAll' }, eva);
    for (let n = 3; n <= MAX_ANNOTATIONS + 1; n += 1) call.do(annotate(n), dana);
    expect(call.do({ type: 'undo' }, eva)).toBe('too-many-annotations');
    call.do({ type: 'undo' }, dana);
    expect(call.do({ type: 'undo' }, eva)).toEqual(['restored']);
    expect(seen(call)).toHaveLength(MAX_ANNOTATIONS);
  });

  it('forget what can no longer come back', () => {
    const call = joinedCall();
    call.do(annotate(1), dana);
    call.do({ type: 'eraseAll' }, dana);
    for (let n = 2; n <= UNDO_DEPTH + 2; n += 1) call.do(annotate(n), dana);
    expect(call.state().annotations[uuid(1)]).toBeUndefined();
  });
});

/** Commands that fit often enough to go deep, and often enough not to. */
const ids = fc.integer({ min: 1, max: 6 });
const command: fc.Arbitrary<readonly [CallCommand | HubCommand, Actor]> = fc.oneof(
  ids.map((n) => [mark(n), eva] as const),
  ids.map((n) => [place(n), dana] as const),
  ids.map((n) => [annotate(n), dana] as const),
  ids.map((n) => [{ type: 'refuseMark', markId: uuid(n), code: 'too-far' }, dana] as const),
  fc.constantFrom(dana, eva).map((actor) => [{ type: 'undo' }, actor] as const),
  fc.constantFrom(dana, eva).map((actor) => [{ type: 'eraseAll' }, actor] as const),
  fc.constantFrom(DANA, EVA).map((person) => [{ type: 'loseConnection', person }, hub] as const),
  fc.constant([{ type: 'restoreConnection', person: DANA, device: HEADSET }, hub] as const),
  fc.constant([{ type: 'leave' }, eva] as const),
  fc.constant([{ type: 'join', person: EVA, name: 'Eva Lind', device: DESK, media: CAMERA_ON }, hub] as const),
);

describe('any course of a call', () => {
  it('gives the same state to whoever applies its log, in whatever portions [SPEC 3.1]', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), fc.nat(60), (commands, cut) => {
        const call = joinedCall();
        for (const [one, actor] of commands) call.do(one, actor);
        const log = call.log();
        const half = applyAll(initialCall(CALL_ID), log.slice(0, cut));
        // Overlapping portions: what is known already changes nothing.
        const whole = applyAll(half, log.slice(Math.max(0, Math.min(cut, log.length) - 5)));
        expect(whole).toEqual(call.state());
      }),
    );
  });

  it('never shows what its author erased, and each author’s Undo touches that author’s alone', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const call = joinedCall();
        for (const [one, actor] of commands) {
          const before = visibleAnnotations(call.state());
          const outcome = call.do(one, actor);
          if (one.type !== 'undo' && one.type !== 'eraseAll') continue;
          if (typeof outcome === 'string' || actor.kind === 'hub') continue;
          const others = (list: typeof before) => list.filter((annotation) => annotation.author !== actor.person);
          expect(others(visibleAnnotations(call.state()))).toEqual(others(before));
        }
      }),
    );
  });

  it('refuses to go on over a gap [SPEC 3.1]', () => {
    const log = joinedCall().log();
    expect(() => applyAll(initialCall(CALL_ID), log.slice(1))).toThrow(RangeError);
  });
});
