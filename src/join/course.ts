import type { LinkLook } from '../client/join/join-link.ts';
import type { RefusalCode } from '../domain/call/refusal.ts';
import type { LobbyPlace } from '../domain/meeting/lobby-view.ts';

/** Why a call is over for this person. `again`: the same link may lead back in. */
export type OverReason = 'ended' | 'left' | 'lost' | 'not-allowed';

/** One decision each; the page shows exactly one of them. */
export type Step =
  | { readonly kind: 'opening' }
  | { readonly kind: 'unreachable' }
  /** The link leads nowhere now. */
  | { readonly kind: 'closed'; readonly code: RefusalCode }
  | { readonly kind: 'choosing' }
  | { readonly kind: 'naming'; readonly problem: 'name-empty' | null }
  | { readonly kind: 'signingIn' }
  /** Camera and microphone. `asking`: at the door, and no answer yet. */
  | { readonly kind: 'preview'; readonly asking: boolean; readonly unreachable: boolean }
  /** Back after a drop or a reload. */
  | { readonly kind: 'returning' }
  /** `anew`: the place before was not kept so long. */
  | { readonly kind: 'lobby'; readonly place: LobbyPlace; readonly anew: boolean }
  /** Let in; the call opens. */
  | { readonly kind: 'entering' }
  /** `letIn`: just now, by somebody; they may not be in the call themselves yet. */
  | { readonly kind: 'inCall'; readonly letIn: boolean }
  | { readonly kind: 'over'; readonly why: OverReason; readonly again: boolean }
  /** Another page of the same person waits or talks in this one's stead. */
  | { readonly kind: 'takenOver' };

/** What this tab knows of a visit before it was loaded anew. */
export interface KeptVisit {
  readonly stage: 'lobby' | 'call';
  /** Empty for somebody who came with their account. */
  readonly name: string;
}

export interface Course {
  readonly step: Step;
  /** Null until the hub told it. */
  readonly company: string | null;
  /** Told to people who are signed in alone. */
  readonly organizer: string | null;
  /** The name of the account that this page is signed in with. */
  readonly account: string | null;
  /** The name that was typed. */
  readonly name: string;
}

export type CourseEvent =
  | { readonly type: 'opened'; readonly account: string | null; readonly signInFailed: boolean }
  | { readonly type: 'looked'; readonly look: LinkLook; readonly kept: KeptVisit | null }
  | { readonly type: 'unreachable' }
  | { readonly type: 'guestChosen' }
  | { readonly type: 'signInChosen' }
  | { readonly type: 'accountChosen' }
  /** `name` as others will see it; null when nothing readable was typed. */
  | { readonly type: 'named'; readonly name: string | null }
  | { readonly type: 'back' }
  | { readonly type: 'asked' }
  | { readonly type: 'refused'; readonly code: RefusalCode }
  /** `anew`: not at the place from before a drop. */
  | { readonly type: 'waiting'; readonly place: LobbyPlace; readonly anew: boolean }
  | { readonly type: 'admitted' }
  | { readonly type: 'cameIn' }
  | { readonly type: 'withdrew' }
  | { readonly type: 'ended'; readonly why: OverReason; readonly oneTime: boolean }
  | { readonly type: 'takenOver' }
  | { readonly type: 'retried' };

export const START: Course = {
  step: { kind: 'opening' },
  company: null,
  organizer: null,
  account: null,
  name: '',
};

const PREVIEW = { kind: 'preview', asking: false, unreachable: false } as const;

/** Final whatever somebody was doing: afterwards there is nothing to go back to. */
const isFinal = ({ kind }: Step): boolean => kind === 'over' || kind === 'closed' || kind === 'takenOver';

