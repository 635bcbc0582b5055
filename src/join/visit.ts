import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { JoinLink, KnockAnswer } from '../client/join/join-link.ts';
import { createTickets, type Tickets } from '../client/join/tickets.ts';
import type { CallSession, LobbyPlaceNews, OwnPart, SightlineClient } from '../client/types.ts';
import { NO_MEDIA } from '../domain/call/initial.ts';
import { isIn } from '../domain/call/queries.ts';
import type { RefusalCode } from '../domain/call/refusal.ts';
import type { PersonKey } from '../domain/call/state.ts';
import type { LobbyPlace } from '../domain/meeting/lobby-view.ts';
import type { OverReason } from './course.ts';
import { watchEnd } from './watch-end.ts';

export interface AccessToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

/** What a way to the hub proves itself with. */
export interface Access {
  /** Without a sign-in. */
  readonly byTicket: boolean;
  accessToken(): Promise<AccessToken | null>;
}

/** Being in the call. */
export interface JoinedCall {
  readonly client: SightlineClient;
  readonly session: CallSession;
  readonly me: PersonKey;
  readonly part: OwnPart;
}

/** Who asks to come in: a typed name, or an account. */
export interface Asking {
  readonly name: string;
  readonly account: { accessToken(): Promise<AccessToken | null> } | null;
  /** The page was reloaded while it had a place: it asks for that one, unasked. */
  readonly returning?: boolean;
}

/** What becomes of a visit. The last three end it. */
export type VisitNews =
  /** `anew`: the place from before a drop was not kept so long. */
  | { readonly type: 'waiting'; readonly place: LobbyPlace; readonly anew: boolean }
  | { readonly type: 'admitted' }
  | { readonly type: 'cameIn' }
  | { readonly type: 'refused'; readonly code: RefusalCode }
  | { readonly type: 'ended'; readonly why: OverReason; readonly oneTime: boolean }
  | { readonly type: 'takenOver' };

/** From the knock to the end of the call. */
export interface Visit {
  readonly call: ReadonlySignal<JoinedCall | null>;
  readonly status: ReadonlySignal<SightlineClient['status']['value'] | null>;
  /** Waits no more. */
  withdraw(): Promise<void>;
  /** Leaves the call; resolves once the hub knows, and at once without a connection: the hub is told when it is back. */
  leave(): Promise<void>;
  /** Lets go of the way to the hub, once it knows who left. Nothing is told to the page afterwards. Idempotent. */
  dispose(): void;
}

export interface VisitDeps {
  readonly token: string;
  readonly link: JoinLink;
  /** Not started yet. May reject: its code is fetched only then. */
  connect(access: Access): Promise<SightlineClient>;
  onNews(news: VisitNews): void;
  /** The hub is out of reach before there was any way to it. */
  onUnreachable(): void;
  /** Of a clock that only goes forward. */
  readonly nowMs?: () => number;
}

