import { signal } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import type { CallSession, RelayPayload } from '../../src/client/types.ts';
import type { ImageMark } from '../../src/domain/annotation/types.ts';
import { initialCall, NO_MEDIA } from '../../src/domain/call/initial.ts';
import type { CallState, Participant } from '../../src/domain/call/state.ts';
import { mainPicture, OWN } from '../../src/join/call/main-picture.ts';
import { createStills } from '../../src/join/call/stills.ts';

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
  const state = signal(callOf(person('agent'), person('me')));
  let hear: (from: string, payload: RelayPayload) => void = () => undefined;
  const closed: number[] = [];
  const session: Pick<CallSession, 'state' | 'onRelay'> = {
    state,
    onRelay: (listener) => {
      hear = listener;
      return () => undefined;
    },
  };
  const decode = async (jpeg: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> =>
    ({ id: jpeg[0], close: () => closed.push(jpeg[0] ?? 0) }) as unknown as ImageBitmap;
  const stills = createStills({ session, decode });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { state, stills, closed, settle, send: (payload: RelayPayload) => hear('agent', payload) };
}

describe('the frozen picture', () => {
  it('stands with its marks until the agent is done, also with marks that overtook it', async () => {
    const { stills, send, settle, closed } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
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

  it('goes with whoever draws on it', async () => {
    const { state, stills, send, settle } = setUp();
    send({ type: 'still', stillId: 'a', jpeg: bytes(1) });
    await settle();
    state.value = callOf(person('agent', { state: 'left', device: null }), person('me'));
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
