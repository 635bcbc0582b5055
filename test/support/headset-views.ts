import type { Contact, Meeting } from '../../src/client/types.ts';
import type { CallView, HeadsetTexts, HeadsetView, HomeView, RoomView } from '../../src/ui/panels/view.ts';
import { common } from '../../src/ui/text/en/common.ts';
import { headset } from '../../src/ui/text/en/headset.ts';
import { refusals } from '../../src/ui/text/en/refusals.ts';
import { createTexts } from '../../src/ui/text/translate.ts';

export const TEXTS: HeadsetTexts = createTexts({ ...common, ...refusals, ...headset });
export const NOW_MS = Date.UTC(2026, 4, 20, 12);
const MINUTE_MS = 60_000;

export function contact(key: string, overrides: Partial<Contact> = {}): Contact {
  const name = `Person ${key.toUpperCase()}`;
  return {
    key,
    name,
    mail: `${key}@abc.com`,
    jobTitle: 'Technician',
    company: 'ABC',
    presence: 'available',
    last: null,
    refusal: null,
    ...overrides,
  };
}

export function meeting(meetingId: string, overrides: Partial<Meeting> = {}): Meeting {
  return {
    meetingId,
    title: `Meeting ${meetingId}`,
    startMs: NOW_MS - MINUTE_MS,
    endMs: NOW_MS + 30 * MINUTE_MS,
    organizer: 'Eva Lind',
    joinable: true,
    present: [],
    kind: 'scheduled',
    zone: 'Europe/Berlin',
    cancelled: false,
    waiting: 0,
    oneTime: null,
    may: { edit: false, cancel: false, admit: false, invite: false, send: false, add: true },
    ...overrides,
  };
}

export const ROOM: RoomView = {
  state: 'active',
  mode: 'immersive-ar',
  capabilities: [],
  emulator: 'not-offered',
  failed: false,
  pinned: false,
  lost: false,
};

export function homeView(overrides: Partial<HomeView> = {}): HomeView {
  return {
    myName: 'Dana Reyes',
    tenantName: 'ABC',
    contacts: { state: 'ready', value: [contact('a'), contact('b')] },
    meetings: { state: 'ready', value: [] },
    open: 'none',
    search: { query: '', found: null },
    oneTime: { state: 'none' },
    starting: null,
    incoming: null,
    place: null,
    version: '1.2.3',
    ...overrides,
  };
}

export function callView(overrides: Partial<CallView> = {}): CallView {
  const one = {
    isMe: false,
    strange: null,
    state: 'joined',
    muted: false,
    video: 'off',
    problem: 'none',
    mayCallOff: false,
    noPath: false,
  } as const;
  return {
    title: 'Eva Lind',
    addingPeople: { offered: true, refused: null },
    adding: null,
    screenOf: null,
    participants: [
      { ...one, person: 'me', name: 'Dana Reyes', isMe: true },
      { ...one, person: 'eva', name: 'Eva Lind', video: 'camera' },
    ],
    media: { muted: false, microphoneProblem: 'none', video: 'off', cameraProblem: 'none' },
    tool: 'none',
    colour: 'red',
    coloursOpen: false,
    canUndo: true,
    canErase: true,
    editing: [],
    hasApproximate: false,
    snapshotSent: false,
    hasStale: false,
    tracking: true,
    quality: 'good',
    signInHeld: false,
    asksToEnd: false,
    ending: false,
    ...overrides,
  };
}

export function view(overrides: Partial<HeadsetView> = {}): HeadsetView {
  return {
    nowMs: NOW_MS,
    screen: { screen: 'home', ...homeView() },
    connection: 'online',
    online: true,
    room: ROOM,
    notice: null,
    lobbies: [],
    ...overrides,
  };
}

export const atHome = (home: Partial<HomeView>, rest: Partial<HeadsetView> = {}): HeadsetView =>
  view({ screen: { screen: 'home', ...homeView(home) }, ...rest });
export const inCall = (call: Partial<CallView>, rest: Partial<HeadsetView> = {}): HeadsetView =>
  view({ screen: { screen: 'call', ...callView(call) }, ...rest });
