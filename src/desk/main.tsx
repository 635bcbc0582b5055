// Before any component: makes components follow the signals that they read.
import '@preact/signals';
import { render } from 'preact';
import { createMesh } from '../client/call/mesh.ts';
import { pageDeviceId } from '../client/connection/device.ts';
import { createSignalRTransport } from '../client/connection/transport.ts';
import { watchPageWakes } from '../client/connection/wakes.ts';
import { createCallLink } from '../client/media/call-link.ts';
import { createLocalDevices } from '../client/media/local-media.ts';
import { createSightlineClient } from '../client/sightline-client.ts';
import { loadPublicConfig, type PublicConfig } from '../client/sign-in/config.ts';
import { createEntry, type SwitchNews } from '../client/sign-in/entry.ts';
import { accessTokenOf, createSignIn, type SignIn } from '../client/sign-in/sign-in.ts';
import { createTenantMemory, DESK_CAME_FROM_KEY, DESK_TENANT_KEY } from '../client/sign-in/tenant-binding.ts';
import { loadTexts } from '../ui/text/languages.ts';
import { App } from './app.tsx';
import { createCallNotifications } from './calls/notifications.ts';
import { createRinger } from './calls/ringer.ts';
import { demoOptions } from './demo-options.ts';
import { createDesk, type Desk, switchNewsText } from './desk.ts';
import { deskCatalogue } from './desk-texts.ts';

const HUB_URL = '/hub';

const texts = await loadTexts(deskCatalogue, navigator.languages);
document.documentElement.lang = texts.language;

const entry = createEntry<Desk>({
  loadConfig: () => loadPublicConfig(),
  createSignIn: (tenant) => createSignIn(tenant),
  open: openDesk,
  async close(desk) {
    desk.dispose();
    await desk.client.stop();
  },
  memory: createTenantMemory(() => sessionStorage, DESK_TENANT_KEY),
  cameFrom: createTenantMemory(() => sessionStorage, DESK_CAME_FROM_KEY),
});

function openDesk(signIn: SignIn, config: PublicConfig, news: SwitchNews | null): Desk {
  const accessToken = accessTokenOf(signIn);
  const client = createSightlineClient({
    transport: createSignalRTransport(HUB_URL, async () => (await accessToken())?.token ?? null),
    device: { id: pageDeviceId(sessionStorage, () => crypto.randomUUID()), kind: 'desk' },
    accessToken,
    watchWakes: watchPageWakes,
  });
  const options = demoOptions(location.search, config.demo);
  const desk = createDesk({
    client,
    texts,
    devices: createLocalDevices('user'),
    openMedia: createMesh((session, peer) => createCallLink({ client, session, peer, ...options })),
    switchTenant: (tid, mail) => void entry.switchTo(tid, mail),
    signOut: () => void entry.signOut(),
  });
  if (news !== null) desk.toasts.say(switchNewsText(texts, news, signIn.tenant));
  client.start();
  return desk;
}

const root = document.getElementById('desk');
if (root !== null) {
  render(
    <App
      entry={entry}
      texts={texts}
      ringer={createRinger(() => new AudioContext())}
      notifications={createCallNotifications(window, () => document.hidden)}
    />,
    root,
  );
}
await entry.start();
