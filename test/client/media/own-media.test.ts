import { describe, expect, it, vi } from 'vitest';
import type { LocalDevices, LocalMedia } from '../../../src/client/media/local-media.ts';
import { createOwnMedia, type OwnMediaProblem } from '../../../src/client/media/own-media.ts';
import { createFakeDevices, createSlowDevice, FakeTrack, given } from '../../support/fake-devices.ts';

function setUp(instead: Partial<LocalDevices> = {}) {
  const { devices, tracks } = createFakeDevices(instead);
  const problems: OwnMediaProblem[] = [];
  const own = createOwnMedia({ devices, cameraEnded: 'busy', onProblem: (problem) => problems.push(problem) });
  return { own, tracks, problems };
}
const no = (problem: 'denied' | 'missing' | 'busy') => async (): Promise<LocalMedia> => ({ ok: false, problem });
const ALL = { audio: true, video: 'camera' } as const;
const SOUND_ONLY = { audio: true, video: 'off' } as const;

describe('what a page sends', () => {
  it('starts with sound, and with a picture when that was chosen', async () => {
    const { own, tracks } = setUp();
    await own.start(ALL);
    expect(own.media.value).toEqual({ audio: true, video: 'camera', problem: 'none' });
    expect([own.audioTrack.value, own.videoTrack.value]).toEqual(tracks);
  });

  it('asks for nothing that was not chosen', async () => {
    const { own, tracks } = setUp();
    await own.start({ audio: false, video: 'off' });
    expect(tracks).toEqual([]);
    expect(own.media.value).toEqual({ audio: false, video: 'off', problem: 'none' });
  });

  it('lets everything go at its end, also what comes later', async () => {
    const microphone = createSlowDevice();
    const { own, tracks } = setUp({ microphone: microphone.ask });
    const late = new FakeTrack();
    await own.setVideo('camera');
    const unmuting = own.setMuted(false);
    own.dispose();
    microphone.answer(given(late));
    await unmuting;
    expect([tracks[0]?.stops, late.stops, own.audioTrack.value, own.videoTrack.value]).toEqual([1, 1, null, null]);
  });
});

describe('the microphone', () => {
  it('is missed without ending anything, and why is said', async () => {
    const { own, problems } = setUp({ microphone: no('denied') });
    await own.start(SOUND_ONLY);
    expect([own.muted.value, own.microphoneProblem.value, own.media.value.audio]).toEqual([true, 'denied', false]);
    expect(problems).toEqual([{ device: 'microphone', problem: 'denied' }]);
  });

  it('is muted by its track instead of being asked for again', async () => {
    const { own, tracks } = setUp();
    await own.start(SOUND_ONLY);
    await own.setMuted(true);
    expect([tracks[0]?.enabled, tracks[0]?.stops, own.media.value.audio]).toEqual([false, 0, false]);
    await own.setMuted(false);
    expect([tracks[0]?.enabled, tracks.length, own.media.value.audio]).toEqual([true, 1, true]);
  });

  it('stays silent when it opens only after it was muted again', async () => {
    const microphone = createSlowDevice();
    const { own } = setUp({ microphone: microphone.ask });
    const track = new FakeTrack();
    const unmuting = own.setMuted(false);
    await own.setMuted(true);
    microphone.answer(given(track));
    await unmuting;
    expect([track.enabled, own.muted.value]).toEqual([false, true]);
  });

  it('is replaced by another one when it is pulled out while it is on', async () => {
    const { own, tracks } = setUp();
    await own.start(SOUND_ONLY);
    tracks[0]?.end();
    expect(own.muted.value).toBe(true);
    await vi.waitFor(() => expect(own.audioTrack.value).toBe(tracks[1]));
    expect([tracks.length, own.muted.value, own.microphoneProblem.value]).toEqual([2, false, 'none']);
  });

  it('is missed when it is pulled out and there is no other', async () => {
    const first = new FakeTrack();
    const microphone = vi.fn(no('missing')).mockResolvedValueOnce(given(first));
    const { own, problems } = setUp({ microphone });
    await own.start(SOUND_ONLY);
    first.end();
    await vi.waitFor(() => expect(problems).toEqual([{ device: 'microphone', problem: 'missing' }]));
    expect([own.muted.value, own.audioTrack.value, own.microphoneProblem.value]).toEqual([true, null, 'missing']);
  });

  it('is not asked for before it is needed when it is pulled out while muted', async () => {
    const { own, tracks } = setUp();
    await own.start(SOUND_ONLY);
    await own.setMuted(true);
    tracks[0]?.end();
    expect([own.audioTrack.value, tracks.length]).toEqual([null, 1]);
    await own.setMuted(false);
    expect([own.audioTrack.value, own.muted.value]).toEqual([tracks[1], false]);
  });
});

