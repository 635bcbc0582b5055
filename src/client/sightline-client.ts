import { computed, signal } from '@preact/signals-core';
import { isIn } from '../domain/call/queries.ts';
import { accept, type Result, refuse } from '../domain/call/refusal.ts';
import type { Device, MediaState, PersonKey } from '../domain/call/state.ts';
import type { LobbyPlaceNews } from '../protocol/meetings.ts';
import type { CallLog, HubMessages, Welcome } from '../protocol/types.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { createCallSession, type OwnedCallSession } from './call/session.ts';
import { createHubConnection, type HubConnection } from './connection/hub-connection.ts';
import { notConnected } from './connection/not-connected.ts';
import type { Transport } from './connection/transport.ts';
import { createListeners } from './listeners.ts';
import { createLists } from './lists.ts';
import { createDoor } from './meetings/door.ts';
import { createPlanner } from './meetings/planner.ts';
import { createTokenRenewal } from './token-renewal.ts';
import type { MeetingEntry, SightlineClient, SignedIn } from './types.ts';

export interface SightlineClientOptions {
  readonly transport: Transport;
  readonly device: Device;
  /** The current access token and its end; null when only a new sign-in gives one; may reject. Never redirects. */
  readonly accessToken: () => Promise<{ readonly token: string; readonly expiresAtMs: number } | null>;
  /** Calls back when waiting longer for the next try to reach the hub is pointless, e.g. `watchPageWakes`. Returns the clean-up. */
  readonly watchWakes: (wake: () => void) => () => void;
  readonly newId?: () => string;
  /** With the ticket of a join link in the place of a sign-in: it has no lists, and every connection takes a ticket of its own. */
  readonly byTicket?: boolean;
}

type Sessions = ReadonlyMap<string, OwnedCallSession>;

