import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSideMessage, encodeSideMessage, type SideMessage } from '../../../src/client/media/side-channel.ts';
import { createSideLink } from '../../../src/client/media/side-link.ts';

const message: fc.Arbitrary<SideMessage> = fc.oneof(
  fc.record({ type: fc.constant('alive' as const), sending: fc.constantFrom('unknown', 'good', 'fair', 'poor') }),
  fc.constant({ type: 'wantsTags' as const }),
  fc.record({
    type: fc.constant('tag' as const),
    rtpTimestamp: fc.nat({ max: 2 ** 32 - 1 }),
    tag: fc.uint8Array({ minLength: 44, maxLength: 44 }),
  }),
);

describe('messages beside the media', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(decodeSideMessage(encodeSideMessage(sent).buffer)).toEqual(sent);
      }),
    );
  });

  it('are nothing when they are anything else, and nothing throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        decodeSideMessage(bytes.slice().buffer);
      }),
    );
    for (const data of ['text', null, new ArrayBuffer(0), Uint8Array.of(9).buffer, Uint8Array.of(3, 1, 2).buffer]) {
      expect(decodeSideMessage(data)).toBeNull();
    }
  });
});

describe('the link beside the media', () => {
  function createChannel() {
    const sent: unknown[] = [];
    const channel = {
      readyState: 'open',
      bufferedAmount: 0,
      binaryType: '',
      onmessage: null,
      send: (data: unknown) => sent.push(data),
    };
    return { sent, channel: channel as unknown as RTCDataChannel, state: channel };
  }
  const receive = (channel: RTCDataChannel, sent: SideMessage) =>
    channel.onmessage?.(new MessageEvent('message', { data: encodeSideMessage(sent).buffer }));

  it('notes when something came and what it said', () => {
    let nowMs = 100;
    const tags: number[] = [];
    const side = createSideLink(
      () => nowMs,
      (rtpTimestamp) => tags.push(rtpTimestamp),
    );
    const { channel } = createChannel();
    side.use(channel);
    expect([side.heardAtMs(), side.peerSending(), side.peerWantsTags()]).toEqual([null, 'unknown', false]);
    receive(channel, { type: 'alive', sending: 'poor' });
    nowMs = 200;
    receive(channel, { type: 'wantsTags' });
    receive(channel, { type: 'tag', rtpTimestamp: 90, tag: new Uint8Array(44) });
    expect([side.heardAtMs(), side.peerSending(), side.peerWantsTags(), tags]).toEqual([200, 'poor', true, [90]]);
  });

  it('knows nothing of the old connection on a new one', () => {
    const side = createSideLink(
      () => 100,
      () => undefined,
    );
    const { channel } = createChannel();
    side.use(channel);
    receive(channel, { type: 'wantsTags' });
    side.reset();
    expect([side.heardAtMs(), side.peerSending(), side.peerWantsTags()]).toEqual([null, 'unknown', false]);
    expect(channel.onmessage).toBeNull();
  });

  it('sends nothing into a channel that is closed or full', () => {
    const side = createSideLink(
      () => 0,
      () => undefined,
    );
    side.send({ type: 'wantsTags' });
    const { channel, state, sent } = createChannel();
    side.use(channel);
    state.bufferedAmount = 17 * 1024;
    side.send({ type: 'wantsTags' });
    state.bufferedAmount = 0;
    state.readyState = 'closing';
    side.send({ type: 'wantsTags' });
    expect(sent).toEqual([]);
    state.readyState = 'open';
    side.send({ type: 'wantsTags' });
    expect(sent).toHaveLength(1);
  });
});