describe('the picture', () => {
  it.each(['denied', 'missing', 'busy'] as const)('is off when the camera is %s; sound goes on', async (problem) => {
    const { own, problems } = setUp({ camera: no(problem) });
    await own.start(ALL);
    expect(own.media.value).toEqual({ audio: true, video: 'off', problem });
    expect([own.cameraProblem.value, own.startingVideo.value]).toEqual([problem, false]);
    expect(problems).toEqual([{ device: 'camera', problem }]);
    await own.setVideo('off');
    expect(own.cameraProblem.value).toBe('none');
  });

  it('is what was wished last, however long the browser asks', async () => {
    const camera = createSlowDevice();
    const { own } = setUp({ camera: camera.ask });
    const late = new FakeTrack();
    const starting = own.setVideo('camera');
    expect(own.startingVideo.value).toBe(true);
    await own.setVideo('off');
    camera.answer(given(late));
    await starting;
    expect([late.stops, own.videoTrack.value, own.startingVideo.value]).toEqual([1, null, false]);
  });

  it('is asked for once, however often it is wished', async () => {
    const camera = createSlowDevice();
    const { own } = setUp({ camera: camera.ask });
    const track = new FakeTrack();
    const starting = own.setVideo('camera');
    await own.setVideo('camera');
    expect(camera.waiting()).toBe(1);
    camera.answer(given(track));
    await starting;
    await own.setVideo('camera');
    expect([camera.waiting(), own.videoTrack.value]).toEqual([0, track]);
  });

  it('is the screen instead of the camera, which is let go', async () => {
    const { own, tracks } = setUp();
    await own.setVideo('camera');
    await own.setVideo('screen');
    expect([own.media.value.video, tracks[0]?.stops, own.videoTrack.value]).toEqual(['screen', 1, tracks[1]]);
  });

  it('stays the camera when sharing the screen was thought better of', async () => {
    const { own, tracks, problems } = setUp({ screen: no('denied') });
    await own.setVideo('camera');
    await own.setVideo('screen');
    expect(own.media.value).toEqual({ audio: false, video: 'camera', problem: 'none' });
    expect([tracks[0]?.stops, problems]).toEqual([0, [{ device: 'screen', problem: 'denied' }]]);
  });

  it('stays the camera when that is wished again before a screen was chosen', async () => {
    const screen = createSlowDevice();
    const { own, tracks } = setUp({ screen: screen.ask });
    const late = new FakeTrack();
    await own.setVideo('camera');
    const sharing = own.setVideo('screen');
    await own.setVideo('camera');
    screen.answer(given(late));
    await sharing;
    expect([own.videoTrack.value, tracks[0]?.stops, late.stops]).toEqual([tracks[0], 0, 1]);
  });

  it('is missed when the device takes the camera away', async () => {
    const { own, tracks, problems } = setUp();
    await own.setVideo('camera');
    tracks[0]?.end();
    expect(own.media.value).toEqual({ audio: false, video: 'off', problem: 'busy' });
    expect([own.videoTrack.value, own.startingVideo.value]).toEqual([null, false]);
    expect(problems).toEqual([{ device: 'camera', problem: 'busy' }]);
  });

  it("is off without a word when the browser's own bar ends the sharing", async () => {
    const { own, tracks, problems } = setUp();
    await own.setVideo('screen');
    tracks[0]?.end();
    expect(own.media.value).toEqual({ audio: false, video: 'off', problem: 'none' });
    expect(problems).toEqual([]);
  });
});