export function startVisit(asking: Asking, deps: VisitDeps): Visit {
  const call = signal<JoinedCall | null>(null);
  const status = signal<SightlineClient['status']['value'] | null>(null);
  const owned: (() => void)[] = [];
  let disposed = false;
  let meetingId: string | null = null;
  let client: SightlineClient | null = null;
  /** From then on the page asks for a place that it had. */
  let isAnswered = asking.returning ?? false;
  /** The person left while there was no connection: it is told as soon as there is one. */
  let untold: Promise<unknown> | null = null;
  const stopwatch = createStopwatch(deps.nowMs ?? (() => performance.now()));

  const isOpen = (): boolean => !disposed;
  const tell = (news: VisitNews): void => {
    if (isOpen()) deps.onNews(news);
  };

  async function begin(): Promise<void> {
    try {
      const knocked = await knock(asking, deps.link);
      if (disposed) return;
      if (!knocked.ok) return tell({ type: 'refused', code: knocked.refusal.code });
      meetingId = knocked.value.meetingId;
      await connect(knocked.value);
    } catch {
      if (isOpen()) deps.onUnreachable();
    }
  }

  async function connect({ ticket, meetingId: meeting }: KnockAnswer): Promise<void> {
    const tickets = ticket === null ? null : createTickets(ticket, () => knock(asking, deps.link));
    const hub = await deps.connect(accessOf(asking, tickets));
    if (disposed) return;
    client = hub;
    const enter = (): Promise<void> => comeInOrWait(hub, meeting);
    owned.push(
      hub.onLobbyPlace((news) => {
        if (news.meetingId === meeting) hearPlace(news, enter);
      }),
      effect(() => {
        const now = hub.status.value;
        untracked(() => {
          status.value = now;
          if (now === 'online') stopwatch.stop();
          else stopwatch.start();
          // After a drop too: the place in the lobby is kept, or the call has to be entered anew.
          if (now === 'online' && !isStillIn()) void enter();
          if (now === 'closed') tell({ type: 'refused', code: closedCode(hub, tickets) });
        });
      }),
    );
    hub.start();
  }

  const isStillIn = (): boolean => {
    const now = call.peek();
    return now !== null && isIn(now.session.state.peek().participants[now.me]);
  };

  async function comeInOrWait(hub: SightlineClient, meeting: string): Promise<void> {
    const again = isAnswered;
    const awayMs = stopwatch.readMs();
    const entry = await hub.enterMeeting({ meetingId: meeting, media: NO_MEDIA, link: deps.token, again });
    if (disposed) return;
    isAnswered ||= entry.ok;
    if (entry.ok && entry.value.state === 'in') comeIn(hub, entry.value.session, entry.value.part);
    else if (entry.ok && entry.value.state === 'waiting') waitAt(entry.value.place, awayMs);
    // Without an answer the connection is gone; once it is back there is another try.
    else if (!entry.ok && (entry.refusal.code !== 'internal' || hub.status.peek() === 'online')) {
      tell({ type: 'refused', code: entry.refusal.code });
    }
  }

  /** Whoever kept their place has waited at least for as long as they were away. */
  const waitAt = (place: LobbyPlace, awayMs: number): void =>
    tell({ type: 'waiting', place, anew: place.waitedMs < awayMs });

  function hearPlace(news: LobbyPlaceNews, enter: () => Promise<void>): void {
    switch (news.state) {
      case 'waiting':
        waitAt(news.place, 0);
        break;
      case 'admitted':
        tell({ type: 'admitted' });
        void enter();
        break;
      case 'turnedAway':
        tell({ type: 'refused', code: news.code });
        break;
      case 'takenOver':
        tell({ type: 'takenOver' });
        break;
    }
  }

  function comeIn(hub: SightlineClient, session: CallSession, part: OwnPart): void {
    if (call.peek()?.session === session) return;
    const me = hub.me.peek()?.key ?? '';
    call.value = { client: hub, session, me, part };
    tell({ type: 'cameIn' });
    owned.push(
      watchEnd({ client: hub, session, me }, (end) =>
        tell(end === 'takenOver' ? { type: end } : { type: 'ended', why: end, oneTime: part.kind === 'oneTime' }),
      ),
    );
  }

  void begin();

  return {
    call,
    status,
    async withdraw() {
      if (client !== null && meetingId !== null) await client.leaveLobby(meetingId);
    },
    async leave() {
      const now = call.peek();
      if (now === null) return;
      const told = now.session.send({ type: 'leave' });
      if (now.client.status.peek() === 'online') await told;
      else untold = Promise.race([told, after(PLACE_KEPT_MS)]);
    },
    dispose: () => {
      if (disposed) return;
      disposed = true;
      for (const release of owned) release();
      call.value = null;
      if (untold === null) void client?.stop();
      else void untold.then(() => client?.stop());
    },
  };
}

/** For so long the hub keeps the place of somebody without a connection; then it lets them go by itself. */
const PLACE_KEPT_MS = 60_000;

const after = (ms: number): Promise<void> => new Promise((end) => setTimeout(end, ms));

/** Measures how long a way to the hub that was there is interrupted. */
function createStopwatch(nowMs: () => number) {
  let wasThere = false;
  let sinceMs: number | null = null;
  let lastMs = 0;
  return {
    start: () => {
      if (wasThere) sinceMs ??= nowMs();
    },
    stop: () => {
      lastMs = sinceMs === null ? 0 : nowMs() - sinceMs;
      sinceMs = null;
      wasThere = true;
    },
    /** The last interruption; 0 when there was none. */
    readMs: () => lastMs,
  };
}

async function knock({ name, account }: Asking, link: JoinLink) {
  return link.knock(name, (await account?.accessToken())?.token ?? null);
}

const accessOf = ({ account }: Asking, tickets: Tickets | null): Access => ({
  byTicket: tickets !== null,
  async accessToken() {
    if (tickets === null) return (await account?.accessToken()) ?? null;
    const ticket = await tickets.next();
    // The hub alone knows when it ends; nobody renews it.
    return ticket === null ? null : { token: ticket, expiresAtMs: Number.POSITIVE_INFINITY };
  },
});

/** A door that gives no more tickets says why; else the hub does. */
const closedCode = (hub: SightlineClient, tickets: Tickets | null): RefusalCode =>
  tickets?.refusedBecause()?.code ?? hub.closedBecause.peek()?.code ?? 'sign-in-expired';
