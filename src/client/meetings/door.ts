import { signal } from '@preact/signals-core';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { LobbyPlace } from '../../domain/meeting/lobby-view.ts';
import type { LobbyPlaceNews } from '../../protocol/meetings.ts';
import type { HubConnection } from '../connection/hub-connection.ts';
import { notConnected } from '../connection/not-connected.ts';
import type { CallSession, MeetingEntry, MeetingEntryRequest } from '../types.ts';
import type { Door, Lobby, OwnPlace } from './types.ts';

/** Null: the wait is over without a call, by one's own wish or on another page. */
type JoinResult = Result<CallSession | null>;

export interface OwnedDoor extends Door {
  /** Joins a meeting; when its lobby is on the way, answers only once that wait is over. */
  join(request: MeetingEntryRequest): Promise<JoinResult>;
  /** Forgets who waits, before the hub tells it anew. */
  forget(): void;
  /** After the connection was away: asks again for the place that is kept. */
  resume(): void;
}

export interface DoorDeps {
  readonly hub: Pick<HubConnection, 'invoke' | 'on'>;
  enter(request: MeetingEntryRequest): Promise<Result<MeetingEntry>>;
  onPlace(listener: (news: LobbyPlaceNews) => void): void;
}

interface Waiting {
  readonly request: MeetingEntryRequest;
  readonly end: (result: JoinResult) => void;
}

export function createDoor({ hub, enter, onPlace }: DoorDeps): OwnedDoor {
  const lobbies = signal<readonly Lobby[]>([]);
  const place = signal<OwnPlace | null>(null);
  let waiting: Waiting | null = null;

  const stand = (meetingId: string, { number, waitedMs }: LobbyPlace): void => {
    place.value = { meetingId, number, sinceMs: Date.now() - waitedMs };
  };

  const finish = (result: JoinResult): void => {
    const ended = waiting;
    waiting = null;
    place.value = null;
    ended?.end(result);
  };

  /** Admitted, or back after a drop. */
  async function askAgain(): Promise<void> {
    const mine = waiting;
    if (mine === null) return;
    const entry = await enter({ ...mine.request, again: true });
    if (waiting !== mine) return;
    if (!entry.ok) {
      // Without an answer the connection is gone, and `resume` asks once it is back.
      if (entry.refusal.code !== 'internal') finish(entry);
      return;
    }
    if (entry.value.state === 'in') finish(accept(entry.value.session));
    else stand(mine.request.meetingId, entry.value.place);
  }

  function hear(news: LobbyPlaceNews): void {
    if (waiting?.request.meetingId !== news.meetingId) return;
    switch (news.state) {
      case 'waiting':
        stand(news.meetingId, news.place);
        break;
      case 'admitted':
        void askAgain();
        break;
      case 'turnedAway':
        finish(refuse(news.code));
        break;
      case 'takenOver':
        finish(accept(null));
    }
  }

  onPlace(hear);
  hub.on('lobby', (news) => {
    const others = lobbies.value.filter(({ meetingId }) => meetingId !== news.meetingId);
    lobbies.value = news.entries.length === 0 ? others : [...others, { ...news, toldAtMs: Date.now() }];
  });

  type Decision = 'admit' | 'deny';
  const decide = async (method: Decision, meetingId: string, person: PersonKey): Promise<Result<null>> =>
    (await hub.invoke(method, { meetingId, person })) ?? notConnected();

  return {
    lobbies,
    place,
    admit: (meetingId, person) => decide('admit', meetingId, person),
    deny: (meetingId, person) => decide('deny', meetingId, person),
    admitAll: async (meetingId, people) => (await hub.invoke('admitAll', { meetingId, people })) ?? notConnected(),
    denyAll: async (meetingId, people) => (await hub.invoke('denyAll', { meetingId, people })) ?? notConnected(),
    async leave() {
      const meetingId = waiting?.request.meetingId;
      if (meetingId === undefined) return;
      finish(accept(null));
      await hub.invoke('leaveLobby', { meetingId });
    },
    async join(request) {
      const entry = await enter(request);
      if (!entry.ok) return entry;
      if (entry.value.state === 'in') return accept(entry.value.session);
      const { place: given } = entry.value;
      finish(accept(null));
      return new Promise((end) => {
        waiting = { request, end };
        stand(request.meetingId, given);
      });
    },
    forget: () => {
      lobbies.value = [];
    },
    resume: () => void askAgain(),
  };
}
