import { describe, expect, it } from 'vitest';
import type { RefusalCode } from '../../../src/domain/call/refusal.ts';
import { documentedHoloLens2Profile } from '../../../src/domain/registration/camera.ts';
import { createEditingSession } from '../../../src/ui/editing/editing-session.ts';
import type { FrozenFrame } from '../../../src/ui/editing/frozen-picture.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA } from '../../support/desk-harness/people.ts';

const id = (n: number): string => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;
const FRAME = { frameId: 7, captureTimeMs: 1234.5, spaceEpoch: 1 };
const PICTURE: FrozenFrame = { on: 'room', target: DANA.person, frame: FRAME, widthPx: 1280, heightPx: 720 };
const PLACEMENT = {
  anchorId: id(900),
  anchorKind: 'anchor',
  anchorPose: { position: [0, 0, -1], orientation: [0, 0, 0, 1] },
  spaceEpoch: 1,
  geometry: { kind: 'dot', point: [0, 0, 0], normal: [0, 0, 1] },
  depthSource: 'plane',
  quality: 'good',
} as const;

function setUp() {
  const call = createFakeCall(id(1), ALEX);
  call.as('hub', { type: 'create', kind: 'direct', title: '', meetingId: null });
  for (const who of [DANA, ALEX]) {
    call.as('hub', { type: 'join', ...who, media: { audio: true, video: 'camera', problem: 'none' } });
  }
  const camera = documentedHoloLens2Profile();
  call.as(DANA, { type: 'describeCamera', camera, spaceEpoch: 1, tracking: true });
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
  return { call, editing, refused };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function drawInk(editing: ReturnType<typeof setUp>['editing']): void {
  editing.selectTool('ink');
  editing.penDown([0.1, 0.1]);
  editing.penMove([0.2, 0.1]);
  editing.penMove([0.3, 0.4]);
  editing.penUp();
}

describe('an expert who edits a picture', () => {
  it('tells the call which frame is frozen, and when it is not any more', () => {
    const { call, editing } = setUp();
    editing.freeze(PICTURE);
    expect(call.state().editing[ALEX.person]).toEqual({ target: DANA.person, frame: FRAME });
    editing.stop();
    expect(call.state().editing).toEqual({});
    expect(editing.frozen.value).toBeNull();
  });

  it('tells the call that nothing is frozen any more after the page was loaded anew', () => {
    const { call, editing } = setUp();
    editing.freeze(PICTURE);
    createEditingSession({ me: ALEX.person, session: call.session, newId: () => id(99), onRefused: () => undefined });
    expect(call.state().editing).toEqual({});
  });

  it('keeps the first frozen frame until editing stops', () => {
    const { editing } = setUp();
    editing.freeze(PICTURE);
    editing.freeze({ ...PICTURE, frame: { ...FRAME, frameId: 8 } });
    expect(editing.frozen.value).toBe(PICTURE);
  });

  it('lets go of the picture when the call refuses to freeze it, and tells why', async () => {
    const { call, editing, refused } = setUp();
    call.as(DANA, { type: 'setMedia', media: { audio: true, video: 'off', problem: 'none' } });
    editing.freeze(PICTURE);
    await settled();
    expect(editing.frozen.value).toBeNull();
    expect(refused).toEqual(['video-off']);
  });

  it('sends an ink stroke with the frame that it was drawn on', () => {
    const { call, editing } = setUp();
    editing.freeze(PICTURE);
    drawInk(editing);
    const [pending] = Object.values(call.state().pendingMarks);
    expect(pending?.frame).toEqual(FRAME);
    expect(pending?.mark).toEqual({
      shape: 'ink',
      colour: 'blue',
      points: [
        [0.1, 0.1],
        [0.2, 0.1],
        [0.3, 0.4],
      ],
      aspect: 1280 / 720,
    });
  });

  it('sends an arrow as its tip and where its tail was dragged to', () => {
    const { call, editing } = setUp();
    editing.freeze(PICTURE);
    editing.selectColour('yellow');
    editing.penDown([0.5, 0.5]);
    editing.penMove([0.6, 0.5]);
    editing.penMove([0.7, 0.6]);
    editing.penUp();
    const [pending] = Object.values(call.state().pendingMarks);
    expect(pending?.mark.points).toEqual([
      [0.5, 0.5],
      [0.7, 0.6],
    ]);
    expect(pending?.mark.colour).toBe('yellow');
  });

  it('sends a click with the arrow as one point', () => {
    const { call, editing } = setUp();
    editing.freeze(PICTURE);
    editing.penDown([0.5, 0.5]);
    editing.penUp();
    expect(Object.values(call.state().pendingMarks)[0]?.mark.points).toEqual([[0.5, 0.5]]);
  });

  it('draws along the edge when the pen leaves the picture', () => {
    const { call, editing } = setUp();
    editing.freeze(PICTURE);
    editing.penDown([0.9, 0.5]);
    editing.penMove([1.7, 0.5]);
    editing.penUp();
    expect(Object.values(call.state().pendingMarks)[0]?.mark.points).toEqual([
      [0.9, 0.5],
      [1, 0.5],
    ]);
  });

  it('does not draw on a live picture', () => {
    const { call, editing } = setUp();
    editing.penDown([0.5, 0.5]);
    editing.penUp();
    expect(editing.draft.value).toBeNull();
    expect(call.state().pendingMarks).toEqual({});
  });

  it('shows a mark as waiting until the headset has found its place', async () => {
    const { call, editing } = setUp();
    editing.freeze(PICTURE);
    drawInk(editing);
    await settled();
    expect(editing.waiting.value).toHaveLength(1);
    const markId = editing.waiting.value[0]?.markId ?? '';
    call.as(DANA, { type: 'placeMark', markId, placement: PLACEMENT });
    expect(editing.waiting.value).toEqual([]);
    expect(editing.canErase.value).toBe(true);
  });

  it('drops a mark that the headset refuses, and tells why', async () => {
    const { call, editing, refused } = setUp();
    editing.freeze(PICTURE);
    drawInk(editing);
    await settled();
    const markId = editing.waiting.value[0]?.markId ?? '';
    call.as(DANA, { type: 'refuseMark', markId, code: 'too-far' });
    expect(editing.waiting.value).toEqual([]);
    expect(refused).toEqual(['too-far']);
  });

  it('drops a mark that the hub refuses, and tells why', async () => {
    const { call, editing, refused } = setUp();
    editing.freeze(PICTURE);
    const send = call.session.send;
    Object.assign(call.session, {
      send: async (command: Parameters<typeof send>[0]) =>
        command.type === 'mark' ? { ok: false, refusal: { code: 'too-many-annotations' } } : send(command),
    });
    drawInk(editing);
    expect(editing.waiting.value).toHaveLength(1);
    await settled();
    expect(editing.waiting.value).toEqual([]);
    expect(refused).toEqual(['too-many-annotations']);
  });

  it('undoes and erases, and knows when there is nothing to undo or erase', async () => {
    const { call, editing } = setUp();
    expect([editing.canUndo.value, editing.canErase.value]).toEqual([false, false]);
    editing.freeze(PICTURE);
    drawInk(editing);
    call.as(DANA, { type: 'placeMark', markId: editing.waiting.value[0]?.markId ?? '', placement: PLACEMENT });
    editing.eraseAll();
    expect(editing.canErase.value).toBe(false);
    editing.undo();
    expect(editing.canErase.value).toBe(true);
    editing.undo();
    await settled();
    expect([editing.canUndo.value, editing.canErase.value]).toEqual([false, false]);
  });

  it("does not take other people's drawings for one's own", () => {
    const { call, editing } = setUp();
    call.as(DANA, { type: 'annotate', annotationId: id(50), shape: 'arrow', colour: 'red', placement: PLACEMENT });
    expect([editing.canUndo.value, editing.canErase.value]).toEqual([false, false]);
  });
});

describe('a stroke that is not finished', () => {
  it('is thrown away when the tool changes or editing stops', () => {
    const { call, editing } = setUp();
    editing.freeze(PICTURE);
    editing.penDown([0.1, 0.1]);
    editing.selectTool('ink');
    expect(editing.draft.value).toBeNull();
    editing.penDown([0.1, 0.1]);
    editing.stop();
    expect(editing.draft.value).toBeNull();
    expect(call.state().pendingMarks).toEqual({});
  });

  it('never holds more points than a mark may, however long the pen is down', () => {
    const { call, editing } = setUp();
    editing.freeze(PICTURE);
    editing.selectTool('ink');
    editing.penDown([0.5, 0.5]);
    for (let step = 0; step < 6_000; step += 1) {
      editing.penMove([0.5 + 0.4 * Math.cos(step * 0.13), 0.5 + 0.4 * Math.sin(step * 0.17)]);
      expect(editing.draft.value?.points.length).toBeLessThanOrEqual(1_100);
    }
    editing.penUp();
    expect(Object.values(call.state().pendingMarks)[0]?.mark.points.length).toBeLessThanOrEqual(64);
  });
});

describe('a picture whose headset goes', () => {
  it('is let go of when the headset leaves, without a complaint', async () => {
    const { call, editing, refused } = setUp();
    call.as('hub', {
      type: 'join',
      person: id(7),
      name: 'Mei Lin',
      device: { id: id(8), kind: 'desk' },
      media: { audio: true, video: 'off', problem: 'none' },
    });
    editing.freeze(PICTURE);
    call.as(DANA, { type: 'leave' });
    await settled();
    expect(editing.frozen.value).toBeNull();
    expect(call.state().editing).toEqual({});
    expect(refused).toEqual([]);
  });

  it('is let go of when the call ends, without a complaint', async () => {
    const { call, editing, refused } = setUp();
    editing.freeze(PICTURE);
    call.as(DANA, { type: 'leave' });
    await settled();
    expect(editing.frozen.value).toBeNull();
    expect(refused).toEqual([]);
  });

  it('stays while the headset is only away for a moment', () => {
    const { call, editing } = setUp();
    editing.freeze(PICTURE);
    call.as('hub', { type: 'loseConnection', person: DANA.person });
    expect(editing.frozen.value).toBe(PICTURE);
  });
});
