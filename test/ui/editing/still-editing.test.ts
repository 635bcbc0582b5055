import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RefusalCode } from '../../../src/domain/call/refusal.ts';
import { refuse } from '../../../src/domain/call/refusal.ts';
import type { RelayPayload } from '../../../src/protocol/types.ts';
import { createEditingSession } from '../../../src/ui/editing/editing-session.ts';
import type { FrozenStill } from '../../../src/ui/editing/frozen-picture.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA } from '../../support/desk-harness/people.ts';

const id = (n: number): string => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;
const CARLA = { person: `anon:${id(5)}`, name: 'Carla Customer', device: { id: id(6), kind: 'phone' } } as const;
const CAMERA = { audio: true, video: 'camera', problem: 'none' } as const;
const JPEG = new Uint8Array([0xff, 0xd8, 0xff]);
const still = (stillId: string, jpeg: FrozenStill['jpeg'] = Promise.resolve(JPEG)): FrozenStill => ({
  on: 'still',
  target: CARLA.person,
  stillId,
  jpeg,
  widthPx: 720,
  heightPx: 1280,
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const call = createFakeCall(id(1), ALEX);
  call.as('hub', { type: 'create', kind: 'meeting', title: '', meetingId: null });
  for (const who of [CARLA, ALEX, DANA]) call.as('hub', { type: 'join', ...who, media: CAMERA });
  const refused: RefusalCode[] = [];
  let ids = 100;
  const editing = createEditingSession({
    me: ALEX.person,
    session: call.session,
    newId() {
      ids += 1;
      return id(ids);
    },
    onRefused: ({ code }) => refused.push(code),
  });
  onTestFinished(editing.dispose);
  const pass = (ms = 1_000) => vi.advanceTimersByTimeAsync(ms);
  /** Without the greeting of a page that was just loaded. */
  const told = (): readonly RelayPayload[] =>
    call.relayed.map(({ payload }) => payload).filter((one) => one.type !== 'stillOver' || one.stillId !== null);
  const seen = (seenAs: 'shown' | 'dismissed') =>
    call.relay(CARLA.person, { type: 'stillSeen', stillId: id(50), seen: seenAs });
  return { call, editing, refused, pass, told, seen };
}

function drawArrow({ editing }: ReturnType<typeof setUp>): void {
  editing.selectTool('arrow');
  editing.penDown([0.5, 0.25]);
  editing.penMove([0.7, 0.5]);
  editing.penUp();
}

describe('an agent who edits the picture of a phone', () => {
  it('sends its owner that picture and everything drawn on it, and tells the call nothing', async () => {
    const here = setUp();
    const { call, editing, pass, told } = here;
    const before = call.state();
    editing.freeze(still(id(50)));
    drawArrow(here);
    await pass();
    expect(call.relayed.every(({ to }) => to === CARLA.person)).toBe(true);
    expect(told()[0]).toEqual({ type: 'still', stillId: id(50), jpeg: JPEG });
    expect(told().at(-1)).toEqual({
      type: 'stillMarks',
      stillId: id(50),
      marks: [
        {
          shape: 'arrow',
          colour: 'blue',
          points: [
            [0.5, 0.25],
            [0.7, 0.5],
          ],
          aspect: 720 / 1280,
        },
      ],
    });
    editing.stop();
    await pass();
    expect(told().at(-1)).toEqual({ type: 'stillOver', stillId: id(50) });
    expect(call.state()).toBe(before);
  });

  it('shows the stroke under the pen, and takes it back when it is thrown away', async () => {
    const { editing, pass, told } = setUp();
    editing.freeze(still(id(50)));
    editing.selectTool('ink');
    editing.penDown([0.1, 0.1]);
    editing.penMove([0.3, 0.1]);
    await pass();
    expect(told().at(-1)).toMatchObject({ marks: [{ shape: 'ink' }] });
    editing.penCancel();
    await pass();
    expect(told().at(-1)).toMatchObject({ marks: [] });
    expect(editing.onStill.value).toEqual([]);
  });

  it('takes back and erases on this picture alone', async () => {
    const here = setUp();
    const { editing, pass, told } = here;
    expect([editing.canUndo.value, editing.canErase.value]).toEqual([false, false]);
    editing.freeze(still(id(50)));
    drawArrow(here);
    drawArrow(here);
    editing.undo();
    await pass();
    expect(told().at(-1)).toMatchObject({ marks: [{}] });
    editing.eraseAll();
    await pass();
    expect(told().at(-1)).toMatchObject({ marks: [] });
    expect(editing.canErase.value).toBe(false);
    editing.undo();
    expect(editing.onStill.value).toHaveLength(1);
    editing.stop();
    expect([editing.canUndo.value, editing.canErase.value, editing.onStill.value]).toEqual([false, false, []]);
  });

  it('is told when there are too many marks, and shows the others all the same', async () => {
    const here = setUp();
    const { editing, refused, pass, told } = here;
    editing.freeze(still(id(50)));
    for (let at = 0; at < 51; at += 1) drawArrow(here);
    expect(refused).toEqual(['too-many-annotations']);
    editing.penDown([0.5, 0.5]);
    await pass();
    const last = told().at(-1);
    expect(last?.type === 'stillMarks' ? last.marks.length : 0).toBe(50);
  });

  it('knows whether the owner sees it; who went back to the live picture hears no more of this one', async () => {
    const here = setUp();
    const { editing, pass, told, seen, call } = here;
    editing.freeze(still(id(50)));
    expect(editing.reception.value).toBe('sending');
    await pass();
    seen('shown');
    expect(editing.reception.value).toBe('shown');
    seen('dismissed');
    expect(editing.reception.value).toBe('dismissed');
    const count = told().length;
    drawArrow(here);
    call.relay(CARLA.person, { type: 'askStill', stillId: null });
    await pass();
    expect(told()).toHaveLength(count);
    editing.stop();
    editing.freeze(still(id(51)));
    await pass();
    expect(told()).toContainEqual({ type: 'still', stillId: id(51), jpeg: JPEG });
  });

  it('sends all of it again to a page that was loaded anew', async () => {
    const here = setUp();
    const { call, editing, pass, told, seen } = here;
    editing.freeze(still(id(50)));
    drawArrow(here);
    await pass();
    seen('shown');
    const before = told().length;
    call.relay(CARLA.person, { type: 'askStill', stillId: null });
    expect(editing.reception.value).toBe('sending');
    await pass();
    expect(
      told()
        .slice(before)
        .map(({ type }) => type),
    ).toEqual(['still', 'stillMarks']);
  });

  it('says at the beginning that whatever its page had frozen before is over, to those with such pictures', async () => {
    const { call, pass } = setUp();
    await pass();
    expect(call.relayed).toEqual([{ to: CARLA.person, payload: { type: 'stillOver', stillId: null } }]);
  });

  it('tells who asks for a picture that it knows nothing of that it is over', async () => {
    const { call, pass, told } = setUp();
    call.relay(CARLA.person, { type: 'askStill', stillId: id(7) });
    call.relay(CARLA.person, { type: 'askStill', stillId: null });
    call.relay(CARLA.person, { type: 'askStill', stillId: id(8) });
    await pass();
    expect(told().at(-1)).toEqual({ type: 'stillOver', stillId: id(8) });
  });
});

describe('a picture of a phone that can’t be edited any more', () => {
  it('is let go of when the customer leaves, or goes on with a headset', () => {
    const left = setUp();
    left.editing.freeze(still(id(50)));
    left.call.as(CARLA, { type: 'leave' });
    expect(left.editing.frozen.value).toBeNull();
    const moved = setUp();
    moved.editing.freeze(still(id(50)));
    moved.call.as('hub', { type: 'join', ...CARLA, device: { id: id(9), kind: 'headset' }, media: CAMERA });
    expect(moved.editing.frozen.value).toBeNull();
  });

  it('stays when the customer’s connection is away, or the camera is turned off', () => {
    const { call, editing } = setUp();
    editing.freeze(still(id(50)));
    call.as('hub', { type: 'loseConnection', person: CARLA.person });
    expect(editing.frozen.value).not.toBeNull();
    call.as('hub', { type: 'restoreConnection', person: CARLA.person, device: CARLA.device });
    call.as(CARLA, { type: 'setMedia', media: { ...CAMERA, video: 'off' } });
    expect(editing.frozen.value).not.toBeNull();
  });

  it('is let go of with the reason when the hub takes none, or it can’t be encoded', async () => {
    const { call, editing, refused, pass } = setUp();
    Object.assign(call.session, { sendRelay: async () => refuse('one-time-no-drawing') });
    editing.freeze(still(id(50)));
    await pass();
    expect(editing.frozen.value).toBeNull();
    editing.freeze(still(id(51), Promise.resolve(null)));
    await pass();
    expect(editing.frozen.value).toBeNull();
    expect(refused).toEqual(['one-time-no-drawing', 'internal']);
  });

  it('gives no goodbye but one when the desk goes', async () => {
    const { editing, pass, told } = setUp();
    editing.freeze(still(id(50)));
    await pass();
    editing.dispose();
    await pass();
    expect(told().filter(({ type }) => type === 'stillOver')).toHaveLength(1);
  });
});
