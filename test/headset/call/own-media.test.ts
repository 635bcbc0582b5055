import { describe, expect, it, vi } from 'vitest';
import { type Captured, createOwnMedia } from '../../../src/headset/call/own-media.ts';

function fakeTrack() {
  const events = new EventTarget();
  const stop = vi.fn();
  const track = Object.assign(events, { enabled: true, stop });
  return { track: track as unknown as MediaStreamTrack, stop, end: () => events.dispatchEvent(new Event('ended')) };
}

function setUp(camera: () => Promise<Captured>, microphone?: () => Promise<Captured>) {
  const sound = fakeTrack();
  const own = createOwnMedia({ camera, microphone: microphone ?? (async () => ({ ok: true, track: sound.track })) });
  return { own, sound };
}
const problem = (code: 'denied' | 'missing' | 'busy') => async (): Promise<Captured> => ({ ok: false, problem: code });

describe('what the headset sends', () => {
  it('starts with sound, and with a picture when that was chosen', async () => {
    const picture = fakeTrack();
    const { own, sound } = setUp(async () => ({ ok: true, track: picture.track }));
    await own.start(true);
    expect(own.media.value).toEqual({ audio: true, video: 'camera', problem: 'none' });
    expect([own.audioTrack.value, own.videoTrack.value]).toEqual([sound.track, picture.track]);
  });

  it.each(['denied', 'missing', 'busy'] as const)(
    'goes on with sound when the camera is %s, and says so',
    async (code) => {
      const { own } = setUp(problem(code));
      await own.start(true);
      expect(own.media.value).toEqual({ audio: true, video: 'off', problem: code });
      expect([own.cameraProblem.value, own.startingVideo.value]).toEqual([code, false]);
    },
  );

  it('is muted without a microphone, and says why', async () => {
    const { own } = setUp(problem('missing'), problem('denied'));
    await own.start(false);
    expect([own.muted.value, own.microphoneProblem.value, own.media.value.audio]).toEqual([true, 'denied', false]);
  });

  it('mutes the track it has instead of asking for the microphone again', async () => {
    const { own, sound } = setUp(problem('missing'));
    await own.start(false);
    await own.setMuted(true);
    expect([sound.track.enabled, own.media.value.audio]).toEqual([false, false]);
    await own.setMuted(false);
    expect([sound.track.enabled, own.audioTrack.value]).toEqual([true, sound.track]);
  });

  it('closes a camera that opens only after it was stopped again', async () => {
    const picture = fakeTrack();
    let open = (_: Captured): void => undefined;
    const { own } = setUp(() => new Promise((resolve) => (open = resolve)));
    const starting = own.setVideo(true);
    expect(own.startingVideo.value).toBe(true);
    await own.setVideo(false);
    open({ ok: true, track: picture.track });
    await starting;
    expect(picture.stop).toHaveBeenCalledOnce();
    expect([own.videoTrack.value, own.startingVideo.value]).toEqual([null, false]);
  });

  it('says that the device took the camera away', async () => {
    const picture = fakeTrack();
    const { own } = setUp(async () => ({ ok: true, track: picture.track }));
    await own.setVideo(true);
    picture.end();
    expect(own.media.value).toEqual({ audio: false, video: 'off', problem: 'busy' });
    expect(own.startingVideo.value).toBe(false);
  });

  it('lets everything go at its end, also what comes later', async () => {
    const picture = fakeTrack();
    const late = fakeTrack();
    let open = (_: Captured): void => undefined;
    const { own } = setUp(
      async () => ({ ok: true, track: picture.track }),
      () => new Promise((resolve) => (open = resolve)),
    );
    await own.setVideo(true);
    const unmuting = own.setMuted(false);
    own.dispose();
    open({ ok: true, track: late.track });
    await unmuting;
    expect([picture.stop.mock.calls.length, late.stop.mock.calls.length, own.audioTrack.value]).toEqual([1, 1, null]);
  });
});
