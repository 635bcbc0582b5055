import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImagePoint } from '../../../src/domain/annotation/types.ts';
import { documentedHoloLens2Profile } from '../../../src/domain/registration/camera.ts';
import { type EditingBlock, type StageSituation, whyNotEditing } from '../../../src/ui/editing/availability.ts';
import { editingAction } from '../../../src/ui/editing/editing-keys.ts';
import { createEditingSession } from '../../../src/ui/editing/editing-session.ts';
import { createFreezing } from '../../../src/ui/editing/freezing.ts';
import { createStageHand } from '../../../src/ui/editing/stage-hand.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA } from '../../support/desk-harness/people.ts';

const id = (n: number): string => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;
const press = (key: string, held: Partial<Parameters<typeof editingAction>[0]> = {}) =>
  editingAction({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

describe('keys of the stage', () => {
  it('choose tools and colours by letters and numbers', () => {
    expect(press('a')).toEqual({ type: 'tool', tool: 'arrow' });
    expect(press('I')).toEqual({ type: 'tool', tool: 'ink' });
    expect(press('e')).toEqual({ type: 'toggleEditing' });
    expect(['1', '2', '3', '4', '5'].map((key) => press(key))).toEqual(
      ['blue', 'gray', 'green', 'red', 'yellow'].map((colour) => ({ type: 'colour', colour })),
    );
    expect(press('6')).toBeNull();
    expect(press('0')).toBeNull();
  });

  it('undo as everywhere, and erase only with Shift held', () => {
    expect(press('z', { ctrlKey: true })).toEqual({ type: 'undo' });
    expect(press('z', { metaKey: true })).toEqual({ type: 'undo' });
    expect(press('z')).toBeNull();
    expect(press('Delete')).toBeNull();
    expect(press('Delete', { shiftKey: true })).toEqual({ type: 'eraseAll' });
  });

  it("leave the browser's and the system's keys alone", () => {
    expect(press('a', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
    expect(press('Tab')).toBeNull();
    expect(press('F5')).toBeNull();
  });

  it('move the cursor, by small steps with Shift', () => {
    expect(press('ArrowUp')).toEqual({ type: 'move', right: 0, down: -8 });
    expect(press('ArrowRight', { shiftKey: true })).toEqual({ type: 'move', right: 1, down: 0 });
    expect(press('Enter')).toEqual({ type: 'pen' });
    expect(press('Escape')).toEqual({ type: 'escape' });
  });
});

function callWithHeadset() {
  const call = createFakeCall(id(1), ALEX);
  call.as('hub', { type: 'create', kind: 'direct', title: '', meetingId: null });
  for (const who of [DANA, ALEX]) {
    call.as('hub', { type: 'join', ...who, media: { audio: true, video: 'camera', problem: 'none' } });
  }
  const camera = documentedHoloLens2Profile();
  call.as(DANA, { type: 'describeCamera', camera, spaceEpoch: 1, tracking: true });
  return call;
}

describe('why nothing can be drawn', () => {
  const why = (
    changes: Partial<StageSituation>,
    prepare: (call: ReturnType<typeof callWithHeadset>) => void = () => undefined,
  ) => {
    const call = callWithHeadset();
    prepare(call);
    const target = call.state().participants[DANA.person] ?? null;
    return whyNotEditing({
      status: 'online',
      target,
      hasPicture: true,
      wasPlaced: true,
      isSnapshot: false,
      frozen: false,
      ...changes,
    });
  };

  it('is nothing while the headset is there, tracked, with its camera on', () => {
    expect(why({})).toBeNull();
  });

  it('names what is missing', () => {
    expect(why({ status: 'reconnecting' })).toBe('offline');
    expect(why({ target: null })).toBe('no-headset');
    expect(why({ hasPicture: false })).toBe('no-picture');
    expect(why({ wasPlaced: false })).toBe('not-placed-yet');
    expect(why({ wasPlaced: false, isSnapshot: true })).toBe('snapshot-not-placed');
    const off = { audio: true, video: 'off', problem: 'none' } as const;
    expect(why({}, (call) => call.as(DANA, { type: 'setMedia', media: off }))).toBe('video-off');
    expect(why({}, (call) => call.as('hub', { type: 'loseConnection', person: DANA.person }))).toBe(
      'headset-reconnecting',
    );
    const camera = documentedHoloLens2Profile();
    const lost = { type: 'describeCamera', camera, spaceEpoch: 1, tracking: false } as const;
    expect(why({}, (call) => call.as(DANA, lost))).toBe('tracking-lost');
  });

  it('is not the live picture while another is frozen', () => {
    expect(why({ frozen: true, hasPicture: false, wasPlaced: false })).toBeNull();
  });
});

function setUp() {
  const call = callWithHeadset();
  let ids = 100;
  const editing = createEditingSession({
    me: ALEX.person,
    session: call.session,
    newId() {
      ids += 1;
      return id(ids);
    },
    onRefused: ({ code }) => {
      throw new Error(code);
    },
  });
  const world = {
    block: null as EditingBlock | null,
    cursor: null as ImagePoint | null,
    said: [] as string[],
  };
  const frame = { frameId: 7, captureTimeMs: 1, spaceEpoch: 1 };
  const isPlaced = signal(true);
  const freezing = createFreezing({
    isPlaced,
    freeze() {
      if (isPlaced.value) editing.freeze({ on: 'room', target: DANA.person, frame, widthPx: 1280, heightPx: 720 });
      return isPlaced.value;
    },
  });
  const hand = createStageHand({
    editing,
    blocked: () => world.block,
    freezing: () => freezing,
    cursor: () => world.cursor,
    moveCursor: (to) => {
      world.cursor = to;
    },
    onBlocked: (why) => world.said.push(why),
  });
  const marks = () => Object.values(call.state().pendingMarks).map(({ mark }) => mark);
  return { call, editing, freezing, hand, isPlaced, world, marks };
}

describe('a pen on the picture', () => {
  it('freezes a live picture by a click, and draws nothing yet', () => {
    const { editing, hand, marks } = setUp();
    expect(hand.pen.down([0.5, 0.5])).toBe(true);
    hand.pen.move([0.503, 0.5]);
    hand.pen.up();
    expect(editing.frozen.value).toMatchObject({ frame: { frameId: 7 } });
    expect(marks()).toEqual([]);
  });

  it('freezes and draws in one go when it is dragged', () => {
    const { hand, marks } = setUp();
    hand.pen.down([0.5, 0.5]);
    hand.pen.move([0.6, 0.5]);
    hand.pen.up();
    expect(marks()[0]?.points).toEqual([
      [0.5, 0.5],
      [0.6, 0.5],
    ]);
  });

  it('draws by a click once the picture is frozen', () => {
    const { hand, marks } = setUp();
    hand.act({ type: 'toggleEditing' });
    hand.pen.down([0.25, 0.75]);
    hand.pen.up();
    expect(marks()[0]?.points).toEqual([[0.25, 0.75]]);
  });

  it('says why when nothing can be drawn, and freezes nothing', () => {
    const { editing, hand, world } = setUp();
    world.block = 'tracking-lost';
    expect(hand.pen.down([0.5, 0.5])).toBe(false);
    expect(world.said).toEqual(['tracking-lost']);
    expect(editing.frozen.value).toBeNull();
  });

  it('draws nothing when the system takes the pen away', () => {
    const { hand, marks } = setUp();
    hand.act({ type: 'toggleEditing' });
    hand.pen.down([0.25, 0.75]);
    hand.pen.cancel();
    expect(marks()).toEqual([]);
  });
});

describe('a hand on a picture that does not tell where it was seen from', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('freezes the next one that does, and draws nothing with the same press', () => {
    const { editing, hand, isPlaced, marks } = setUp();
    isPlaced.value = false;
    expect(hand.pen.down([0.5, 0.5])).toBe(false);
    hand.pen.move([0.7, 0.5]);
    isPlaced.value = true;
    hand.pen.up();
    expect(editing.frozen.value).toMatchObject({ frame: { frameId: 7 } });
    expect(marks()).toEqual([]);
  });

  it('takes up the tool that was chosen meanwhile', () => {
    const { editing, hand, isPlaced } = setUp();
    isPlaced.value = false;
    hand.act({ type: 'tool', tool: 'ink' });
    isPlaced.value = true;
    expect(editing.frozen.value).not.toBeNull();
    expect(editing.tool.value).toBe('ink');
  });

  it.each(['toggleEditing', 'escape'] as const)('calls it off by %s, without a word', (type) => {
    const { editing, freezing, hand, isPlaced, world } = setUp();
    isPlaced.value = false;
    hand.act({ type: 'toggleEditing' });
    expect(freezing.waiting.value).toBe(true);
    hand.act({ type });
    isPlaced.value = true;
    vi.runAllTimers();
    expect(editing.frozen.value).toBeNull();
    expect(world.said).toEqual([]);
  });

  it('says why not after a second', () => {
    const { editing, hand, isPlaced, world } = setUp();
    isPlaced.value = false;
    hand.act({ type: 'pen' });
    expect(world.said).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(world.said).toEqual(['no-pose']);
    expect(editing.frozen.value).toBeNull();
  });
});

describe('keys on the picture', () => {
  it('freeze, place an arrow where the cursor is, and stop', () => {
    const { editing, hand, world, marks } = setUp();
    hand.act({ type: 'pen' });
    expect(editing.frozen.value).not.toBeNull();
    expect(world.cursor).toEqual([0.5, 0.5]);
    hand.act({ type: 'move', right: 20, down: 0 });
    hand.act({ type: 'pen' });
    hand.act({ type: 'move', right: 0, down: 40 });
    hand.act({ type: 'pen' });
    expect(marks()[0]?.points).toEqual([
      [0.6, 0.5],
      [0.6, 0.7],
    ]);
    hand.act({ type: 'escape' });
    expect(editing.frozen.value).toBeNull();
  });

  it('leave only the stroke with the first Escape', () => {
    const { editing, hand, marks } = setUp();
    hand.act({ type: 'tool', tool: 'ink' });
    hand.act({ type: 'pen' });
    expect(editing.draft.value?.shape).toBe('ink');
    hand.act({ type: 'escape' });
    expect(editing.draft.value).toBeNull();
    expect(editing.frozen.value).not.toBeNull();
    hand.act({ type: 'escape' });
    expect(editing.frozen.value).toBeNull();
    expect(marks()).toEqual([]);
  });

  it('keep the cursor inside the picture', () => {
    const { hand, world } = setUp();
    hand.act({ type: 'toggleEditing' });
    hand.act({ type: 'move', right: -900, down: 900 });
    expect(world.cursor).toEqual([0, 1]);
  });

  it('choose a tool, and freeze with it', () => {
    const { editing, hand } = setUp();
    hand.act({ type: 'tool', tool: 'ink' });
    expect(editing.tool.value).toBe('ink');
    expect(editing.frozen.value).not.toBeNull();
  });
});
