import { randomUUID } from 'node:crypto';
import { createDoor, type OwnedDoor } from '../../../src/client/meetings/door.ts';
import type { MeetingEntry, MeetingEntryRequest } from '../../../src/client/types.ts';
import { apply } from '../../../src/domain/call/apply.ts';
import { initialCall } from '../../../src/domain/call/initial.ts';
import { isIn } from '../../../src/domain/call/queries.ts';
import { accept, type Result, refuse } from '../../../src/domain/call/refusal.ts';
import type { CallState, PersonKey } from '../../../src/domain/call/state.ts';
import type { Dispatch } from '../../../src/hub/methods/dispatch.ts';
import type { Session } from '../../../src/hub/methods/session.ts';
import type { Peer } from '../../../src/hub/people/peer.ts';
import type { LobbyPlaceNews } from '../../../src/protocol/meetings.ts';
import type {
  CallLog,
  HubAnswer,
  HubMessageName,
  HubMessages,
  HubMethodName,
  HubMethods,
} from '../../../src/protocol/types.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { AUDIO, type Heard } from '../../hub/support/hub-bench.ts';
import type { DoorName, Who } from './cast.ts';

/** A connection to one run of the hub. */
export interface Line {
  readonly dispatch: Dispatch;
  readonly session: Session;
  readonly departed: (peer: Peer) => void;
}

/** What somebody has before them: the page's own door of the client, on a connection that the test opens and breaks. */
export interface MeetingPage {
  readonly who: Who;
  readonly door: DoorName;
  readonly deviceId: string;
  readonly kind: 'desk' | 'join';
  /** Null while the connection is away. */
  line: Line | null;
  readonly client: OwnedDoor;
  /** Everything that the hub has said, since it was taken last. */
  takeHeard(): readonly Heard[];
  /** Since it was taken last. */
  heardSignals(): number;
  /** Why the latest wish to come in, or the wait that it led to, ended; null: it has not, or it ended inside. */
  readonly refusedWith: () => string | null;
  /** The call that this page is in, as it believes. */
  callIn(): CallState | null;
  /** Whether it ever has been in a call. */
  hasBeenIn(): boolean;
  readonly key: PersonKey;
  invoke<M extends HubMethodName>(
    method: M,
    request: HubMethods[M]['request'],
  ): Promise<HubAnswer<HubMethods[M]['answer']> | null>;
  /** Opens the connection. @returns the code of a refusal */
  connect(line: Line): Promise<string | null>;
  /** The connection breaks; the hub notices unless it is gone itself. */
  lose(doesHubNotice: boolean): void;
  knock(meetingId: string, link: string | null): void;
}

export interface PageOptions {
  readonly who: Who;
  readonly door: DoorName;
  readonly key: PersonKey;
  readonly kind: 'desk' | 'join';
}

