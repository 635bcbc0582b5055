import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { OpenMediaPaths } from '../client/call/media-paths.ts';
import type { LocalDevices } from '../client/media/local-media.ts';
import { createOwnMedia, type OwnMedia } from '../client/media/own-media.ts';
import type { StillCamera } from '../client/media/still-camera.ts';
import { createPeopleSearch, type PeopleSearch } from '../client/people-search.ts';
import type { CallSession, SightlineClient } from '../client/types.ts';
import { NO_MEDIA } from '../domain/call/initial.ts';
import type { Refusal, Result } from '../domain/call/refusal.ts';
import type { PersonKey } from '../domain/call/state.ts';
import type { CameraProfile } from '../domain/registration/camera.ts';
import type { HomeView, IncomingView, NoticeView, ScreenView, StartingView } from '../ui/panels/view.ts';
import { ownZone } from '../ui/text/zones.ts';
import { type AddPeople, createAddPeople } from './call/add-people.ts';
import { callersOf, callViewOf } from './call/call-view.ts';
import { tellEndings } from './call/endings.ts';
import { createHeadsetCall, type HeadsetCall } from './call/headset-call.ts';
import { decideAtDoor } from './decide-at-door.ts';
import { createOneTimeLink, type OneTimeLink } from './one-time.ts';
import type { SpaceState } from './types.ts';

export interface HeadsetAppDeps {
  readonly client: SightlineClient;
  readonly devices: LocalDevices;
  readonly camera: () => CameraProfile;
  readonly stillCamera: StillCamera;
  readonly space: ReadonlySignal<SpaceState>;
  readonly inRoom: ReadonlySignal<boolean>;
  readonly tenantName: string;
  readonly version: string;
  readonly openMedia: OpenMediaPaths;
}

/** The page of somebody who is signed in: contacts, or the call. */
export interface HeadsetApp {
  readonly client: SightlineClient;
  readonly screen: ReadonlySignal<ScreenView>;
  readonly notice: ReadonlySignal<NoticeView | null>;
  readonly call: ReadonlySignal<HeadsetCall | null>;
  /** What should be heard. */
  readonly ringing: ReadonlySignal<'none' | 'incoming' | 'outgoing'>;
  /** One search serves the contacts and the call: never both stand open. */
  readonly search: PeopleSearch;
  readonly adding: AddPeople;
  readonly oneTime: OneTimeLink;
  open(what: HomeView['open']): void;
  askToCall(person: PersonKey): void;
  askToJoin(meetingId: string): void;
  cancelStart(): void;
  start(withVideo: boolean): Promise<void>;
  answer(withVideo: boolean): Promise<void>;
  ignore(): Promise<void>;
  /** Lets people in who wait at a meeting's door, or not. */
  decide(decision: 'admit' | 'deny', meetingId: string, people: readonly PersonKey[]): Promise<void>;
  dismissNotice(): void;
  /** Says that something was refused. */
  tell(refusal: Refusal): void;
  dispose(): Promise<void>;
}

