import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ConnectionStatus, RelayPayload } from '../../src/client/types.ts';
import type { ImageMark } from '../../src/domain/annotation/types.ts';
import { initialCall, NO_MEDIA } from '../../src/domain/call/initial.ts';
import { accept } from '../../src/domain/call/refusal.ts';
import type { CallState, Participant } from '../../src/domain/call/state.ts';
import { mainPicture, OWN } from '../../src/join/call/main-picture.ts';
import { createStills, type StillsDeps } from '../../src/join/call/stills.ts';

const person = (key: string, more: Partial<Participant> = {}): Participant => ({
  person: key,
  name: key,
  state: 'joined',
  rungBy: null,
  device: { id: key, kind: 'desk' },
  media: NO_MEDIA,
  camera: null,
  spaceEpoch: 0,
  tracking: false,
  ...more,
});
const callOf = (...people: readonly Participant[]): CallState => ({
  ...initialCall('c'),
  phase: 'open',
  participants: Object.fromEntries(people.map((one) => [one.person, one])),
});
const MARK: ImageMark = { shape: 'arrow', colour: 'red', points: [[0.5, 0.5]], aspect: 1 };
const bytes = (n: number) => new Uint8Array([n]);

function setUp() {
  const state = signal(callOf(person('agent'), person('other'), person('me')));
  const status = signal<ConnectionStatus>('online');
  let hear: (from: string, payload: RelayPayload) => void = () => undefined;
  const closed: number[] = [];
  const replies: [to: string, payload: RelayPayload][] = [];
  const world = { nowMs: 0 };
  const session: StillsDeps['session'] = {
    state,
    onRelay: (listener) => {
      hear = listener;
      return () => undefined;
    },
    sendRelay: async (to, payload) => {
      replies.push([to, payload]);
      return accept(null);
    },
  };
  const decode = async (jpeg: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> => {
    if (jpeg[0] === 0) throw new Error('no picture');
    return { id: jpeg[0], close: () => closed.push(jpeg[0] ?? 0) } as unknown as ImageBitmap;
  };
  const stills = createStills({ session, me: 'me', status, decode, nowMs: () => world.nowMs });
  onTestFinished(stills.dispose);
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const pass = async (ms: number): Promise<void> => {
    for (const end = world.nowMs + ms; world.nowMs < end; ) {
      world.nowMs += 1_000;
      await vi.advanceTimersByTimeAsync(1_000);
    }
  };
  const send = (payload: RelayPayload, from = 'agent') => hear(from, payload);
  return { state, status, stills, closed, replies: () => replies.splice(0), settle, pass, send };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the frozen picture', () => {
  it('stands with its marks until the agent is done, and is closed then', async () => {
    const { stills, send, settle, closed } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    // Marks come while the picture is decoded.
    send({ type: 'stillMarks', stillId: 'a', marks: [MARK] });
    await settle();
    expect(stills.current.value).toMatchObject({ from: 'agent', marks: [MARK] });
    send({ type: 'stillMarks', stillId: 'a', marks: [] });
    expect(stills.current.value?.marks).toEqual([]);
    send({ type: 'stillOver', stillId: 'a' });
    expect(stills.current.value).toBeNull();
    expect(closed).toEqual([1]);
  });

  it('gives way to a newer one, whose end alone counts then', async () => {
    const { stills, send, settle } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    send({ type: 'still', stillId: 'b', jpeg: bytes(2) });
    await settle();
    send({ type: 'stillOver', stillId: 'a' });
    send({ type: 'stillMarks', stillId: 'a', marks: [MARK] });
    expect(stills.current.value).toMatchObject({ picture: { id: 2 }, marks: [] });
  });

  it('is not shown when its end came before it was decoded', async () => {
    const { stills, send, settle, closed } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    send({ type: 'stillOver', stillId: 'a' });
    await settle();
    expect(stills.current.value).toBeNull();
    expect(closed).toEqual([1]);
  });

  it('goes with whoever draws on it, also before it was decoded', async () => {
    const { state, stills, send, settle } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    state.value = callOf(person('agent', { state: 'left', device: null }), person('me'));
    await settle();
    expect(stills.current.value).toBeNull();
  });

  it('goes when its owner wants the live picture, for good', async () => {
    const { stills, send, settle, replies } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    await settle();
    replies();
    stills.dismiss();
    expect(stills.current.value).toBeNull();
    expect(replies()).toContainEqual(['agent', { type: 'stillSeen', stillId: 'a', seen: 'dismissed' }]);
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    send({ type: 'stillMarks', stillId: 'a', marks: [MARK] });
    await settle();
    expect(stills.current.value).toBeNull();
  });
});