export function createMeetingPage({ who, door, key, kind }: PageOptions): MeetingPage {
  const deviceId = randomUUID();
  const device = { id: deviceId, kind };
  const calls = new Map<string, CallState>();
  const placeListeners: ((news: LobbyPlaceNews) => void)[] = [];
  const on = new Map<HubMessageName, (message: never) => void>();
  const asking = new Set<Promise<unknown>>();
  let heard: Heard[] = [];
  let refusedWith: string | null = null;
  let hasBeenIn = false;

  const invoke: MeetingPage['invoke'] = async (method, request) => {
    const { line } = page;
    if (line === null) return null;
    const asked = line.dispatch(method, [request], line.session, wireOf(line));
    asking.add(asked);
    const answer = await asked.finally(() => asking.delete(asked));
    // Whoever has lost the connection meanwhile does not hear the answer.
    return page.line === line ? (answer as HubAnswer<never>) : null;
  };
  const open = (log: CallLog): void => {
    const before = calls.get(log.callId) ?? initialCall(log.callId);
    const news = log.events.filter(({ seq }) => seq > before.seq);
    const [first] = news;
    // As every page does that has missed something, e.g. because it was opened a moment ago.
    if (first !== undefined && first.seq !== before.seq + 1) {
      catchUp(log.callId, before.seq);
      return;
    }
    hasBeenIn = true;
    calls.set(log.callId, news.reduce(apply, before));
  };
  const catchUp = (callId: string, afterSeq: number): void => {
    void invoke('resume', { callId, afterSeq }).then((answer) => {
      if (answer?.ok) open(answer.value);
    });
  };
  const hear = (name: HubMessageName, message: HubMessages[HubMessageName]): void => {
    const one = { name, message } as Heard;
    heard.push(one);
    if (one.name === 'events') open(one.message);
    if (one.name === 'lobbyPlace') for (const listener of placeListeners) listener(one.message);
    if (one.name === 'lobby') on.get('lobby')?.(one.message as never);
  };
  const wireOf = (line: Line): Parameters<Dispatch>[3] => ({
    dismiss: () => {},
    peer: (_device, { name, account }): Peer => ({
      ...{ connectionId: randomUUID(), person: key, name, account, device },
      ...(line.session.visit === null ? {} : { visits: line.session.visit }),
      accessToken: () => null,
      send: (name, message) => page.line === line && hear(name, message),
      sendLatest: (_key, name, message) => page.line === line && hear(name, message),
    }),
    renew: async () => refuse('internal'),
  });
  const enter = async (request: MeetingEntryRequest): Promise<Result<MeetingEntry>> => {
    const answer = await invoke('joinMeeting', { commandId: randomUUID(), ...request });
    if (answer === null) return refuse('internal', 'not connected');
    if (!answer.ok) return answer;
    if (answer.value.state === 'waiting') return accept(answer.value);
    open(answer.value.log);
    // The page's door passes a session on and does not look at it.
    return accept({ state: 'in', part: answer.value.part, session: null as never });
  };
  const client = createDoor({
    hub: { invoke, on: (name, listener) => void on.set(name, listener as never) },
    enter,
    onPlace: (listener) => void placeListeners.push(listener),
  });

  const page: MeetingPage = {
    ...{ who, door, key, kind, deviceId, client, invoke },
    line: null,
    takeHeard() {
      const taken = heard;
      heard = [];
      return taken;
    },
    heardSignals: () => heard.filter(({ name }) => name === 'signal').length,
    refusedWith: () => refusedWith,
    hasBeenIn: () => hasBeenIn,
    callIn: () =>
      [...calls.values()].find(({ phase, participants }) => {
        const self = participants[key];
        return phase === 'open' && isIn(self) && self.device?.id === deviceId;
      }) ?? null,
    async connect(line) {
      page.line = line;
      client.forget();
      const resume = [...calls.values()]
        .filter(({ phase }) => phase !== 'ended')
        .map(({ callId, seq }) => ({ callId, afterSeq: seq }));
      const answer = await invoke('hello', { protocolVersion: PROTOCOL_VERSION, device, resume });
      if (answer?.ok !== true) {
        page.line = null;
        return answer?.refusal.code ?? 'internal';
      }
      const known = new Set(answer.value.calls.map(({ callId }) => callId));
      // As the client does for whoever has no sign-in: of a call that they are not in any more they are told nothing.
      if (line.session.visit !== null) for (const callId of calls.keys()) if (!known.has(callId)) calls.delete(callId);
      for (const log of answer.value.calls) open(log);
      client.resume();
      return null;
    },
    lose(doesHubNotice) {
      const { line } = page;
      page.line = null;
      if (!doesHubNotice || line === null) return;
      // As the server does: it tells that a connection is gone once all that was asked by it is done.
      void Promise.allSettled(asking).then(() => line.session.peer && line.departed(line.session.peer));
    },
    knock(meetingId, link) {
      refusedWith = null;
      const request = { meetingId, media: AUDIO, ...(link === null ? {} : { link }) };
      void client.join(request).then((result) => {
        refusedWith = result.ok ? null : result.refusal.code;
      });
    },
  };
  return page;
}
