import { afterEach, describe, expect, it, vi } from 'vitest';
import { localCaptureTimeMs } from '../../../src/client/media/local-frames.ts';
import {
  acquireCamera,
  acquireMicrophone,
  acquireScreen,
  createLocalSource,
} from '../../../src/client/media/local-media.ts';
import { orderCodecs } from '../../../src/client/media/video-settings.ts';

class FakeTrack extends EventTarget {
  contentHint = '';
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}
const named = (name: string): Error => Object.assign(new Error(name), { name });

function withDevices(devices: unknown): void {
  vi.stubGlobal('navigator', { mediaDevices: devices });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a camera, a microphone, a screen', () => {
  it('is asked for as it is wished, without demands', async () => {
    const track = new FakeTrack();
    const getUserMedia = vi.fn(async () => ({ getTracks: () => [track] }));
    withDevices({ getUserMedia });
    const camera = await acquireCamera({ facing: 'environment' });
    expect(camera.ok && camera.source.track).toBe(track);
    expect(getUserMedia).toHaveBeenCalledWith({
      video: {
        facingMode: { ideal: 'environment' },
        width: { ideal: 1280 },
        height: { ideal: 720 },
        frameRate: { ideal: 30 },
      },
    });
    expect(track.contentHint).toBe('motion');
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['SomethingNew', 'denied'],
  ] as const)('that fails with %s is %s', async (name, problem) => {
    withDevices({
      getUserMedia: () => Promise.reject(named(name)),
      getDisplayMedia: () => Promise.reject(named(name)),
    });
    expect(await acquireMicrophone()).toEqual({ ok: false, problem });
    expect(await acquireScreen()).toEqual({ ok: false, problem });
  });

  it('is denied on a page that is not served securely', async () => {
    withDevices(undefined);
    expect(await acquireMicrophone()).toEqual({ ok: false, problem: 'denied' });
  });

  it('keeps only one track and stops what else came', async () => {
    const [picture, sound] = [new FakeTrack(), new FakeTrack()];
    withDevices({ getDisplayMedia: async () => ({ getTracks: () => [picture, sound] }) });
    await acquireScreen();
    expect([picture.stopped, sound.stopped]).toEqual([false, true]);
  });
});

describe('a local source', () => {
  it('tells once that its track has ended', () => {
    const track = new FakeTrack();
    const source = createLocalSource(track as unknown as MediaStreamTrack);
    const ended = vi.fn();
    const dropped = vi.fn();
    source.onEnded(ended);
    source.onEnded(dropped)();
    track.dispatchEvent(new Event('ended'));
    track.dispatchEvent(new Event('ended'));
    expect(ended).toHaveBeenCalledTimes(1);
    expect(dropped).not.toHaveBeenCalled();
  });

  it('stops its track and says nothing when it is released', () => {
    const track = new FakeTrack();
    const source = createLocalSource(track as unknown as MediaStreamTrack);
    const ended = vi.fn();
    source.onEnded(ended);
    source.release();
    source.release();
    track.dispatchEvent(new Event('ended'));
    expect(track.stopped).toBe(true);
    expect(ended).not.toHaveBeenCalled();
  });
});

describe('the capture time of a local frame', () => {
  it('is what a real camera says', () => {
    expect(localCaptureTimeMs({ captureTime: 4990, mediaTime: 0.2 }, 5000)).toBe(4990);
  });

  it('is the media time when that runs on this clock, and unknown otherwise', () => {
    expect(localCaptureTimeMs({ mediaTime: 4.99 }, 5000)).toBeCloseTo(4990, 6);
    expect(localCaptureTimeMs({ mediaTime: 0.2 }, 5000)).toBeNull();
  });
});

describe('the order of codecs', () => {
  const codec = (mimeType: string, sdpFmtpLine = '') => ({ mimeType, sdpFmtpLine });
  const all = [
    codec('video/VP8'),
    codec('video/rtx'),
    codec('video/VP9'),
    codec('video/H264', 'packetization-mode=0'),
    codec('video/H264', 'packetization-mode=1'),
    codec('video/AV1'),
    codec('video/red'),
  ];
  const names = (preferred: 'video/H264' | 'video/VP8') =>
    orderCodecs(all, preferred).map(({ mimeType, sdpFmtpLine }) => `${mimeType} ${sdpFmtpLine}`.trim());

  it('puts the wished one first, keeps the other that carries tags, and repair formats last', () => {
    expect(names('video/H264')).toEqual([
      'video/H264 packetization-mode=1',
      'video/H264 packetization-mode=0',
      'video/VP8',
      'video/rtx',
      'video/red',
    ]);
    expect(names('video/VP8')[0]).toBe('video/VP8');
  });
});
