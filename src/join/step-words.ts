import type { RefusalCode } from '../domain/call/refusal.ts';
import type { Course, OverReason } from './course.ts';
import type { JoinTexts } from './join-texts.ts';

/** What a screen says, to the eye and to a screen reader alike. */
export interface StepWords {
  readonly title: string;
  readonly lead: string;
}

type Translate = JoinTexts['t'];

const OVER = {
  ended: ['join.endedTitle', 'join.endedMeeting'],
  left: ['join.leftTitle', 'join.left'],
  lost: ['join.lostTitle', 'join.lost'],
  'not-allowed': ['join.removedTitle', 'join.removed'],
} as const satisfies Record<OverReason, readonly [string, string]>;

/** @param again the same link may lead back in; a one-time call has ended, whoever ended it */
export function overWords(why: OverReason, again: boolean, t: Translate): StepWords {
  const [title, lead] = again ? OVER[why] : (['join.endedTitle', 'join.ended'] as const);
  return { title: t(title), lead: t(lead) };
}

export const closedWords = (code: RefusalCode, t: Translate): StepWords => ({
  title: t(closedTitle(code)),
  lead: closedLead(code, t),
});

function closedTitle(code: RefusalCode) {
  switch (code) {
    case 'link-unknown':
    case 'not-found':
      return 'join.unknownTitle';
    case 'link-expired':
      return 'join.expiredTitle';
    case 'link-revoked':
      return 'join.revokedTitle';
    case 'one-time-full':
    case 'meeting-full':
    case 'lobby-full':
      return 'join.fullTitle';
    case 'meeting-not-joinable':
      return 'join.earlyTitle';
    case 'meeting-cancelled':
      return 'join.cancelledTitle';
    case 'meeting-moved':
      return 'join.movedTitle';
    case 'anonymous-off':
      return 'join.accountTitle';
    case 'lobby-denied':
      return 'join.deniedTitle';
    case 'waited-too-long':
      return 'join.waitedTitle';
    default:
      return 'join.closedTitle';
  }
}

/** Some refusals are worded for people at a desk, who look for people and not for a link; others say what the title says. */
function closedLead(code: RefusalCode, t: Translate): string {
  switch (code) {
    case 'too-many-requests':
      return t('join.tooManyTries');
    case 'already-in-call':
      return t('join.busyElsewhere');
    case 'lobby-denied':
      return t('join.denied');
    case 'one-time-full':
      return t('join.fullOneTime');
    case 'meeting-full':
      return t('join.fullMeeting');
    case 'not-found':
      return t('refusal.link-unknown');
    default:
      return t(`refusal.${code}`);
  }
}

/** Before and between the screens. */
export type SplashKind = 'opening' | 'returning' | 'entering';

export const splashWords = (kind: SplashKind, t: Translate): string => t(`join.${kind}`);

/** The words under the lobby's title, in the order of their weight. */
export function lobbyLines(course: Course, isAway: boolean, t: Translate): readonly string[] {
  const { step, organizer, company } = course;
  if (step.kind !== 'lobby') return [];
  const ahead = step.place.number - 1;
  return [
    t('join.lobby', { name: organizer ?? company ?? t('join.somebody') }),
    ...(step.anew && !isAway ? [t('join.lobbyAnew')] : []),
    t(isAway ? 'join.lobbyOffline' : 'join.lobbyHint'),
    ...(ahead > 0 ? [t('join.lobbyPlace', { count: ahead })] : []),
  ];
}

/** For somebody who was let in and finds nobody: that it is right so, and what comes. Null: they came in by themselves. */
export function aloneHint({ step, organizer, company }: Course, t: Translate): string | null {
  const name = organizer ?? company;
  return step.kind === 'inCall' && step.letIn && name !== null ? t('join.aloneLetIn', { name }) : null;
}

/** Read out by itself; `urgent`: at once, as it ends what somebody was doing. */
export interface Announcement {
  readonly text: string;
  readonly urgent: boolean;
}

/** @param isAway the way to the hub is interrupted */
export function announcementOf(course: Course, isAway: boolean, t: Translate): Announcement | null {
  const { step } = course;
  const urgent = ({ title, lead }: StepWords): Announcement => ({ text: `${title}. ${lead}`, urgent: true });
  switch (step.kind) {
    case 'opening':
    case 'returning':
    case 'entering':
      return { text: splashWords(step.kind, t), urgent: false };
    case 'lobby':
      return { text: [`${t('join.lobbyTitle')}.`, ...lobbyLines(course, isAway, t)].join(' '), urgent: false };
    case 'inCall':
      return { text: t('join.inCall'), urgent: false };
    case 'unreachable':
      return urgent({ title: t('join.unreachableTitle'), lead: t('join.unreachable') });
    case 'closed':
      return urgent(closedWords(step.code, t));
    case 'over':
      return urgent(overWords(step.why, step.again, t));
    case 'takenOver':
      return urgent({ title: t('join.takenOverTitle'), lead: t('join.takenOver') });
    case 'choosing':
    case 'naming':
    case 'signingIn':
    case 'preview':
      return null;
  }
}
