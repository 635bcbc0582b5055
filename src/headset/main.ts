// Before any component: makes components follow the signals that they read.
import '@preact/signals';
import { computed, effect, signal } from '@preact/signals-core';
import { h, render } from 'preact';
import { version } from '../../package.json';
import { createLateMediaPaths } from '../client/call/late-media-paths.ts';
import { pageDeviceId } from '../client/connection/device.ts';
import { createSignalRTransport } from '../client/connection/transport.ts';
import { watchPageWakes } from '../client/connection/wakes.ts';
import { createLocalDevices } from '../client/media/local-media.ts';
import { createPoseFeed } from '../client/media/pose-feed.ts';
import type { StillCamera } from '../client/media/still-camera.ts';
import { createSightlineClient } from '../client/sightline-client.ts';
import { loadPublicConfig } from '../client/sign-in/config.ts';
import { accessTokenOf, createSignIn, type SignIn } from '../client/sign-in/sign-in.ts';
import { createTenantMemory, HEADSET_TENANT_KEY } from '../client/sign-in/tenant-binding.ts';
import { documentedHoloLens2Profile } from '../domain/registration/camera.ts';
import { createFrameMemory } from '../domain/registration/frame-memory.ts';
import { common } from '../ui/text/en/common.ts';
import { headset as headsetTexts } from '../ui/text/en/headset.ts';
import { refusals } from '../ui/text/en/refusals.ts';
import { loadTexts } from '../ui/text/languages.ts';
import { readAddress } from './address.ts';
import { createLateAnnotations } from './annotation/late-annotations.ts';
import { createHeadsetApp, type HeadsetApp } from './app.ts';
import { createEntrance } from './entrance.ts';
import { createHeadset } from './headset.ts';
import { HeadsetPage } from './page.tsx';
import { createRoomControl } from './room-control.ts';
import { markWords } from './room-words.ts';
import { createSounds } from './sounds.ts';
import { browserFacts, reportCapabilities } from './xr/capabilities.ts';
import './styles/page.css';

const HUB_URL = '/hub';

const address = readAddress(location.search);
const texts = await loadTexts({ ...common, ...refusals, ...headsetTexts }, navigator.languages);
document.documentElement.lang = texts.language;
document.title = texts.t('page.title');

const sounds = createSounds();
const poseFeed = createPoseFeed();
const frames = createFrameMemory();
const camera = signal(documentedHoloLens2Profile());
const online = signal(navigator.onLine);
for (const type of ['online', 'offline']) {
  addEventListener(type, () => {
    online.value = navigator.onLine;
  });
}

const canvas = document.getElementById('room');
const root = document.getElementById('page');
if (!(canvas instanceof HTMLCanvasElement) || root === null) throw new Error('The page lacks its elements.');

const room = createRoomControl({
  reportCapabilities: () => reportCapabilities(browserFacts()),
  loadRoom: async (listeners) => {
    const { createRoom } = await import('./room.ts');
    const { startTools } = annotations;
    return createRoom({ canvas, send: headset.send, play: sounds.play, poseSink: poseFeed, startTools, ...listeners });
  },
  startEmulator: async () => {
    const { SOFTWARE_RENDERING, startEmulator } = await import('../emulator/index.ts');
    const geometry = address.planesOnly ? 'planesOnly' : 'full';
    const emulator = await startEmulator({ ...(address.emulate === 'light' ? SOFTWARE_RENDERING : {}), geometry });
    camera.value = emulator.trueCameraProfile();
  },
});

const entrance = createEntrance({
  loadConfig: () => loadPublicConfig(),
  createSignIn: (tenant) => createSignIn(tenant),
  open: openApp,
  memory: createTenantMemory(() => localStorage, HEADSET_TENANT_KEY),
  search: location.search,
});

const loadMedia = async () => (await import('./call/carry-media.ts')).carryMedia;
/** One for the page: its pictures are numbered. */
let ownStillCamera: StillCamera | null = null;
async function stillCamera(): Promise<StillCamera> {
  const { createStillCamera } = await loadMedia();
  ownStillCamera ??= createStillCamera({ poseFeed, onTagged: frames.add });
  return ownStillCamera;
}

function openApp(signIn: SignIn): HeadsetApp {
  const accessToken = accessTokenOf(signIn);
  const client = createSightlineClient({
    transport: createSignalRTransport(HUB_URL, async () => (await accessToken())?.token ?? null),
    device: { id: pageDeviceId(sessionStorage, () => crypto.randomUUID()), kind: 'headset' },
    accessToken,
    watchWakes,
  });
  const app = createHeadsetApp({
    client,
    devices: createLocalDevices('environment'),
    camera: () => camera.value,
    stillCamera: { take: async (track) => (await stillCamera()).take(track) },
    space: room.space,
    inRoom: computed(() => room.view.value.state === 'active'),
    tenantName: signIn.tenant.name,
    version,
    openMedia: createLateMediaPaths(async () => {
      const { createMesh, createCallLink } = await loadMedia();
      const relayOnly = address.relayOnly && entrance.config.value?.demo === true;
      return createMesh((session, peer) =>
        createCallLink({ client, session, peer, poseFeed, onFrameTagged: frames.add, relayOnly }),
      );
    }),
  });
  client.start();
  return app;
}

/** A headset that is put on again first finds its place in the room. */
function watchWakes(wake: () => void): () => void {
  const stopPage = watchPageWakes(wake);
  const stopRoom = effect(() => {
    if (room.space.value.tracking) wake();
  });
  return () => {
    stopPage();
    stopRoom();
  };
}

const headset = createHeadset({ texts, entrance, room, sounds, online });

const video = document.createElement('video');
video.muted = true;
video.playsInline = true;
effect(() => {
  const stream = headset.call.value?.picture.value?.stream ?? null;
  room.showVideo(stream === null ? null : video);
  if (video.srcObject === stream) return;
  video.srcObject = stream;
  // Sound has elements of its own; a muted picture may always play.
  if (stream !== null) void video.play().catch(() => undefined);
});

/** As soon as somebody rings or is about to join: what comes before the sound leaves time enough to fetch it. */
effect(() => {
  const screen = entrance.part.value?.screen.value;
  if (screen?.screen !== 'home' || (screen.starting ?? screen.incoming) === null) return;
  // Where that fails the call itself tries again.
  void loadMedia().catch(() => undefined);
});

/** What draws in the room is only fetched for the first call: nothing before it needs it. */
const annotations = createLateAnnotations({
  wanted: computed(() => headset.call.value !== null),
  load: async () => {
    const { createRoomAnnotations } = await import('./annotation/room-annotations.ts');
    return createRoomAnnotations({
      call: headset.call,
      me: computed(() => entrance.part.value?.client.me.value?.key ?? null),
      camera: () => camera.value,
      findFrame: frames.find,
      words: (authorName, note) => markWords(texts, authorName, note),
      newId: () => crypto.randomUUID(),
      onRefused: (code) => entrance.part.value?.tell({ code }),
    });
  },
});

const demo = computed(() => entrance.config.value?.demo ?? false);
const signedIn = computed(() => entrance.part.value !== null);
const stopWaiting = effect(() => {
  if (!signedIn.value) return;
  // Once, and not before signing in, which leaves this page: what would be loaded for the room would be loaded twice.
  queueMicrotask(() => stopWaiting());
  void room.start({ allowEmulator: demo.peek(), emulate: address.emulate !== null });
});

render(h(HeadsetPage, { headset, texts, video, demo }), root);
await entrance.start();
