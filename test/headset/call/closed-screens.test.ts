import { describe, expect, it } from 'vitest';
import type { VideoSource } from '../../../src/domain/call/state.ts';
import { createClosedScreens } from '../../../src/headset/call/closed-screens.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA } from '../../support/desk-harness/people.ts';

const media = (video: VideoSource) => ({ audio: true, video, problem: 'none' }) as const;

function setUp() {
  const call = createFakeCall('call', DANA);
  call.as('hub', { type: 'create', kind: 'meeting', title: 'Valve', meetingId: null });
  call.as('hub', { type: 'join', ...DANA, media: media('camera') });
  call.as('hub', { type: 'join', ...ALEX, media: media('screen') });
  const closed = createClosedScreens(call.session);
  return { call, closed };
}

describe('a screen that the wearer closes', () => {
  it('is closed at once, and whoever shares it is told', () => {
    const { call, closed } = setUp();
    closed.close(ALEX.person);
    expect([...closed.people.value]).toEqual([ALEX.person]);
    expect(call.relayed).toEqual([{ to: ALEX.person, payload: { type: 'closeScreen' } }]);
  });

  it('is seen again once it is shared anew', () => {
    const { call, closed } = setUp();
    closed.close(ALEX.person);
    call.as(ALEX, { type: 'setMedia', media: media('off') });
    expect(closed.people.value.size).toBe(0);
    call.as(ALEX, { type: 'setMedia', media: media('screen') });
    expect(closed.people.value.size).toBe(0);
  });

  it('stays closed while anything else of the call changes', () => {
    const { call, closed } = setUp();
    closed.close(ALEX.person);
    call.as(DANA, { type: 'setMedia', media: media('off') });
    expect([...closed.people.value]).toEqual([ALEX.person]);
    closed.dispose();
  });
});
