import { describe, expect, it, vi } from 'vitest';
import type { LocalDevices } from '../../src/client/media/local-media.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { deskCatalogue } from '../../src/desk/desk-texts.ts';
import { NO_MEDIA } from '../../src/domain/call/initial.ts';
import { accept, refuse } from '../../src/domain/call/refusal.ts';
import { createTexts } from '../../src/ui/text/translate.ts';
import { createFakeCall } from '../support/desk-harness/fake-call.ts';
import { createFakeClient } from '../support/desk-harness/fake-client.ts';
import { ALEX, DANA } from '../support/desk-harness/people.ts';
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

function setUp(devices = NO_DEVICES) {
  const fake = createFakeClient(() => {
    const call = createFakeCall(id(2), ALEX);
    call.as('hub', { type: 'create', kind: 'direct', title: '', meetingId: null });
    call.as('hub', { type: 'join', ...ALEX, media: NO_MEDIA });
    call.as('hub', { type: 'ring', ...DANA, from: ALEX.person });
    return call;
  });
  const desk = createDesk({
    client: fake.client,
    texts: createTexts(deskCatalogue),
    devices,
    createLink: () => {
      throw new Error('not asked for here');
    },
    signOut: () => undefined,
  });
  const said = () => desk.toasts.shown.value.map(({ text }) => text);
  return { fake, desk, said };
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
