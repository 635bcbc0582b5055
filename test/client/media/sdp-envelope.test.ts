import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCandidateBox } from '../../../src/client/media/candidate-box.ts';
import { openSdp, sealSdp } from '../../../src/client/media/sdp-envelope.ts';

const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:abcd\r\n';

describe('the envelope of a session description', () => {
  it('comes off as it was put on, and leaves the description as it was', () => {
    const envelope = fc.record({ from: fc.uuid(), to: fc.option(fc.uuid()), offer: fc.nat({ max: 999_999 }) });
    fc.assert(
      fc.property(envelope, (drawn) => {
        expect(openSdp(sealSdp(SDP, drawn))).toEqual({ envelope: drawn, sdp: SDP });
      }),
    );
  });

  it('is written before the first medium, where it belongs to the session', () => {
    const sealed = sealSdp(SDP, { from: 'a', to: null, offer: 1 });
    expect(sealed.indexOf('a=x-sightline:a * 1')).toBeLessThan(sealed.indexOf('m=audio'));
  });

  it('is missing in anything else, and nothing throws', () => {
    expect(openSdp(SDP)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => openSdp(text) === null));
  });
});

describe('candidates that come before their description', () => {
  const candidate = (ufrag: string | null, text = 'candidate:1 1 udp 1 127.0.0.1 9 typ host') => ({
    type: 'candidate' as const,
    candidate: text,
    sdpMid: '0',
    sdpMLineIndex: 0,
    usernameFragment: ufrag,
  });

  it('wait for it, and only for it', () => {
    const box = createCandidateBox();
    expect(box.accept(candidate('abcd'))).toBe(false);
    expect(box.accept(candidate('later'))).toBe(false);
    expect(box.takeFor(SDP)).toEqual([candidate('abcd')]);
    expect(box.takeFor(SDP)).toEqual([]);
    expect(box.accept(candidate('abcd'))).toBe(true);
    expect(box.takeFor(SDP.replace('abcd', 'later'))).toEqual([candidate('later')]);
    expect(box.accept(candidate('abcd'))).toBe(false);
  });

  it('are known by the fragment inside when the browser gives none apart', () => {
    const box = createCandidateBox();
    box.takeFor(SDP);
    expect(box.accept(candidate(null, 'candidate:1 typ host ufrag abcd network-id 1'))).toBe(true);
    expect(box.accept(candidate(null, 'candidate:1 typ host ufrag zzzz network-id 1'))).toBe(false);
    expect(box.accept(candidate(null))).toBe(true);
  });

  it('are dropped, the oldest first, when too many wait', () => {
    const box = createCandidateBox();
    for (let i = 0; i < 100; i += 1) box.accept(candidate('abcd', `candidate:${i}`));
    expect(box.takeFor(SDP)).toHaveLength(64);
  });
});