/** Joins connection, call sessions and lists to what pages see of the hub. Draws nothing, knows no page. */
export function createSightlineClient(options: SightlineClientOptions): SightlineClient {
  const { transport, device, accessToken, watchWakes, newId = () => crypto.randomUUID() } = options;
  const byTicket = options.byTicket ?? false;
  const me = signal<SignedIn | null>(null);
  const sessions = signal<Sessions>(new Map());
  const clockOffsetMs = signal(0);
  const held = signal<(HubMessages['signInHeld'] & { readonly callId: string }) | null>(null);

  let stopWatching: (() => void) | null = null;

  const hub: HubConnection = createHubConnection({ transport, greet: () => greet() });
  const lists = createLists(hub);
  const renewal = createTokenRenewal({
    accessToken,
    async renew(token) {
      const answer = await hub.invoke('renew', { accessToken: token });
      if (answer?.ok) held.value = null;
      return answer;
    },
  });

  const greet = async (): Promise<Result<unknown> | null> => {
    const resume = [...sessions.value.values()]
      .filter((session) => session.state.value.phase !== 'ended')
      .map((session) => ({ callId: session.callId, afterSeq: session.state.value.seq }));
    door.forget();
    const answer = await hub.invoke('hello', { protocolVersion: PROTOCOL_VERSION, device, resume });
    if (answer?.ok) welcome(answer.value);
    return answer;
  };

  const welcome = (value: Welcome): void => {
    clockOffsetMs.value = value.hubTimeMs - Date.now();
    held.value = null;
    const { tenantName, tenants, isAdmin } = value;
    me.value = { ...value.me, tenantName, tenants, isAdmin };
    if (byTicket) lapseUnless(new Set(value.calls.map(({ callId }) => callId)));
    for (const log of value.calls) open(log);
    const learnKind = byTicket ? null : kindToLearn();
    // Queued: the status turns to `online` when this returns, and only then do methods go out in order.
    queueMicrotask(() => {
      for (const session of sessions.value.values()) session.resend();
      door.resume();
      if (byTicket) return;
      lists.refresh();
      void learnKind?.();
      void renewal.start();
    });
  };

  /** A page that was reloaded in its call comes back without joining anew, and has not been told what kind of meeting it is. */
  const kindToLearn = (): (() => Promise<void>) | null => {
    const session = current.value;
    const meetingId = session?.state.value.meetingId ?? null;
    const kind = session?.meetingKind.value ?? 'unknown';
    if (session === null || meetingId === null || kind !== 'unknown') return null;
    session.receiveMeetingKind(kind);
    return async () => {
      const answer = await hub.invoke('meeting', { meetingId });
      // Without an answer the connection is gone, and the next one asks again.
      if (answer === null || session.meetingKind.value !== 'unknown') return;
      session.receiveMeetingKind(answer.ok ? answer.value.kind : null);
    };
  };

  /** Whoever is signed in is told how it ended; of a visitor there are only the calls that they are in. */
  const lapseUnless = (known: ReadonlySet<string>): void => {
    for (const session of sessions.value.values()) {
      if (!known.has(session.callId)) session.lapse(me.value?.key ?? '');
    }
  };

  const open = (log: CallLog): OwnedCallSession => {
    const session = sessions.value.get(log.callId) ?? add(log.callId);
    session.receive(log.events);
    return session;
  };

  const add = (callId: string): OwnedCallSession => {
    const session = createCallSession({ callId, hub, newId });
    sessions.value = new Map([...livingSessions(sessions.value), [callId, session]]);
    return session;
  };

  hub.on('events', (log) => void open(log));
  hub.on('signal', ({ callId, from, payload }) => sessions.value.get(callId)?.receiveSignal(from, payload));
  hub.on('relay', ({ callId, from, payload }) => sessions.value.get(callId)?.receiveRelay(from, payload));
  hub.on('signInHeld', ({ untilMs }) => {
    const callId = current.value?.callId;
    if (callId !== undefined) held.value = { callId, untilMs };
    renewal.hurry();
  });
  hub.on('takenOut', ({ callId, refusal }) => sessions.value.get(callId)?.receiveTakenOut(refusal));
  hub.on('switched', () => void hub.end({ code: 'switched-account' }));
  const moves = createListeners<[]>();
  hub.on('replaced', ({ callId }) => {
    forget(callId);
    moves.emit();
  });

  const forget = (callId: string): void => {
    const rest = new Map(sessions.value);
    rest.get(callId)?.abandon();
    rest.delete(callId);
    sessions.value = rest;
  };

  /** Rings or joins: asked again with the same id until there is an answer or the sign-in is over. */
  const ask = async <T>(once: (commandId: string) => Promise<Result<T> | null>): Promise<Result<T>> => {
    const commandId = newId();
    return (await once(commandId)) ?? (await once(commandId)) ?? refuse('internal', 'the hub did not answer');
  };
  const enterMeeting: SightlineClient['enterMeeting'] = async (request) => {
    const answer = await ask((commandId) => hub.invoke('joinMeeting', { commandId, ...request }));
    if (!answer.ok) return answer;
    const { value } = answer;
    if (value.state === 'waiting') return accept<MeetingEntry>(value);
    const session = open(value.log);
    session.receiveMeetingKind(value.part.kind);
    return accept<MeetingEntry>({ state: 'in', session, part: value.part });
  };
  const places = createListeners<[LobbyPlaceNews]>();
  hub.on('lobbyPlace', places.emit);
  const door = createDoor({ hub, enter: enterMeeting, onPlace: places.add });
  const planner = createPlanner(hub, newId);

  const current = computed(
    () =>
      [...sessions.value.values()].find((one) => {
        const self = mine(one);
        return one.state.value.phase === 'open' && isIn(self) && self.device?.id === device.id;
      }) ?? null,
  );

  const mine = (session: OwnedCallSession) => session.state.value.participants[me.value?.key ?? ''];

  return {
    status: hub.status,
    closedBecause: hub.closedBecause,
    me,
    contacts: lists.contacts,
    meetings: lists.meetings,
    clockOffsetMs,
    signInHeldUntilMs: computed(() =>
      held.value?.callId === current.value?.callId ? (held.value?.untilMs ?? null) : null,
    ),
    incoming: computed(
      () =>
        [...sessions.value.values()].find(
          (one) => one.state.value.phase === 'open' && mine(one)?.state === 'ringing',
        ) ?? null,
    ),
    current,
    onMovedAway: moves.add,
    search: async (query) => (await hub.invoke('search', { query })) ?? notConnected(),
    async call(to: PersonKey, media: MediaState) {
      const answer = await ask((commandId) => hub.invoke('call', { commandId, to, media }));
      return answer.ok ? accept(open(answer.value)) : answer;
    },
    joinMeeting: (meetingId, media) => door.join({ meetingId, media }),
    door,
    planner,
    enterMeeting,
    async leaveLobby(meetingId) {
      await hub.invoke('leaveLobby', { meetingId });
    },
    onLobbyPlace: places.add,
    async add(callId, to) {
      const answer = await ask((commandId) => hub.invoke('add', { commandId, callId, to }));
      return answer.ok ? accept(null) : answer;
    },
    async iceServers() {
      const answer = await hub.invoke('iceServers', {});
      return answer?.ok ? answer.value.iceServers.map((server) => ({ ...server, urls: [...server.urls] })) : [];
    },
    start() {
      stopWatching ??= watchWakes(hub.nudge);
      hub.start();
    },
    async stop() {
      stopWatching?.();
      stopWatching = null;
      renewal.stop();
      lists.stop();
      for (const session of sessions.value.values()) session.abandon();
      await hub.stop();
    },
  };
}

const livingSessions = (sessions: Sessions) =>
  [...sessions].filter(([, session]) => session.state.value.phase !== 'ended');
