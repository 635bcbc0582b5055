import { describe, expect, it } from 'vitest';
import type { DeviceKind, MediaState } from '../../../src/domain/call/state.ts';
import { type StageSituation, whyNotEditing } from '../../../src/ui/editing/availability.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX } from '../../support/desk-harness/people.ts';

interface Other {
  readonly kind?: DeviceKind;
  readonly media?: Partial<MediaState>;
  readonly isAway?: boolean;
}

/** With somebody who is no headset, and whose frames tell no place. */
function why(other: Other, changes: Partial<StageSituation> = {}) {
  const { kind = 'phone', media = {}, isAway = false } = other;
  const call = createFakeCall('c', ALEX);
  const carla = { person: 'anon:carla', name: 'Carla', device: { id: 'd', kind } };
  call.as('hub', { type: 'create', kind: 'meeting', title: '', meetingId: null });
  call.as('hub', { type: 'join', ...carla, media: { audio: true, video: 'camera', problem: 'none', ...media } });
  if (isAway) call.as('hub', { type: 'loseConnection', person: carla.person });
  const target = call.state().participants[carla.person] ?? null;
  const live = { hasPicture: true, wasPlaced: false, isSnapshot: false, frozen: false };
  return whyNotEditing({ status: 'online', target, ...live, ...changes });
}

describe('why nothing can be drawn on a customer’s picture', () => {
  it('is nothing while the camera of a phone or a computer is on', () => {
    expect(why({ kind: 'phone' })).toBeNull();
    expect(why({ kind: 'join' })).toBeNull();
  });

  it('is that a colleague’s desk shows nobody’s marks', () => {
    expect(why({ kind: 'desk' })).toBe('no-headset');
  });

  it('names what is missing', () => {
    expect(why({}, { status: 'reconnecting' })).toBe('offline');
    expect(why({}, { hasPicture: false })).toBe('no-picture');
    expect(why({ media: { video: 'off' } })).toBe('camera-hidden');
    expect(why({ media: { video: 'screen' } })).toBe('shares-screen');
    expect(why({ isAway: true })).toBe('headset-reconnecting');
  });

  it('is neither camera nor connection once a picture is frozen', () => {
    expect(why({ media: { video: 'off' }, isAway: true }, { frozen: true, hasPicture: false })).toBeNull();
  });
});
