import '@preact/signals';
import { effect } from '@preact/signals-core';
import { render } from 'preact';
import { createMesh } from '../../../src/client/call/mesh.ts';
import { createLocalDevices } from '../../../src/client/media/local-media.ts';
import { createCallNotifications } from '../../../src/desk/calls/notifications.ts';
import { createRinger } from '../../../src/desk/calls/ringer.ts';
import { createDesk } from '../../../src/desk/desk.ts';
import { DeskPage } from '../../../src/desk/desk-page.tsx';
import { deskCatalogue } from '../../../src/desk/desk-texts.ts';
import { NO_MEDIA } from '../../../src/domain/call/initial.ts';
import { SignInPage } from '../../../src/ui/sign-in/sign-in-page.tsx';
import { createTexts } from '../../../src/ui/text/translate.ts';
import { createFakeCall, type FakeCall } from './fake-call.ts';
import { createFakeClient } from './fake-client.ts';
import { createFakeHeadset, LANDMARKS } from './fake-headset.ts';
import { ALEX, DANA, guestMe, PRIYA } from './people.ts';

const query = new URLSearchParams(location.search);
const texts = createTexts(deskCatalogue);
const headset = createFakeHeadset(DANA.person);
const id = (n: number): string => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;
let calls = 0;

/** Dana joins with her camera on; her headset finds a place for every mark a moment later. */
function newCall(kind: 'direct' | 'meeting'): FakeCall {
  calls += 1;
  const call = createFakeCall(id(calls), ALEX);
  call.as('hub', { type: 'create', kind, title: kind === 'meeting' ? 'Valve 3 inspection' : '', meetingId: null });
  return call;
}

function danaJoins(call: FakeCall): void {
  call.as('hub', { type: 'join', ...DANA, media: { audio: true, video: 'camera', problem: 'none' } });
  call.as(DANA, { type: 'describeCamera', camera: headset.profile, spaceEpoch: 1, tracking: true });
  placeMarks(call);
}

function placeMarks(call: FakeCall): void {
  const seen = new Set<string>();
  effect(() => {
    for (const mark of Object.values(call.session.state.value.pendingMarks)) {
      if (seen.has(mark.markId)) continue;
      seen.add(mark.markId);
      const mode = query.get('marks') ?? 'good';
      setTimeout(() => {
        if (mode === 'refused') call.as(DANA, { type: 'refuseMark', markId: mark.markId, code: 'too-far' });
        if (mode === 'good') call.as(DANA, { type: 'placeMark', markId: mark.markId, placement: headset.place(mark) });
      }, 250);
    }
  });
}

const fake = createFakeClient((what) => {
  const call = newCall(what === DANA.person ? 'direct' : 'meeting');
  call.as('hub', { type: 'join', ...ALEX, media: NO_MEDIA });
  if (what === DANA.person) call.as('hub', { type: 'ring', ...DANA, from: ALEX.person });
  else danaJoins(call);
  return call;
});

function ringMe(): void {
  const call = newCall('direct');
  call.as('hub', { type: 'join', ...DANA, media: { audio: true, video: 'camera', problem: 'none' } });
  call.as(DANA, { type: 'describeCamera', camera: headset.profile, spaceEpoch: 1, tracking: true });
  call.as('hub', { type: 'ring', ...ALEX, from: DANA.person });
  placeMarks(call);
  fake.calls.value = [...fake.calls.value, call];
}

const desk = createDesk({
  client: fake.client,
  texts,
  devices: createLocalDevices('user'),
  openMedia: createMesh((_session, peer) =>
    peer === DANA.person ? headset.link : { ...createFakeHeadset(peer).link, peer },
  ),
  switchTenant: (tid) => void Object.assign(window, { switchedTo: tid }),
  signOut: () => undefined,
});
if (query.has('me')) fake.me.value = guestMe(query.get('me') === 'away');

Object.assign(window, { harness: { fake, headset, desk, ringMe, ALEX, DANA, PRIYA, LANDMARKS } });

const demoTenants = [
  ['ABC', ['abc.com']],
  ['Contoso1', ['contoso1.com']],
  ['Contoso2', ['contoso2.com']],
] as const;

const root = document.getElementById('desk');
if (root !== null) {
  render(
    query.get('page') === 'sign-in' ? (
      <SignInPage
        texts={texts}
        lead={texts.t('signIn.lead')}
        demo
        companies={demoTenants.map(([name, domains]) => ({
          tenantId: name,
          name,
          domains: [...domains],
          authority: '',
          knownAuthorities: [],
          issuer: '',
          spaClientId: '',
          scope: '',
        }))}
        problem={query.get('problem')}
        busy={false}
        onMail={(mail) =>
          mail.includes('@')
            ? texts.t('signIn.tenantUnknown', { domain: 'fabrikam.com' })
            : texts.t('signIn.mailInvalid')
        }
        onCompany={() => undefined}
      />
    ) : (
      <DeskPage
        desk={desk}
        demo
        ringer={createRinger(() => new AudioContext())}
        notifications={createCallNotifications(window, () => document.hidden)}
        onSignIn={() => undefined}
        onOtherAccount={() => undefined}
      />
    ),
    root,
  );
}
