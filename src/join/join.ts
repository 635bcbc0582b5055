import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { OwnMedia } from '../client/media/own-media.ts';
import { cleanName } from '../domain/meeting/name.ts';
import { type Course, type CourseEvent, nextCourse, START } from './course.ts';
import type { VisitMemory } from './memory.ts';
import { createOwnWhile, type WantedMedia } from './own-while.ts';
import { type AccessToken, type JoinedCall, startVisit, type Visit, type VisitDeps, type VisitNews } from './visit.ts';

/** Somebody whom this tab is signed in as. */
export interface Visitor {
  readonly name: string;
  accessToken(): Promise<AccessToken | null>;
}

/** A join link's page: what its views show and do. */
export interface Join {
  readonly course: ReadonlySignal<Course>;
  /** From the preview on, until the visit is over. */
  readonly own: ReadonlySignal<OwnMedia | null>;
  readonly call: ReadonlySignal<JoinedCall | null>;
  /** Of the way to the hub, once there is one. */
  readonly status: ReadonlySignal<Visit['status']['value']>;
  start(): Promise<void>;
  chooseGuest(): void;
  chooseSignIn(): void;
  chooseAccount(): void;
  setName(typed: string): void;
  back(): void;
  /** Knocks, and waits where that is the rule. */
  ask(): void;
  leaveLobby(): Promise<void>;
  endCall(): Promise<void>;
  /** Looks at the link again, from the beginning. */
  retry(): Promise<void>;
  dispose(): void;
}

export interface JoinDeps extends Pick<VisitDeps, 'token' | 'link' | 'connect'> {
  readonly memory: VisitMemory;
  /** Who is signed in in this tab; `failed`: coming back from a sign-in that did not work. */
  visitor(): Promise<{ readonly visitor: Visitor | null; readonly failed: boolean }>;
  createOwnMedia(): OwnMedia;
}

type StepKind = Course['step']['kind'];
/** While one of these is on screen, camera and microphone belong to the page. */
const WITH_MEDIA: ReadonlySet<StepKind> = new Set(['preview', 'returning', 'lobby', 'entering', 'inCall']);
/** Heard before anybody has chosen anything. */
const FIRST_MEDIA: WantedMedia = { audio: true, video: 'off' };

export function createJoin(deps: JoinDeps): Join {
  const { token, link, memory } = deps;
  const course = signal<Course>(START);
  const visit = signal<Visit | null>(null);
  let visitor: Visitor | null = null;

  const tell = (event: CourseEvent): void => {
    course.value = nextCourse(course.value, event);
  };
  const media = createOwnWhile(
    computed(() => WITH_MEDIA.has(course.value.step.kind)),
    deps.createOwnMedia,
    () => wantedAgain(memory.read(token)?.media),
  );
  const { own } = media;

  async function look(): Promise<void> {
    const kept = memory.read(token);
    try {
      const looked = await link.look((await visitor?.accessToken())?.token ?? null);
      if (!looked.ok) return tell({ type: 'refused', code: looked.refusal.code });
      tell({ type: 'looked', look: looked.value, kept });
    } catch {
      return tell({ type: 'unreachable' });
    }
    if (course.value.step.kind === 'returning') ask({ returning: true });
    else memory.forget();
  }

  function ask({ returning = false } = {}): void {
    hangUp();
    tell({ type: 'asked' });
    const { name } = course.value;
    visit.value = startVisit(
      { name, account: name === '' ? visitor : null, returning },
      { ...deps, onNews: hear, onUnreachable: lose },
    );
  }

  function hear(news: VisitNews): void {
    if (news.type === 'refused' || news.type === 'ended' || news.type === 'takenOver') over(news);
    else tell(news);
  }

  /** Nothing is kept of a visit that is over. */
  function over(event: CourseEvent): void {
    memory.forget();
    hangUp();
    tell(event);
  }

  /** Kept for another try: nothing was decided. */
  function lose(): void {
    hangUp();
    tell({ type: 'unreachable' });
  }

  function hangUp(): void {
    visit.peek()?.dispose();
    visit.value = null;
  }

  const stopKeeping = effect(() => {
    const { step, name } = course.value;
    const sent = own.value?.media.value;
    if (sent === undefined || (step.kind !== 'lobby' && step.kind !== 'inCall')) return;
    const { audio, video } = sent;
    memory.write({ token, stage: step.kind === 'lobby' ? 'lobby' : 'call', name, media: { audio, video } });
  });

  return {
    course,
    own,
    call: computed(() => visit.value?.call.value ?? null),
    status: computed(() => visit.value?.status.value ?? null),
    async start() {
      const found = await deps.visitor();
      visitor = found.visitor;
      tell({ type: 'opened', account: visitor?.name ?? null, signInFailed: found.failed });
      await look();
    },
    chooseGuest: () => tell({ type: 'guestChosen' }),
    chooseSignIn: () => tell({ type: 'signInChosen' }),
    chooseAccount: () => tell({ type: 'accountChosen' }),
    setName: (typed) => tell({ type: 'named', name: cleanName(typed) }),
    back: () => tell({ type: 'back' }),
    ask: () => ask(),
    async leaveLobby() {
      const left = visit.peek();
      memory.forget();
      tell({ type: 'withdrew' });
      await left?.withdraw();
      if (visit.peek() === left) hangUp();
    },
    async endCall() {
      const left = visit.peek();
      const oneTime = left?.call.peek()?.part.kind === 'oneTime';
      await left?.leave();
      if (left !== null && visit.peek() === left) over({ type: 'ended', why: 'left', oneTime });
    },
    async retry() {
      hangUp();
      tell({ type: 'retried' });
      await look();
    },
    dispose: () => {
      stopKeeping();
      hangUp();
      media.dispose();
    },
  };
}

/** A screen needs a new click; everything else goes on as it was. */
const wantedAgain = (before: WantedMedia | undefined): WantedMedia =>
  before === undefined ? FIRST_MEDIA : { ...before, video: before.video === 'screen' ? 'off' : before.video };