describe('what the agent hears of the frozen picture', () => {
  it('is that it is shown, once it is', async () => {
    const { send, settle, replies } = setUp();
    replies();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    expect(replies()).toEqual([]);
    await settle();
    expect(replies()).toEqual([['agent', { type: 'stillSeen', stillId: 'a', seen: 'shown' }]]);
  });

  it('is that it is no picture, and nothing is shown', async () => {
    const { stills, send, settle, replies } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(0) });
    await settle();
    expect(stills.current.value).toBeNull();
    expect(replies()).toContainEqual(['agent', { type: 'stillSeen', stillId: 'a', seen: 'unreadable' }]);
  });

  it('is that somebody else’s is shown; once that one is over they are asked for theirs', async () => {
    const { send, settle, replies } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    await settle();
    send({ type: 'still', stillId: 'b', jpeg: bytes(2) }, 'other');
    await settle();
    expect(replies()).toContainEqual(['agent', { type: 'stillSeen', stillId: 'a', seen: 'replaced' }]);
    send({ type: 'stillOver', stillId: 'b' }, 'other');
    expect(replies()).toEqual([['agent', { type: 'askStill', stillId: null }]]);
  });
});

describe('what was lost on the way [SPEC 8.8]', () => {
  it('is asked for when the page is loaded, and after a drop', async () => {
    const { status, send, settle, replies } = setUp();
    expect(replies()).toEqual([
      ['agent', { type: 'askStill', stillId: null }],
      ['other', { type: 'askStill', stillId: null }],
    ]);
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    await settle();
    replies();
    status.value = 'reconnecting';
    status.value = 'online';
    expect(replies()).toEqual([
      ['agent', { type: 'askStill', stillId: 'a' }],
      ['other', { type: 'askStill', stillId: null }],
    ]);
  });

  it('is asked for at once when the connection of the agent is back; without an answer the live picture is', async () => {
    const { state, stills, send, settle, pass, replies } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    await settle();
    state.value = callOf(person('agent', { state: 'reconnecting' }), person('me'));
    await pass(50_000);
    replies();
    state.value = callOf(person('agent'), person('me'));
    expect(replies()).toEqual([['agent', { type: 'askStill', stillId: 'a' }]]);
    expect(stills.current.value).not.toBeNull();
    await pass(25_000);
    expect(stills.current.value).toBeNull();
  });

  it('is asked for after a quiet while, and any word of the agent keeps the picture', async () => {
    const { stills, send, settle, pass, replies } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    await settle();
    replies();
    await pass(16_000);
    expect(replies()).toContainEqual(['agent', { type: 'askStill', stillId: 'a' }]);
    send({ type: 'stillMarks', stillId: 'a', marks: [MARK] });
    await pass(20_000);
    expect(stills.current.value).not.toBeNull();
    await pass(25_000);
    expect(stills.current.value).toBeNull();
  });
});

describe('the large picture', () => {
  const camera = { ...NO_MEDIA, video: 'camera' } as const;
  const choose = (people: readonly Participant[], more: Partial<Parameters<typeof mainPicture>[1]> = {}) =>
    mainPicture(callOf(person('me'), ...people), { me: 'me', showsOwn: true, chosen: null, ...more });

  it('is one’s own camera with an agent at a desk', () => {
    expect(choose([person('agent', { media: camera })])).toEqual(OWN);
  });

  it('is a headset’s before a shared screen before one’s own', () => {
    const screen = person('screen', { media: { ...NO_MEDIA, video: 'screen' } });
    const headset = person('hl', { media: camera, device: { id: 'h', kind: 'headset' } });
    expect(choose([screen])).toMatchObject({ participant: { person: 'screen' } });
    expect(choose([screen, headset])).toMatchObject({ participant: { person: 'hl' } });
  });

  it('is what somebody chose, while it is there', () => {
    const agent = person('agent', { media: camera });
    expect(choose([agent], { chosen: 'agent' })).toMatchObject({ participant: { person: 'agent' } });
    expect(choose([], { chosen: 'agent' })).toEqual(OWN);
  });
});