export function createHeadsetApp(deps: HeadsetAppDeps): HeadsetApp {
  const { client } = deps;
  const opened = signal<HomeView['open']>('none');
  const starting = signal<StartingView | null>(null);
  const answering = signal(false);
  const notice = signal<NoticeView | null>(null);
  const call = signal<HeadsetCall | null>(null);
  const search = createPeopleSearch(client);
  const adding = createAddPeople(client, search);
  const oneTime = createOneTimeLink(client, ownZone);
  /** Media of a call that is being entered: acquired while the hub answers, so that it starts at once. */
  let prepared: OwnMedia | null = null;
  let disposed = false;

  const onRefused = (refusal: Refusal): void => {
    notice.value = { kind: 'refusal', refusal };
  };

  const hubTimeOf = (pageTimeMs: number): number =>
    Date.now() + client.clockOffsetMs.peek() + pageTimeMs - performance.now();

  // The camera is built in: when it ends, the device took it, e.g. for its own recording.
  const newOwnMedia = (): OwnMedia => createOwnMedia({ devices: deps.devices, cameraEnded: 'busy' });

  const stopFollowing = effect(() => {
    const session = client.current.value;
    untracked(() => follow(session));
  });

  const stopHearing = client.onMovedAway(() => {
    notice.value = { kind: 'moved-away' };
  });

  function follow(session: CallSession | null): void {
    const before = call.value;
    if (before?.session === session) return;
    before?.dispose();
    if (adding.isOpen.value) adding.close();
    const me = client.me.value?.key;
    if (session === null || me === undefined) {
      call.value = null;
      return;
    }
    const own = prepared ?? newOwnMedia();
    // A page that was reloaded in a call comes back with its microphone; the camera waits to be asked for.
    if (prepared === null) void own.start({ audio: true, video: 'off' });
    prepared = null;
    const { openMedia, camera, stillCamera, space } = deps;
    const next = createHeadsetCall({ session, me, own, camera, stillCamera, hubTimeOf, space, openMedia, onRefused });
    batch(() => {
      call.value = next;
      notice.value = null;
      opened.value = 'none';
    });
    tellEndings(session, me, {
      isOwn: () => next.ending.value,
      say: (said) => {
        if (!disposed) notice.value = said;
      },
    });
  }

  async function enter(withVideo: boolean, ask: () => Promise<Result<unknown>>): Promise<void> {
    notice.value = null;
    const own = newOwnMedia();
    prepared = own;
    void own.start({ audio: true, video: withVideo ? 'camera' : 'off' });
    const result = await ask();
    if (prepared === own) {
      // Refused, or the call was over before it began.
      prepared = null;
      own.dispose();
    }
    if (!result.ok && !disposed) onRefused(result.refusal);
  }

  async function start(withVideo: boolean): Promise<void> {
    const what = starting.value;
    if (what === null || what.asked) return;
    starting.value = { ...what, asked: true };
    await enter(withVideo, () =>
      what.kind === 'call' ? client.call(what.person, NO_MEDIA) : client.joinMeeting(what.meetingId, NO_MEDIA),
    );
    starting.value = null;
  }

  async function answer(withVideo: boolean): Promise<void> {
    const incoming = client.incoming.value;
    if (incoming === null || answering.value) return;
    answering.value = true;
    // Who waits in a lobby goes out of it to take a call.
    await client.door.leave();
    await enter(withVideo, () => incoming.send({ type: 'answer', media: NO_MEDIA }));
    answering.value = false;
  }

  async function ignore(): Promise<void> {
    const result = await client.incoming.value?.send({ type: 'decline', reason: 'declined' });
    if (result?.ok === false) onRefused(result.refusal);
  }

  function askToCall(person: PersonKey): void {
    const lists = [client.contacts.value, search.view.value.found];
    const known = lists
      .flatMap((list) => (list?.state === 'ready' ? list.value : []))
      .find((one) => one.key === person);
    if (known !== undefined) starting.value = { kind: 'call', person, name: known.name, asked: false };
  }

  function askToJoin(meetingId: string): void {
    const meetings = client.meetings.value;
    const listed = meetings.state === 'ready' ? meetings.value : [];
    const made = oneTime.view.value;
    // One that was made here a moment ago may not be listed yet.
    const all = made.state === 'ready' ? [...listed, made] : listed;
    const known = all.find((one) => one.meetingId === meetingId);
    if (known !== undefined) starting.value = { kind: 'meeting', meetingId, title: known.title, asked: false };
  }

  const incomingView = computed<IncomingView | null>(() => {
    const state = client.incoming.value?.state.value;
    if (state === undefined) return null;
    const [from = '', ...others] = callersOf(state, client.me.value?.key ?? '');
    return { from, others, meetingTitle: state.kind === 'meeting' ? state.title : null, answering: answering.value };
  });

  const screen = computed<ScreenView>(() => {
    const me = client.me.value;
    const { tenantName, version } = deps;
    if (client.status.value === 'closed') {
      return { screen: 'closed', refusal: client.closedBecause.value, tenantName };
    }
    if (me === null) return { screen: 'connecting', tenantName };
    if (call.value !== null) {
      const signInHeld = client.signInHeldUntilMs.value !== null;
      const [space, inRoom] = [deps.space.value, deps.inRoom.value];
      const context = { me: me.key, space, inRoom, signInHeld, adding: adding.view(), meetings: client.meetings.value };
      return { screen: 'call', ...callViewOf(call.value, context) };
    }
    return {
      screen: 'home',
      myName: me.name,
      tenantName: me.tenantName,
      contacts: client.contacts.value,
      meetings: client.meetings.value,
      open: opened.value,
      search: search.view.value,
      oneTime: oneTime.view.value,
      starting: starting.value,
      incoming: incomingView.value,
      place: client.door.place.value,
      version,
    };
  });

  const ringing = computed(() => {
    const current = call.value;
    if (current === null) return incomingView.value !== null && !answering.value ? 'incoming' : 'none';
    const people = Object.values(current.session.state.value.participants);
    const others = people.filter((one) => one.person !== client.me.value?.key && one.state !== 'left');
    return others.length > 0 && others.every((one) => one.state === 'ringing') ? 'outgoing' : 'none';
  });

  return {
    client,
    screen,
    notice,
    call,
    ringing,
    search,
    adding,
    oneTime,
    open: (what) => {
      opened.value = what;
      if (what !== 'search') search.clear();
    },
    askToCall,
    askToJoin,
    cancelStart: () => {
      if (starting.value?.asked === false) starting.value = null;
    },
    start,
    answer,
    ignore,
    decide: async (decision, meetingId, people) => {
      const refusal = await decideAtDoor(client.door, { decision, meetingId, people });
      if (refusal !== null && !disposed) onRefused(refusal);
    },
    tell: onRefused,
    dismissNotice: () => {
      notice.value = null;
    },
    dispose: async () => {
      disposed = true;
      stopHearing();
      stopFollowing();
      search.dispose();
      call.value?.dispose();
      call.value = null;
      await client.stop();
    },
  };
}
