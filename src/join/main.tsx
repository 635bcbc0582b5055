// Before any component: makes components follow the signals that they read.
import '@preact/signals';
import { render } from 'preact';
import { pageDeviceId } from '../client/connection/device.ts';
import { createJoinLink, linkToken } from '../client/join/join-link.ts';
import { createDeviceChoice } from '../client/media/device-choice.ts';
import { createOwnMedia } from '../client/media/own-media.ts';
import { loadPublicConfig } from '../client/sign-in/config.ts';
import { createEntry } from '../client/sign-in/entry.ts';
import { accessTokenOf, createSignIn } from '../client/sign-in/sign-in.ts';
import { createTenantMemory, DESK_TENANT_KEY } from '../client/sign-in/tenant-binding.ts';
import { loadTexts } from '../ui/text/languages.ts';
import { App, WornApp } from './app.tsx';
import { isWorn, joinDeviceKind } from './device.ts';
import { createJoin, type Visitor } from './join.ts';
import { joinCatalogue } from './join-texts.ts';
import { createVisitMemory } from './memory.ts';

const texts = await loadTexts(joinCatalogue, navigator.languages);
document.documentElement.lang = texts.language;

const kind = joinDeviceKind((query) => matchMedia(query).matches);
const token = linkToken(location.pathname);
const choice = createDeviceChoice(kind === 'phone' ? 'environment' : 'user');

const entry = createEntry<Visitor>({
  loadConfig: () => loadPublicConfig(),
  createSignIn: (tenant) => createSignIn(tenant),
  open(signIn) {
    const { state } = signIn;
    const name = state.peek().kind === 'signed-in' ? nameOf(state.peek()) : '';
    return { name, accessToken: accessTokenOf(signIn) };
  },
  close: async () => undefined,
  memory: createTenantMemory(() => sessionStorage, DESK_TENANT_KEY),
});

const nameOf = (state: ReturnType<typeof createSignIn>['state']['value']): string =>
  state.kind === 'signed-in' ? state.account.name : '';

const join = createJoin({
  token,
  link: createJoinLink(token),
  memory: createVisitMemory(() => sessionStorage),
  async visitor() {
    await entry.start();
    const { kind: at, ...state } = entry.state.value;
    const visitor = 'opened' in state ? state.opened : null;
    return { visitor, failed: at === 'ask' && 'problem' in state && state.problem !== null };
  },
  async connect(access) {
    const { connectToHub } = await import('./connect.ts');
    return connectToHub(access, { id: pageDeviceId(sessionStorage, () => crypto.randomUUID()), kind });
  },
  createOwnMedia: () => createOwnMedia({ devices: choice.devices, cameraEnded: 'missing' }),
});

const root = document.getElementById('join');
if (await isWorn(navigator)) {
  if (root !== null) render(<WornApp texts={texts} />, root);
} else {
  if (root !== null) render(<App join={join} entry={entry} texts={texts} choice={choice} kind={kind} />, root);
  await join.start();
}
