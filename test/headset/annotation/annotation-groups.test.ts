import { describe, expect, it } from 'vitest';
import type { AnchorState } from '../../../src/domain/call/state.ts';
import { groupAnnotations, labelAnnotations } from '../../../src/headset/annotation/annotation-groups.ts';
import { dana, joinedCall, PLACEMENT, uuid } from '../../support/call-fixtures.ts';

const EPOCH = PLACEMENT.spaceEpoch;

function drawnCall() {
  const call = joinedCall();
  call.do({ type: 'annotate', annotationId: uuid(1), shape: 'arrow', colour: 'red', placement: PLACEMENT }, dana);
  return call;
}

function moved(spaceEpoch: number, state: AnchorState) {
  const call = drawnCall();
  call.do({ type: 'moveAnchor', anchorId: PLACEMENT.anchorId, pose: PLACEMENT.anchorPose, spaceEpoch, state }, dana);
  return call.state();
}

describe('what is drawn in the room', () => {
  it('is what hangs on an anchor of this space', () => {
    const state = drawnCall().state();
    expect(groupAnnotations(state, EPOCH)).toMatchObject([{ stale: false, items: [{ dashed: false }] }]);
    expect(labelAnnotations(state, EPOCH)).toMatchObject([{ authorName: 'Dana Reyes', note: 'none' }]);
  });

  it.each(['tracked', 'lost'] as const)('is nothing of another space, where its %s anchor once was', (anchor) => {
    const state = moved(EPOCH, anchor);
    expect(groupAnnotations(state, EPOCH + 1)).toEqual([]);
    expect(labelAnnotations(state, EPOCH + 1)).toEqual([]);
  });

  it('is there again once the device finds the anchor in the new space', () => {
    const state = moved(EPOCH + 1, 'tracked');
    expect(groupAnnotations(state, EPOCH + 1)).toMatchObject([{ stale: false }]);
  });

  it('looks stale while its anchor is lost in this space', () => {
    const state = moved(EPOCH, 'lost');
    expect(groupAnnotations(state, EPOCH)).toMatchObject([{ stale: true, items: [{ dashed: true }] }]);
    expect(labelAnnotations(state, EPOCH)).toMatchObject([{ note: 'stale' }]);
  });
});
