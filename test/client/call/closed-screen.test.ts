import { signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import { followClosedScreen } from '../../../src/client/call/closed-screen.ts';
import type { MediaState, VideoSource } from '../../../src/domain/call/state.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA, PRIYA } from '../../support/desk-harness/people.ts';

const CLOSE = { type: 'closeScreen' } as const;
const OFF: MediaState = { audio: true, video: 'off', problem: 'none' };

/** Alex shares a screen to the others. */
function setUp(others: readonly (typeof DANA)[]) {
  const call = createFakeCall('call', ALEX);
  call.as('hub', { type: 'create', kind: 'meeting', title: 'Valve', meetingId: null });
  for (const one of [ALEX, ...others]) call.as('hub', { type: 'join', ...one, media: OFF });
  const media = signal<MediaState>({ ...OFF, video: 'screen' });
  const setVideo = vi.fn(async (video: VideoSource) => {
    media.value = { ...media.value, video };
  });
  const onClosed = vi.fn();
  const stop = followClosedScreen({ session: call.session, me: ALEX.person, own: { media, setVideo }, onClosed });
  return { call, media, setVideo, onClosed, stop };
}

describe('a shared screen that somebody closes', () => {
  it('is not shared any more when nobody else looks at it', () => {
    const { call, setVideo, onClosed } = setUp([DANA]);
    call.relay(DANA.person, CLOSE);
    expect(setVideo.mock.calls).toEqual([['off']]);
    expect(onClosed.mock.calls).toEqual([[DANA.name, true]]);
  });

  it('goes on for the others, until the last of them has closed it [SPEC 8.10]', () => {
    const { call, setVideo, onClosed } = setUp([DANA, PRIYA]);
    call.relay(DANA.person, CLOSE);
    expect(setVideo).not.toHaveBeenCalled();
    call.relay(PRIYA.person, CLOSE);
    expect(setVideo).toHaveBeenCalledOnce();
    expect(onClosed.mock.calls).toEqual([
      [DANA.name, false],
      [PRIYA.name, true],
    ]);
  });

  it('is looked at by everybody once it is shared anew', () => {
    const { call, media, setVideo } = setUp([DANA, PRIYA]);
    call.relay(DANA.person, CLOSE);
    media.value = OFF;
    media.value = { ...OFF, video: 'screen' };
    call.relay(PRIYA.person, CLOSE);
    expect(setVideo).not.toHaveBeenCalled();
  });

  it('means nothing while no screen is shared, nor after the call', () => {
    const { call, media, setVideo, onClosed, stop } = setUp([DANA]);
    media.value = { ...OFF, video: 'camera' };
    call.relay(DANA.person, CLOSE);
    media.value = { ...OFF, video: 'screen' };
    stop();
    call.relay(DANA.person, CLOSE);
    expect(setVideo).not.toHaveBeenCalled();
    expect(onClosed).not.toHaveBeenCalled();
  });
});
