import { describe, expect, it } from 'vitest';
import { NO_MEDIA } from '../../../src/domain/call/initial.ts';
import type { DeviceKind, Participant, ParticipantState } from '../../../src/domain/call/state.ts';
import { surfaceOf } from '../../../src/domain/still/surface.ts';

const on = (kind: DeviceKind | null, state: ParticipantState = 'joined'): Participant => ({
  person: 'p',
  name: 'P',
  state,
  rungBy: null,
  device: kind === null ? null : { id: 'd', kind },
  media: NO_MEDIA,
  camera: null,
  spaceEpoch: 0,
  tracking: false,
});

describe('marks on somebody’s picture', () => {
  it.each([
    ['headset', 'room'],
    ['phone', 'still'],
    ['join', 'still'],
    ['desk', null],
  ] as const)('of a %s go on: %s', (kind, surface) => {
    expect(surfaceOf(on(kind))).toBe(surface);
    expect(surfaceOf(on(kind, 'reconnecting'))).toBe(surface);
  });

  it('go nowhere while that person is not in the call', () => {
    expect(surfaceOf(null)).toBeNull();
    expect(surfaceOf(on(null, 'ringing'))).toBeNull();
    expect(surfaceOf(on('phone', 'left'))).toBeNull();
  });
});
