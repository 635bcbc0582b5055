import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractSei, insertSei } from '../../../src/client/media/h264-sei.ts';

/** Bytes as an encoder writes them into a NAL unit: no start code inside, no zero at the end. */
const nalBody = fc
  .array(fc.oneof(fc.constant(0), fc.constant(1), fc.constant(3), fc.integer({ min: 0, max: 255 })), { maxLength: 60 })
  .map((raw) => {
    const out: number[] = [];
    for (const byte of raw) {
      if (out.at(-1) === 0 && out.at(-2) === 0 && byte <= 3) out.push(3);
      out.push(byte);
    }
    return [...out, 0x80];
  });
const startCode = fc.constantFrom([0, 0, 1], [0, 0, 0, 1]);
const nal = (...types: number[]) =>
  fc.tuple(startCode, fc.constantFrom(...types), nalBody).map(([code, type, body]) => [...code, 0x60 | type, ...body]);

/** Parameter sets, delimiters and foreign SEI, then one or more slices. */
const accessUnit = fc
  .tuple(fc.array(nal(6, 7, 8, 9, 14), { maxLength: 4 }), nal(1, 5), fc.array(nal(1, 5), { maxLength: 3 }))
  .map(([head, first, rest]) => ({
    bytes: Uint8Array.from([...head, first, ...rest].flat()),
    headBytes: head.flat().length,
  }));

/** Zeros, ones and threes are where emulation prevention goes wrong. */
const payload = fc
  .array(fc.oneof(fc.constant(0), fc.constant(1), fc.constant(3), fc.integer({ min: 0, max: 255 })), { maxLength: 200 })
  .map((bytes) => Uint8Array.from(bytes));

describe('a payload in an H.264 frame', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(accessUnit, payload, ({ bytes }, data) => {
        const out = insertSei(bytes, data);
        expect(out).not.toBeNull();
        expect(extractSei(out ?? bytes)).toEqual(data);
      }),
    );
  });

  it('leaves every byte of the frame as it was, and stands right before the first slice', () => {
    fc.assert(
      fc.property(accessUnit, payload, ({ bytes, headBytes }, data) => {
        const out = insertSei(bytes, data) ?? new Uint8Array();
        const added = out.byteLength - bytes.byteLength;
        expect(out.subarray(0, headBytes)).toEqual(bytes.subarray(0, headBytes));
        expect([...out.subarray(headBytes, headBytes + 5)]).toEqual([0, 0, 0, 1, 6]);
        expect(out.subarray(headBytes + added)).toEqual(bytes.subarray(headBytes));
      }),
    );
  });

  it('never looks like a start code to a decoder', () => {
    fc.assert(
      fc.property(payload, (data) => {
        const out = insertSei(Uint8Array.of(0, 0, 0, 1, 0x65, 0x88), data) ?? new Uint8Array();
        const unit = [...out.subarray(4, out.byteLength - 6)];
        const emulated = unit.some((byte, i) => byte === 0 && unit[i + 1] === 0 && (unit[i + 2] ?? 9) < 3);
        expect(emulated).toBe(false);
      }),
    );
  });

  it('is found behind a foreign message in the same unit', () => {
    const ours = insertSei(Uint8Array.of(0, 0, 1, 0x41, 9), Uint8Array.of(7, 7)) ?? new Uint8Array();
    // Type 4, two bytes, then our message, all in one SEI unit.
    const combined = Uint8Array.of(0, 0, 1, 6, 4, 2, 0xaa, 0xbb, ...ours.subarray(5));
    expect(extractSei(combined)).toEqual(Uint8Array.of(7, 7));
  });

  it('is not put into a frame without a slice', () => {
    expect(insertSei(Uint8Array.of(0, 0, 0, 1, 0x67, 1, 2, 3), Uint8Array.of(1))).toBeNull();
    expect(insertSei(new Uint8Array(), Uint8Array.of(1))).toBeNull();
  });

  it('is not looked for behind the first slice', () => {
    const tagged = insertSei(Uint8Array.of(0, 0, 1, 0x41, 9), Uint8Array.of(7)) ?? new Uint8Array();
    expect(extractSei(Uint8Array.of(0, 0, 1, 0x41, 5, ...tagged))).toBeNull();
  });

  it('is refused when it would need a longer size field', () => {
    expect(() => insertSei(Uint8Array.of(0, 0, 1, 0x41, 9), new Uint8Array(240))).toThrow(RangeError);
  });
});

describe('reading frames from the network', () => {
  it('never throws, whatever the bytes', () => {
    const hostile = fc.array(fc.oneof(fc.constantFrom(0, 1, 3, 5, 6, 0xff), fc.integer({ min: 0, max: 255 })), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(hostile, (bytes) => {
        extractSei(Uint8Array.from(bytes));
      }),
    );
  });

  it('never throws on a truncated frame, and never makes a payload up', () => {
    fc.assert(
      fc.property(accessUnit, payload, fc.nat(), ({ bytes }, data, cut) => {
        const whole = insertSei(bytes, data) ?? new Uint8Array();
        const found = extractSei(whole.subarray(0, cut % (whole.byteLength + 1)));
        if (found !== null) expect(found).toEqual(data);
      }),
    );
  });
});
