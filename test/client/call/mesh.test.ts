import { computed, signal } from '@preact/signals-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMesh } from '../../../src/client/call/mesh.ts';
import {
  LEAST_BPS,
  onSlate,
  VIDEO_BUDGET_BPS,
  type VideoLimit,
  videoShare,
} from '../../../src/client/media/video-share.ts';
import type { CallSession, LinkState, PeerLink } from '../../../src/client/types.ts';
import { NO_MEDIA } from '../../../src/domain/call/initial.ts';
import type { CallState, DeviceKind, MediaState, VideoSource } from '../../../src/domain/call/state.ts';

const [ANNA, BEN, CARA] = ['anna', 'ben', 'cara'] as const;
const TRACK = {} as MediaStreamTrack;

function setUp() {
  const peers = signal<readonly string[]>([]);
  const media = signal<MediaState>({ ...NO_MEDIA, video: 'camera' });
  const own = { audioTrack: signal(null), videoTrack: signal<MediaStreamTrack | null>(null), media };
  const made: { readonly peer: string; readonly state: ReturnType<typeof signal<LinkState>>; disposed: boolean }[] = [];
  const limits = new Map<string, VideoLimit>();
  const participants = signal<Readonly<Record<string, { readonly device: { readonly kind: DeviceKind } }>>>({});
  const state = computed(() => ({ participants: participants.value }) as unknown as CallState);
  /** The sum of what everybody could be sent at the moment when somebody new gets a picture. */
  const sums: number[] = [];
  const sum = (): number =>
    made
      .filter(({ disposed, state }) => !disposed && state.value !== 'no-path')
      .reduce((total, { peer }) => total + (limits.get(peer)?.maxBitrateBps ?? Number.POSITIVE_INFINITY), 0);
  const mesh = createMesh((_session, peer) => {
    const one = { peer, state: signal<LinkState>('connecting'), disposed: false };
    made.push(one);
    limits.delete(peer);
    const link = {
      peer,
      state: one.state,
      setLocalAudio: () => undefined,
      setLocalVideo: (track: MediaStreamTrack | null) => {
        if (track !== null) sums.push(sum());
      },
      limitVideo: (limit: VideoLimit) => limits.set(peer, limit),
      dispose: () => {
        one.disposed = true;
      },
    };
    return link as unknown as PeerLink;
  })({ session: { state } as CallSession, peers, own });
  const show = (video: VideoSource): void => {
    media.value = { ...NO_MEDIA, video };
    own.videoTrack.value = video === 'off' ? null : TRACK;
  };
  const setState = (peer: string, state: LinkState): void => {
    const one = made.findLast((link) => link.peer === peer && !link.disposed);
    if (one !== undefined) one.state.value = state;
  };
  const bitrates = () => peers.value.map((peer) => limits.get(peer)?.maxBitrateBps);
  const comesWith = (peer: string, kind: DeviceKind): void => {
    participants.value = { ...participants.value, [peer]: { device: { kind } } };
  };
  return { peers, comesWith, show, setState, limits, sum, sums, mesh, made, bitrates };
}

describe('a mesh', () => {
  it('shares the picture among those who are there, and gives the share back when somebody leaves', () => {
    const { peers, bitrates } = setUp();
    peers.value = [ANNA];
    expect(bitrates()).toEqual([2_500_000]);
    peers.value = [ANNA, BEN, CARA];
    expect(bitrates()).toEqual([1_000_000, 1_000_000, 1_000_000]);
    peers.value = [ANNA, CARA];
    expect(bitrates()).toEqual([1_500_000, 1_500_000]);
  });

  it('gives the share of somebody without a path to the others, and takes it back', () => {
    const { peers, setState, bitrates } = setUp();
    peers.value = [ANNA, BEN, CARA];
    setState(BEN, 'reconnecting');
    expect(bitrates()).toEqual([1_000_000, 1_000_000, 1_000_000]);
    setState(BEN, 'no-path');
    expect(bitrates()).toEqual([1_500_000, 1_000_000, 1_500_000]);
    setState(BEN, 'connected');
    expect(bitrates()).toEqual([1_000_000, 1_000_000, 1_000_000]);
  });

  it('treats a shared screen as one: slower, not smaller', () => {
    const { peers, show, limits } = setUp();
    peers.value = [ANNA, BEN, CARA];
    show('screen');
    expect(limits.get(BEN)).toEqual(videoShare(3, 'screen'));
    show('camera');
    expect(limits.get(BEN)).toEqual(videoShare(3, 'camera'));
  });

  it('sends a headset a camera as its slate shows it, and a screen in full; and follows whoever changes device', () => {
    const { peers, comesWith, show, limits } = setUp();
    peers.value = [ANNA, BEN];
    comesWith(ANNA, 'headset');
    comesWith(BEN, 'desk');
    expect(limits.get(ANNA)).toEqual(onSlate(videoShare(2, 'camera')));
    expect(limits.get(BEN)).toEqual(videoShare(2, 'camera'));
    show('screen');
    expect(limits.get(ANNA)).toEqual(videoShare(2, 'screen'));
    show('camera');
    comesWith(ANNA, 'desk');
    expect(limits.get(ANNA)).toEqual(videoShare(2, 'camera'));
  });

  it('ends its links when it ends', () => {
    const { peers, mesh, made } = setUp();
    peers.value = [ANNA, BEN];
    mesh.dispose();
    expect(made.map(({ disposed }) => disposed)).toEqual([true, true]);
    expect(mesh.links.value.size).toBe(0);
  });

  it('keeps the sum within the budget whatever comes, goes, fails and is shared, in any order', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f'];
    const step = fc.oneof(
      fc.record({ kind: fc.constant('come' as const), peer: fc.constantFrom(...people) }),
      fc.record({ kind: fc.constant('go' as const), peer: fc.constantFrom(...people) }),
      fc.record({
        kind: fc.constant('path' as const),
        peer: fc.constantFrom(...people),
        state: fc.constantFrom<LinkState>('connecting', 'connected', 'reconnecting', 'no-path'),
      }),
      fc.record({ kind: fc.constant('show' as const), video: fc.constantFrom<VideoSource>('off', 'camera', 'screen') }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { peers, show, setState, sum, sums, limits, mesh } = setUp();
        for (const one of steps) {
          if (one.kind === 'show') show(one.video);
          else if (one.kind === 'path') setState(one.peer, one.state);
          else {
            const others = peers.value.filter((peer) => peer !== one.peer);
            peers.value = one.kind === 'come' ? [...others, one.peer] : others;
          }
          expect(sum()).toBeLessThanOrEqual(VIDEO_BUDGET_BPS);
          for (const peer of peers.value) expect(limits.get(peer)?.maxBitrateBps).toBeGreaterThanOrEqual(LEAST_BPS);
        }
        for (const atOnce of sums) expect(atOnce).toBeLessThanOrEqual(VIDEO_BUDGET_BPS);
        mesh.dispose();
      }),
    );
  });
});
