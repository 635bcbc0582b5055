import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { CallSession, ConnectionStatus } from '../../client/types.ts';
import type { ImageMark } from '../../domain/annotation/types.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { StillReply, StillSeen } from '../../domain/still/news.ts';
import {
  contradict,
  doubt,
  followCall,
  hearMarks,
  hearOver,
  hearStill,
  letGo,
  listen,
  NOTHING_SHOWN,
  sendAway,
  type WatchedStill,
  type Watching,
} from '../../domain/still/watching.ts';

/** The frozen picture of one's own camera that somebody draws on. */
export interface Still {
  readonly from: PersonKey;
  readonly picture: ImageBitmap;
  readonly marks: readonly ImageMark[];
}

export interface Stills {
  /** Null: the live picture, which carries no marks as nothing tells where it is seen from. */
  readonly current: ReadonlySignal<Still | null>;
  /** Back to the live picture, whatever the other one does. */
  dismiss(): void;
  dispose(): void;
}

export interface StillsDeps {
  readonly session: Pick<CallSession, 'state' | 'onRelay' | 'sendRelay'>;
  readonly me: PersonKey;
  /** Of this page's own connection. */
  readonly status: ReadonlySignal<ConnectionStatus>;
  decode(jpeg: Uint8Array<ArrayBuffer>): Promise<ImageBitmap>;
  /** Of a clock that never goes back. */
  nowMs(): number;
}

/** How often it is looked whether a still on screen is still drawn on. */
const LOOK_MS = 5_000;
/** These pass by themselves. */
const PASSING: ReadonlySet<Refusal['code']> = new Set(['too-many-requests', 'internal']);

/** One at a time, the newest. What was lost on the way is asked for: after a reload or a drop, and of whoever is quiet for long. */
export function createStills(deps: StillsDeps): Stills {
  const { session, me, decode, nowMs } = deps;
  const watching = signal<Watching>(NOTHING_SHOWN);
  /** The others whose connection is there. */
  const there = computed(() => {
    const people = Object.values(session.state.value.participants);
    return people.filter((one) => one.person !== me && one.state === 'joined').map(({ person }) => person);
  });
  const picture = signal<{ readonly stillId: string; readonly bitmap: ImageBitmap } | null>(null);
  let decoding: string | null = null;

  /** What could not be said, the last of each kind to each person. */
  const unsaid = new Map<string, () => void>();

  function reply(to: PersonKey, payload: StillReply): void {
    const key = `${to} ${payload.type}`;
    unsaid.delete(key);
    void session.sendRelay(to, payload).then((answer) => {
      if (answer === null || (!answer.ok && PASSING.has(answer.refusal.code))) {
        unsaid.set(key, () => reply(to, payload));
      }
    });
  }

  const tell = ({ from, stillId }: WatchedStill, seen: StillSeen): void =>
    reply(from, { type: 'stillSeen', stillId, seen });

  function change(next: Watching): void {
    const before = watching.peek().shown;
    watching.value = next;
    if (before === null || before.stillId === next.shown?.stillId) return;
    decoding = null;
    picture.peek()?.bitmap.close();
    picture.value = null;
    // Somebody else may have been drawing on another one all the while.
    if (next.shown === null) askEverybody(before.from);
    else if (next.shown.from !== before.from) tell(before, 'replaced');
  }

  function ask(person: PersonKey): void {
    const { shown } = watching.peek();
    reply(person, { type: 'askStill', stillId: shown?.from === person ? shown.stillId : null });
  }

  function askEverybody(but: PersonKey | null): void {
    for (const person of there.peek()) {
      if (person !== but) ask(person);
    }
  }

  async function open(still: WatchedStill, jpeg: Uint8Array<ArrayBuffer>): Promise<void> {
    const { stillId } = still;
    const isCurrent = (): boolean => watching.peek().shown?.stillId === stillId;
    if (picture.peek()?.stillId === stillId) return tell(still, 'shown');
    if (decoding === stillId) return;
    decoding = stillId;
    const bitmap = await decode(jpeg).catch(() => null);
    if (decoding === stillId) decoding = null;
    if (!isCurrent()) return bitmap?.close();
    if (bitmap !== null) picture.value = { stillId, bitmap };
    else change(sendAway(watching.peek()));
    tell(still, bitmap === null ? 'unreadable' : 'shown');
  }

  function contradictMarks(from: PersonKey, stillId: string): void {
    const answer = contradict(watching.peek(), { from, stillId });
    if (answer !== null) reply(from, answer);
  }

  const stopListening = session.onRelay((from, payload) => {
    const now = watching.peek();
    switch (payload.type) {
      case 'still': {
        const next = hearStill(now, session.state.peek(), { from, stillId: payload.stillId, nowMs: nowMs() });
        change(next);
        if (next !== now && next.shown !== null) void open(next.shown, payload.jpeg);
        break;
      }
      case 'stillMarks':
        change(hearMarks(now, { from, stillId: payload.stillId, nowMs: nowMs() }, payload.marks));
        contradictMarks(from, payload.stillId);
        break;
      case 'stillOver':
        change(hearOver(now, { from, stillId: payload.stillId }));
        break;
      default:
    }
  });

  const stopFollowing = effect(() => {
    const state = session.state.value;
    untracked(() => {
      const before = watching.peek();
      const next = followCall(before, state);
      change(before.shown?.isAway === true && next.shown?.isAway === false ? doubt(next, nowMs()) : next);
    });
  });

  // At the beginning too, as a page that was loaded anew knows of nothing; and whoever comes, or is back.
  let known: ReadonlySet<PersonKey> = new Set();
  const stopAsking = effect(() => {
    const isOnline = deps.status.value === 'online';
    const now = new Set(isOnline ? there.value : []);
    untracked(() => {
      for (const person of now) if (!known.has(person)) ask(person);
    });
    known = now;
  });

  function look(): void {
    const now = watching.peek();
    const doing = listen(now, nowMs());
    if (deps.status.peek() !== 'online') return;
    for (const say of [...unsaid.values()]) say();
    if (now.shown === null || doing === 'fine') return;
    if (doing === 'ask') ask(now.shown.from);
    else change(letGo(now));
  }
  const timer = setInterval(look, LOOK_MS);

  return {
    current: computed(() => {
      const { shown } = watching.value;
      const { stillId, bitmap } = picture.value ?? {};
      if (shown === null || bitmap === undefined || stillId !== shown.stillId) return null;
      return { from: shown.from, picture: bitmap, marks: shown.marks };
    }),
    dismiss() {
      const { shown } = watching.peek();
      if (shown === null) return;
      tell(shown, 'dismissed');
      change(sendAway(watching.peek()));
    },
    dispose: () => {
      clearInterval(timer);
      stopAsking();
      stopListening();
      stopFollowing();
      watching.value = NOTHING_SHOWN;
      picture.peek()?.bitmap.close();
      picture.value = null;
    },
  };
}
