import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carrierOf, embed, extract } from '../../../src/client/media/frame-carrier.ts';
import { appendTrailer, splitTrailer } from '../../../src/client/media/frame-trailer.ts';

const bytes = fc.uint8Array({ maxLength: 300 });

describe('a trailer behind a VP8 frame', () => {
  it('comes off again, and the frame is what it was', () => {
    fc.assert(
      fc.property(bytes, bytes, (frame, payload) => {
        expect(splitTrailer(appendTrailer(frame, payload))).toEqual({ frame, payload });
      }),
    );
  });

  it('is not seen in frames that have none, cut ones or random ones', () => {
    fc.assert(
      fc.property(bytes, bytes, fc.integer({ min: 1, max: 400 }), (frame, payload, cut) => {
        const whole = appendTrailer(frame, payload);
        expect(splitTrailer(frame)).toBeNull();
        expect(splitTrailer(whole.subarray(0, Math.max(0, whole.byteLength - cut)))).toBeNull();
      }),
    );
  });

  it('is refused when it claims more bytes than there are', () => {
    const whole = appendTrailer(new Uint8Array(), Uint8Array.of(1, 2, 3));
    expect(splitTrailer(whole.subarray(1))).toBeNull();
  });
});

describe('the carrier of a frame', () => {
  it('goes by the codec that the frame names', () => {
    expect(carrierOf('video/H264', new Uint8Array())).toBe('h264-sei');
    expect(carrierOf('video/VP8', new Uint8Array())).toBe('vp8-trailer');
    expect(carrierOf('video/VP9', new Uint8Array())).toBeNull();
    expect(carrierOf('video/AV1', new Uint8Array())).toBeNull();
  });

  it('goes by the first bytes when the browser names no codec', () => {
    expect(carrierOf(undefined, Uint8Array.of(0, 0, 0, 1, 0x67))).toBe('h264-sei');
    expect(carrierOf(undefined, Uint8Array.of(0, 0, 1, 0x41))).toBe('h264-sei');
    expect(carrierOf(undefined, Uint8Array.of(0x10, 0x02, 0, 0x9d, 1, 0x2a))).toBe('vp8-trailer');
  });

  it('gives the decoder the bare VP8 frame, and leaves H.264 frames as they are', () => {
    const payload = Uint8Array.of(1, 2, 3);
    const vp8 = Uint8Array.of(0x10, 9, 9);
    const h264 = Uint8Array.of(0, 0, 0, 1, 0x65, 7);
    expect(extract('vp8-trailer', embed('vp8-trailer', vp8, payload) ?? vp8)).toEqual({ frame: vp8, payload });
    expect(extract('h264-sei', embed('h264-sei', h264, payload) ?? h264)).toEqual({ frame: null, payload });
  });
});
