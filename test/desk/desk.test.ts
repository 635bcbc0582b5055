import { signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import { createMesh } from '../../src/client/call/mesh.ts';
import type { LocalDevices } from '../../src/client/media/local-media.ts';
import type { PublicTenant } from '../../src/client/sign-in/config.ts';
import type { LinkQuality, LinkState, PeerLink, PoseTransport } from '../../src/client/types.ts';
import { createDesk, switchNewsText } from '../../src/desk/desk.ts';
import { deskCatalogue } from '../../src/desk/desk-texts.ts';
import { NO_MEDIA } from '../../src/domain/call/initial.ts';
import { accept, refuse } from '../../src/domain/call/refusal.ts';
import { createTexts } from '../../src/ui/text/translate.ts';
import { createFakeCall } from '../support/desk-harness/fake-call.ts';
import { createFakeClient } from '../support/desk-harness/fake-client.ts';
import { ALEX, DANA, PRIYA } from '../support/desk-harness/people.ts';
import { createFakeDevices } from '../support/fake-devices.ts';

const id = (n: number): string => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;

function ringingCall() {
  const call = createFakeCall(id(1), ALEX);
  call.as('hub', { type: 'create', kind: 'direct', title: '', meetingId: null });
  call.as('hub', { type: 'join', ...DANA, media: NO_MEDIA });
  call.as('hub', { type: 'ring', ...ALEX, from: DANA.person });
  return call;
}

const none = async () => ({ ok: false, problem: 'missing' }) as const;
const NO_DEVICES: LocalDevices = { microphone: none, camera: none, screen: none };

const createSilentLink = (peer: string): PeerLink => ({
  peer,
  state: signal<LinkState>('connected'),
  quality: signal<LinkQuality>({ ...NOT_MEASURED }),
  remoteAudio: signal<MediaStream | null>(null),
  remoteVideo: signal<MediaStream | null>(null),
  poseTransport: signal<PoseTransport>('none'),
  setLocalAudio: () => undefined,
  setLocalVideo: () => undefined,
  limitVideo: () => undefined,
  tagOfFrame: () => null,
  dispose: () => undefined,
});
const NOT_MEASURED = {
  level: 'unknown',
  roundTripMs: null,
  lossRatio: null,
  receivedKbps: null,
  sentKbps: null,
  framesPerSecond: null,
  frameWidthPx: null,
  frameHeightPx: null,
} as const;

function setUp(devices = NO_DEVICES) {
  const fake = createFakeClient(() => {
    const call = createFakeCall(id(2), ALEX);
    call.as('hub', { type: 'create', kind: 'direct', title: '', meetingId: null });
    call.as('hub', { type: 'join', ...ALEX, media: NO_MEDIA });
    call.as('hub', { type: 'ring', ...DANA, from: ALEX.person });
    return call;
  });
  const switchTenant = vi.fn();
  const desk = createDesk({
    client: fake.client,
    texts: createTexts(deskCatalogue),
    devices,
    openMedia: createMesh((_session, peer) => createSilentLink(peer)),
    switchTenant,
    signOut: () => undefined,
  });
  const said = () => desk.toasts.shown.value.map(({ text }) => text);
  return { fake, desk, said, switchTenant };
}

describe('a call on the desk', () => {
  it('shows while it lasts, and gives the desk back when it ends', async () => {
    const { desk, fake } = setUp();
    await desk.ring(DANA.person, false);
    expect(desk.section.value).toBe('call');
    const [call] = fake.calls.value;
    call?.as(DANA, { type: 'decline', reason: 'declined' });
    expect(desk.call.value).toBeNull();
    expect(desk.section.value).toBe('contacts');
    desk.dispose();
  });

  it('tells why nobody came', async () => {
    for (const [reason, words] of [
      ['declined', 'Dana Reyes declined the call.'],
      ['busy', 'Dana Reyes is in another call. Try again later.'],
    ] as const) {
      const { desk, fake, said } = setUp();
      await desk.ring(DANA.person, false);
      fake.calls.value[0]?.as(DANA, { type: 'decline', reason });
      expect(said()).toContain(words);
      desk.dispose();
    }
  });

  it('ends without a word by its own End Call', async () => {
    const { desk, said } = setUp();
    await desk.ring(DANA.person, false);
    desk.toasts.shown.value.forEach((toast) => void desk.toasts.dismiss(toast.id));
    desk.call.value?.leave();
    await Promise.resolve();
    expect(desk.call.value).toBeNull();
    expect(said()).toEqual([]);
    desk.dispose();
  });

  it('that is over before it began leaves neither camera nor microphone running', async () => {
    const { devices, tracks } = createFakeDevices();
    const { desk, fake } = setUp(devices);
    const over = createFakeCall(id(3), ALEX);
    Object.assign(fake.client, { call: async () => accept(over.session) });
    await desk.ring(DANA.person, true);
    await vi.waitFor(() => expect(tracks).toHaveLength(2));
    await vi.waitFor(() => expect(tracks.map((track) => track.stops)).toEqual([1, 1]));
    desk.dispose();
  });

  it('says why a call could not be made, and keeps the reference to quote', async () => {
    const { desk, fake } = setUp();
    const refusal = { code: 'external-off', reference: 'K7QXM2PD' } as const;
    Object.assign(fake.client, { call: async () => ({ ok: false, refusal }) });
    await desk.ring(DANA.person, false);
    expect(desk.toasts.shown.value.at(-1)).toMatchObject({
      text: 'Your companies do not accept each other. Ask your administrator for external access.',
      refusal,
    });
    desk.dispose();
  });

  it('says why a call could not be made', async () => {
    const { desk, fake, said } = setUp();
    Object.assign(fake.client, { call: async () => refuse('not-allowed') });
    await desk.ring(DANA.person, false);
    expect(desk.call.value).toBeNull();
    expect(desk.entering.value).toBeNull();
    expect(said()).toContain('Your company’s rules do not allow this. Ask your administrator.');
    desk.dispose();
  });
});

describe('more than two people', () => {
  const withPriya = async () => {
    const setup = setUp();
    await setup.desk.ring(DANA.person, false);
    const [call] = setup.fake.calls.value;
    if (call === undefined) throw new Error('no call');
    call.as(DANA, { type: 'answer', media: NO_MEDIA });
    call.as('hub', { type: 'ring', person: PRIYA.person, name: PRIYA.name, from: ALEX.person });
    return { ...setup, call };
  };

  it('are rung into the call by the hub, which may refuse', async () => {
    const { desk, fake } = await withPriya();
    const add = vi.fn(async () => accept(null));
    Object.assign(fake.client, { add });
    expect(await desk.add(PRIYA.person)).toBeNull();
    expect(add.mock.calls).toEqual([[desk.call.value?.session.callId, PRIYA.person]]);
    const refusal = { code: 'external-no-group', reference: 'K7QXM2PD' } as const;
    Object.assign(fake.client, { add: async () => ({ ok: false, refusal }) });
    expect(await desk.add(PRIYA.person)).toEqual(refusal);
    desk.dispose();
  });

  it('are seen to ring, and told of when they do not come, while the call goes on', async () => {
    const { desk, call, said } = await withPriya();
    expect(desk.call.value?.others.value.map(({ name, state }) => [name, state])).toEqual([
      ['Dana Reyes', 'joined'],
      ['Priya Natarajan', 'ringing'],
    ]);
    call.as('hub', { type: 'ringTimedOut', person: PRIYA.person });
    expect(said()).toContain('Priya Natarajan did not answer.');
    expect(desk.call.value).not.toBeNull();
    desk.dispose();
  });
});

describe('rules that change during a call', () => {
  const ENDED = 'Company rules changed and ended this call. Ask your administrator.';

  it.each([
    ['the expert', ALEX],
    ['the other one', DANA],
  ])('end it with the reason, whether they remove %s', async (_who, { person }) => {
    const { desk, fake, said } = setUp();
    await desk.ring(DANA.person, false);
    const [call] = fake.calls.value;
    call?.as(DANA, { type: 'answer', media: NO_MEDIA });
    call?.as('hub', { type: 'remove', person });
    expect(desk.call.value).toBeNull();
    expect(said().filter((text) => text === ENDED)).toHaveLength(1);
    desk.dispose();
  });

  it('remove one of three, and the others hear of it', async () => {
    const { desk, fake, said } = setUp();
    await desk.ring(DANA.person, false);
    const [call] = fake.calls.value;
    call?.as(DANA, { type: 'answer', media: NO_MEDIA });
    call?.as('hub', { type: 'join', ...PRIYA, media: NO_MEDIA });
    call?.as('hub', { type: 'remove', person: PRIYA.person });
    expect(said()).toContain('Company rules changed, and Priya Natarajan had to leave.');
    expect(desk.call.value).not.toBeNull();
    desk.dispose();
  });
});

describe('switching to another company', () => {
  it('leaves the call first, so that the others need not wait', async () => {
    const { desk, fake, switchTenant } = setUp();
    await desk.ring(DANA.person, false);
    const [call] = fake.calls.value;
    call?.as(DANA, { type: 'answer', media: NO_MEDIA });
    await desk.switchTenant('contoso1');
    expect(call?.state().participants[ALEX.person]?.state).toBe('left');
    expect(switchTenant.mock.calls).toEqual([['contoso1', 'alex@abc.com']]);
    desk.dispose();
  });

  it('says where one works now, or why one stayed', () => {
    const texts = createTexts(deskCatalogue);
    const wanted = { name: 'Contoso1' } as PublicTenant;
    expect(switchNewsText(texts, { kind: 'switched' }, wanted)).toBe('You work in Contoso1 now.');
    const stayed = { kind: 'stayed', wanted, problem: { code: 'cancelled' } } as const;
    expect(switchNewsText(texts, stayed, { name: 'ABC' })).toBe(
      'Signing in to Contoso1 did not finish. You are still in ABC.',
    );
  });
});

describe('an incoming call', () => {
  it('is ignored by declining it', () => {
    const { desk, fake } = setUp();
    const call = ringingCall();
    fake.calls.value = [call];
    const incoming = fake.client.incoming.value;
    if (incoming === null) throw new Error('nobody calls');
    desk.ignore(incoming);
    expect(call.state().phase).toBe('ended');
    expect(desk.call.value).toBeNull();
    desk.dispose();
  });
});
