import { describe, expect, it } from 'vitest';
import type { Placement } from '../../../src/domain/annotation/types.ts';
import { documentedHoloLens2Profile, project } from '../../../src/domain/registration/camera.ts';
import { IDENTITY_POSE } from '../../../src/domain/registration/transform.ts';
import { authorStyle, initialOf } from '../../../src/ui/overlay/author-style.ts';
import {
  labelPoint,
  lookInSpace,
  placedMarks,
  projectFromAnchor,
  tipPoint,
} from '../../../src/ui/overlay/placed-marks.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA, PRIYA } from '../../support/desk-harness/people.ts';

const id = (n: number): string => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;

function placement(changes: Partial<Placement> = {}): Placement {
  return {
    anchorId: id(90),
    anchorKind: 'anchor',
    anchorPose: { position: [0.2, 0.1, -1.5], orientation: [0, 0, 0, 1] },
    spaceEpoch: 3,
    geometry: { kind: 'arrow', tip: [0, 0, 0], towardsTail: [0, 1, 0], lengthM: 0.2 },
    depthSource: 'plane',
    quality: 'good',
    ...changes,
  };
}

/** Alex and Priya on desks, Dana with the headset, in epoch 3. */
function callWithHeadset() {
  const call = createFakeCall(id(1), ALEX);
  call.as('hub', { type: 'create', kind: 'meeting', title: 'Valve', meetingId: null });
  for (const who of [DANA, ALEX, PRIYA]) {
    call.as('hub', { type: 'join', ...who, media: { audio: true, video: 'camera', problem: 'none' } });
  }
  const camera = documentedHoloLens2Profile();
  call.as(DANA, { type: 'describeCamera', camera, spaceEpoch: 3, tracking: true });
  return call;
}

function annotate(call: ReturnType<typeof callWithHeadset>, n: number, changes: Partial<Placement> = {}): void {
  call.as(DANA, {
    type: 'annotate',
    annotationId: id(n),
    shape: 'arrow',
    colour: 'red',
    placement: placement(changes),
  });
}

describe('what is drawn over a frame', () => {
  it('is what stands in the space that the frame was seen in, oldest first', () => {
    const call = callWithHeadset();
    annotate(call, 11);
    annotate(call, 12, { anchorId: id(91), spaceEpoch: 2 });
    annotate(call, 13, { anchorId: id(92) });
    const ids = placedMarks(call.state(), DANA.person, 3).map(({ annotation }) => annotation.annotationId);
    expect(ids).toEqual([id(11), id(13)]);
    expect(placedMarks(call.state(), DANA.person, 2)).toHaveLength(1);
  });

  it("is not drawn over anybody else's picture", () => {
    const call = callWithHeadset();
    annotate(call, 11);
    expect(placedMarks(call.state(), PRIYA.person, 3)).toEqual([]);
  });

  it('leaves out what was erased, and brings it back', () => {
    const call = callWithHeadset();
    annotate(call, 11);
    call.as(DANA, { type: 'eraseAll' });
    expect(placedMarks(call.state(), DANA.person, 3)).toEqual([]);
    call.as(DANA, { type: 'undo' });
    expect(placedMarks(call.state(), DANA.person, 3)).toHaveLength(1);
  });

  it('looks stale when its anchor is lost, and good again when it is found', () => {
    const call = callWithHeadset();
    annotate(call, 11);
    const { anchorPose: pose, anchorId } = placement();
    call.as(DANA, { type: 'moveAnchor', anchorId, pose, spaceEpoch: 3, state: 'lost' });
    expect(placedMarks(call.state(), DANA.person, 3)[0]?.look).toBe('stale');
    call.as(DANA, { type: 'moveAnchor', anchorId, pose, spaceEpoch: 3, state: 'tracked' });
    expect(placedMarks(call.state(), DANA.person, 3)[0]?.look).toBe('good');
  });

  it('looks approximate when its depth is a guess, or when the device gave no anchor', () => {
    const call = callWithHeadset();
    annotate(call, 11, { quality: 'approximate', depthSource: 'assumed' });
    annotate(call, 12, { anchorId: id(91), anchorKind: 'space' });
    expect(placedMarks(call.state(), DANA.person, 3).map(({ look }) => look)).toEqual(['approximate', 'approximate']);
  });

  it('is told as lost in words once the headset has found its place anew', () => {
    const call = callWithHeadset();
    annotate(call, 11);
    const told = () => Object.values(call.state().annotations).map((one) => lookInSpace(one, call.state()));
    expect(told()).toEqual(['good']);
    call.as(DANA, { type: 'describeCamera', camera: documentedHoloLens2Profile(), spaceEpoch: 4, tracking: true });
    expect(told()).toEqual(['stale']);
  });
});

describe('where a mark stands in the picture', () => {
  it('is where the camera sees its tip', () => {
    const call = callWithHeadset();
    annotate(call, 11);
    const [mark] = placedMarks(call.state(), DANA.person, 3);
    if (mark === undefined) throw new Error('nothing was drawn');
    const view = { viewerPose: IDENTITY_POSE, profile: documentedHoloLens2Profile() };
    const seen = projectFromAnchor(tipPoint(mark.annotation.geometry), mark.anchor, view);
    expect(seen).toEqual(project([0.2, 0.1, -1.5], view.viewerPose, view.profile));
  });

  it("puts the author's initial behind an arrow's tail, and beside everything else", () => {
    const arrow = placement().geometry;
    expect(labelPoint(arrow)[1]).toBeCloseTo(0.23);
    expect(labelPoint({ kind: 'dot', point: [1, 2, 3], normal: [0, 0, 1] })).toEqual([1, 2, 3]);
    expect(
      labelPoint({
        kind: 'stroke',
        points: [
          [1, 0, 0],
          [2, 0, 0],
        ],
        closed: false,
      }),
    ).toEqual([1, 0, 0]);
  });
});

describe('how authors are told apart', () => {
  it('gives everybody an initial, and a dash pattern that no other has', () => {
    const state = callWithHeadset().state();
    const styles = [DANA, ALEX, PRIYA].map(({ person }) => authorStyle(state, person));
    expect(styles.map(({ initial }) => initial)).toEqual(['D', 'A', 'P']);
    expect(new Set(styles.map(({ dash }) => dash.join(' '))).size).toBe(3);
  });

  it('keeps the style of somebody who left', () => {
    const call = callWithHeadset();
    const before = authorStyle(call.state(), ALEX.person);
    call.as(ALEX, { type: 'leave' });
    expect(authorStyle(call.state(), ALEX.person)).toEqual(before);
  });

  it('reads an initial from any name', () => {
    expect(['  élodie', '李娜', '', '𝒳eno'].map(initialOf)).toEqual(['É', '李', '?', '𝒳']);
  });
});
