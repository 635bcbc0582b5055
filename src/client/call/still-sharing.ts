import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { ImageMark } from '../../domain/annotation/types.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { StillReply } from '../../domain/still/news.ts';
import { surfaceOf } from '../../domain/still/surface.ts';
import {
  afterAsk,
  afterNews,
  isTurnedDown,
  nextNews,
  pauseAfterMs,
  receptionAfterAsk,
  type StillReception,
  TOLD_BEFORE,
  type ToldStill,
} from '../../domain/still/telling.ts';
import type { CallSession } from '../types.ts';

/** A still that somebody is to see. */
export interface SharedStill {
  readonly to: PersonKey;
  readonly stillId: string;
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** What is drawn on it by now: the same array as long as nothing has changed. */
  marks(): readonly ImageMark[];
}

/** Keeps the owner of a camera seeing what is drawn on a still of it, across drops and reloads of either side. */
export interface StillSharing {
  /** How the owner took the one that is shared; null while none is. */
  readonly reception: ReadonlySignal<StillReception | null>;
  /** One at a time: an earlier one is over. */
  share(still: SharedStill): void;
  /** The marks have changed. */
  touch(): void;
  /** The owner is back to the live picture. */
  end(): void;
  dispose(): void;
}

export interface StillSharingDeps {
  readonly me: PersonKey;
  readonly session: Pick<CallSession, 'state' | 'sendRelay' | 'onRelay'>;
  /** The hub takes no still from this person: it is shared no more. */
  onRefused(refusal: Refusal): void;
}

/** Without an answer of the hub, e.g. while the connection is away. */
const RETRY_MS = 1_000;
/** These pass by themselves. */
const PASSING: ReadonlySet<Refusal['code']> = new Set(['too-many-requests', 'internal']);

export function createStillSharing({ me, session, onRefused }: StillSharingDeps): StillSharing {
  const reception = signal<StillReception | null>(null);
  /** What each has, of those who have something or are to get it; a new entry each time that more is known. */
  const told = new Map<PersonKey, { readonly has: ToldStill }>();
  const busy = new Set<PersonKey>();
  const pauses = createPauses();
  let shared: SharedStill | null = null;
  let disposed = false;

  function newsFor(person: PersonKey) {
    const has = told.get(person)?.has ?? null;
    if (shared?.to !== person) return nextNews(null, has);
    const now = reception.peek();
    if (now === null || isTurnedDown(now)) return null;
    const { stillId, jpeg } = shared;
    return nextNews({ stillId, jpeg, marks: shared.marks() }, has);
  }

  /** One message after the other: the next is made once this one has arrived, of what is wanted by then. */
  async function tell(person: PersonKey): Promise<void> {
    if (busy.has(person)) return;
    busy.add(person);
    for (let news = newsFor(person); news !== null && !disposed; news = newsFor(person)) {
      const before = told.get(person);
      const answer = await session.sendRelay(person, news);
      if (answer?.ok === true) {
        // Unless they have asked meanwhile: then they know better what they have.
        if (told.get(person) === before) told.set(person, { has: afterNews(news) });
        await pauses.take(person, pauseAfterMs(news));
      } else if (answer === null || PASSING.has(answer.refusal.code)) await pauses.take(person, RETRY_MS);
      else giveUp(person, answer.refusal);
    }
    if (told.get(person)?.has === null) told.delete(person);
    busy.delete(person);
  }

  /** Who may not draw, or is not there any more. An ending that nobody takes has nobody to end it for. */
  function giveUp(person: PersonKey, refusal: Refusal): void {
    told.set(person, { has: null });
    if (shared?.to !== person || disposed) return;
    shared = null;
    reception.value = null;
    onRefused(refusal);
  }

  function hear(from: PersonKey, reply: StillReply): void {
    const isShared = shared?.to === from;
    if (reply.type === 'stillSeen') {
      if (isShared && shared?.stillId === reply.stillId) reception.value = reply.seen;
      if (isTurnedDown(reply.seen) && told.get(from)?.has?.stillId === reply.stillId) told.set(from, { has: null });
    } else {
      const asked = reply.stillId === null ? 'none' : reply.stillId === shared?.stillId ? 'this' : 'another';
      if (isShared) reception.value = receptionAfterAsk(reception.peek() ?? 'sending', asked);
      told.set(from, { has: afterAsk(reply.stillId) });
    }
    void tell(from);
  }

  const stopListening = session.onRelay((from, payload) => {
    if (payload.type === 'askStill' || payload.type === 'stillSeen') hear(from, payload);
  });

  // This page may have been loaded anew while somebody looked at a picture that it knows nothing of any more.
  for (const one of Object.values(session.state.peek().participants)) {
    if (one.person === me || one.state !== 'joined' || surfaceOf(one) !== 'still') continue;
    told.set(one.person, { has: TOLD_BEFORE });
    void tell(one.person);
  }

  function replace(next: SharedStill | null): void {
    const before = shared?.to;
    shared = next;
    reception.value = next === null ? null : 'sending';
    for (const person of new Set([before, next?.to])) {
      if (person === undefined) continue;
      // A picture and its end are for now; only marks take their turn.
      pauses.end(person);
      void tell(person);
    }
  }

  return {
    reception,
    share: replace,
    touch: () => {
      if (shared !== null) void tell(shared.to);
    },
    end: () => {
      if (shared !== null) replace(null);
    },
    dispose: () => {
      if (disposed) return;
      disposed = true;
      shared = null;
      reception.value = null;
      stopListening();
      for (const [person, { has }] of told) {
        if (has !== null) void session.sendRelay(person, { type: 'stillOver', stillId: has.stillId });
        pauses.end(person);
      }
    },
  };
}

/** Waiting times, one for each person, that can be cut short. */
function createPauses() {
  const enders = new Map<PersonKey, () => void>();
  return {
    take: (person: PersonKey, ms: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        enders.set(person, () => {
          clearTimeout(timer);
          resolve();
        });
      }),
    end: (person: PersonKey): void => enders.get(person)?.(),
  };
}