/** What the page shows after an event; the very same course when the event says nothing now. */
export function nextCourse(course: Course, event: CourseEvent): Course {
  const { step } = course;
  const go = (next: Step): Course => ({ ...course, step: next });
  switch (event.type) {
    case 'opened':
      return { ...course, account: event.account, step: event.signInFailed ? { kind: 'signingIn' } : step };
    case 'looked':
      return looked(course, event);
    case 'unreachable':
      return go(step.kind === 'preview' ? { ...PREVIEW, unreachable: true } : { kind: 'unreachable' });
    case 'guestChosen':
      return step.kind === 'choosing' || step.kind === 'signingIn' ? go({ kind: 'naming', problem: null }) : course;
    case 'signInChosen':
      return step.kind === 'choosing' || step.kind === 'closed' ? go({ kind: 'signingIn' }) : course;
    case 'accountChosen':
      return step.kind === 'choosing' && course.account !== null ? { ...course, name: '', step: PREVIEW } : course;
    case 'named':
      if (step.kind !== 'naming') return course;
      return event.name === null
        ? go({ kind: 'naming', problem: 'name-empty' })
        : { ...course, name: event.name, step: PREVIEW };
    case 'back':
      return back(course);
    case 'asked':
      if (step.kind === 'takenOver') return go({ kind: 'returning' });
      return step.kind === 'preview' ? go({ ...PREVIEW, asking: true }) : course;
    case 'refused':
      return isFinal(step) ? course : go(closedBy(event.code));
    case 'waiting':
      return isFinal(step) ? course : go({ kind: 'lobby', place: event.place, anew: event.anew || isAnew(step) });
    case 'admitted':
      return step.kind === 'lobby' ? go({ kind: 'entering' }) : course;
    case 'cameIn':
      return isFinal(step) ? course : go({ kind: 'inCall', letIn: wasLetIn(step) });
    case 'withdrew':
      return go({ kind: 'choosing' });
    case 'ended':
      return isFinal(step) ? course : go({ kind: 'over', why: event.why, again: !event.oneTime });
    case 'takenOver':
      return isFinal(step) ? course : go({ kind: 'takenOver' });
    case 'retried':
      return go({ kind: 'opening' });
  }
}

function looked(course: Course, { look, kept }: Extract<CourseEvent, { type: 'looked' }>): Course {
  const known = { ...course, company: look.company, organizer: look.organizer };
  const signingIn = course.step.kind === 'signingIn';
  if (look.returning !== null) return { ...known, name: look.returning.name, step: { kind: 'returning' } };
  if (look.closed !== null) return { ...known, step: closedBy(look.closed) };
  if (kept !== null) return cameBack(known, kept);
  return signingIn ? known : { ...known, step: { kind: 'choosing' } };
}

/** Nobody's seat is kept any more: whoever waited, or can say who they are, asks anew by themselves; the others are told first. */
function cameBack(course: Course, { stage, name }: KeptVisit): Course {
  if (name === '' && course.account === null) return { ...course, step: { kind: 'choosing' } };
  const isLost = stage === 'call' && name !== '';
  return { ...course, name, step: isLost ? { kind: 'over', why: 'lost', again: true } : { kind: 'returning' } };
}

const wasLetIn = (step: Step): boolean => step.kind === 'entering' || (step.kind === 'inCall' && step.letIn);

const isAnew = (step: Step): boolean => step.kind === 'lobby' && step.anew;

/** A call that is over is no refusal: it ended, and says so after a reload too. */
const closedBy = (code: RefusalCode): Step =>
  code === 'call-over' ? { kind: 'over', why: 'ended', again: false } : { kind: 'closed', code };

function back(course: Course): Course {
  switch (course.step.kind) {
    case 'naming':
    case 'signingIn':
      return { ...course, step: { kind: 'choosing' } };
    case 'preview':
      if (course.step.asking) return course;
      return { ...course, step: course.name === '' ? { kind: 'choosing' } : { kind: 'naming', problem: null } };
    default:
      return course;
  }
}

/** What helps where a link is closed. */
export type Remedy = 'ask-again' | 'look-again' | 'sign-in' | 'none';

export function remedyFor(code: RefusalCode, hasAccount: boolean): Remedy {
  switch (code) {
    case 'lobby-denied':
    case 'waited-too-long':
      return 'ask-again';
    case 'anonymous-off':
      return hasAccount ? 'none' : 'sign-in';
    case 'sign-in-expired':
    case 'not-signed-in':
      return 'sign-in';
    case 'link-unknown':
    case 'not-found':
    case 'link-expired':
    case 'link-revoked':
    case 'meeting-cancelled':
    case 'guest-access-off':
    case 'one-time-full':
    case 'not-allowed':
      return 'none';
    default:
      return 'look-again';
  }
}
