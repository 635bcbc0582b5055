import { type Signal, signal } from '@preact/signals-core';
import { vi } from 'vitest';
import { createMesh } from '../../src/client/call/mesh.ts';
import type {
  CallSession,
  ConnectionStatus,
  Contact,
  LinkState,
  Loadable,
  Meeting,
  PeerLink,
  SightlineClient,
} from '../../src/client/types.ts';
import type { CallCommand } from '../../src/domain/call/command.ts';
import type { LoggedEvent } from '../../src/domain/call/event.ts';
import { accept, type Refusal, type Result, refuse } from '../../src/domain/call/refusal.ts';
import type { MeetingKind } from '../../src/domain/meeting/model.ts';
import { documentedHoloLens2Profile } from '../../src/domain/registration/camera.ts';
import { createHeadsetApp } from '../../src/headset/app.ts';
import { AUDIO_ONLY, createCallDriver, DANA, DESK, EVA, HEADSET, hub } from '../support/call-fixtures.ts';
import { createFakeDevices, FakeTrack, given } from '../support/fake-devices.ts';
import { contact, meeting } from '../support/headset-views.ts';

/** A call whose log is made by the real rules; this page sees it as a session. */
export function createFakeSession(kind: MeetingKind | null = null) {
  const driver = createCallDriver();
  const state = signal(driver.state());
  const listeners = new Set<(logged: LoggedEvent) => void>();
  const sent: CallCommand[] = [];
  const play = (...[command, actor]: Parameters<typeof driver.do>): void => {
    const before = driver.log().length;
    const outcome = driver.do(command, actor);
    if (typeof outcome === 'string') throw new Error(outcome);
    state.value = driver.state();
    for (const logged of driver.log().slice(before)) for (const listener of [...listeners]) listener(logged);
  };
  const takenOut = signal<Refusal | null>(null);
  const session = {
    callId: 'call',
    state,
    meetingKind: signal(kind),
    takenOut,
    send: async (command: CallCommand): Promise<Result<null>> => {
      sent.push(command);
      return accept(null);
    },
    onEvent: (listener: (logged: LoggedEvent) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onRelay: () => () => undefined,
  } as unknown as CallSession;
  const what =
    kind === null ? ({ kind: 'direct', meetingId: null } as const) : ({ kind: 'meeting', meetingId: 'm' } as const);
  play({ type: 'create', title: '', ...what }, hub);
  play({ type: 'join', person: EVA, name: 'Eva Lind', device: DESK, media: AUDIO_ONLY }, hub);
  return { session, sent, play, takenOut };
}
export const joinMe = { type: 'join', person: DANA, name: 'Dana Reyes', device: HEADSET, media: AUDIO_ONLY } as const;

export function setUp() {
  const current = signal<CallSession | null>(null);
  const incoming = signal<CallSession | null>(null);
  const status = signal<ConnectionStatus>('online');
  const closedBecause = signal<Refusal | null>(null);
  const contacts = signal<Loadable<readonly Contact[]>>({
    state: 'ready',
    value: [contact(EVA, { name: 'Eva Lind' })],
  });
  const meetings = signal<Loadable<readonly Meeting[]>>({ state: 'ready', value: [meeting('m')] });
  const client = {
    status,
    closedBecause,
    contacts,
    meetings,
    incoming,
    current,
    me: signal({ ...contact(DANA, { name: 'Dana Reyes' }), tenantName: 'ABC' }),
    signInHeldUntilMs: signal(null),
    clockOffsetMs: signal(0),
    onMovedAway: () => () => undefined,
    search: vi.fn(async (): Promise<Result<readonly Contact[]>> => accept([])),
    call: vi.fn(async (): Promise<Result<CallSession>> => refuse('busy')),
    add: vi.fn(async (): Promise<Result<null>> => accept(null)),
    joinMeeting: vi.fn(async (): Promise<Result<CallSession>> => refuse('meeting-not-joinable')),
    door: { lobbies: signal([]), place: signal(null), leave: async () => undefined },
    stop: vi.fn(async () => undefined),
  };
  const microphone = new FakeTrack();
  const camera = new FakeTrack();
  const { devices } = createFakeDevices({
    microphone: async () => given(microphone),
    camera: async () => given(camera),
  });
  const links: {
    readonly peer: string;
    readonly state: Signal<LinkState>;
    readonly dispose: ReturnType<typeof vi.fn>;
  }[] = [];
  const app = createHeadsetApp({
    client: client as unknown as SightlineClient,
    devices,
    camera: documentedHoloLens2Profile,
    stillCamera: { take: async () => null },
    space: signal({ spaceEpoch: 1, tracking: true }),
    inRoom: signal(true),
    tenantName: 'ABC',
    version: '1',
    openMedia: createMesh((_session, peer) => {
      const link = {
        peer,
        state: signal<LinkState>('connected'),
        quality: signal({ level: 'good' }),
        remoteVideo: signal(null),
        remoteAudio: signal(null),
        setLocalAudio: vi.fn(),
        setLocalVideo: vi.fn(),
        limitVideo: vi.fn(),
        dispose: vi.fn(),
      };
      links.push(link);
      return link as unknown as PeerLink;
    }),
  });
  const call = () => {
    const screen = app.screen.value;
    if (screen.screen !== 'call') throw new Error(`on ${screen.screen}`);
    return screen;
  };
  const home = () => {
    const screen = app.screen.value;
    if (screen.screen !== 'home') throw new Error(`on ${screen.screen}`);
    return screen;
  };
  return { app, client, current, incoming, status, closedBecause, microphone, camera, links, call, home };
}
