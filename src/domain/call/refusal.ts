import { MARK_REFUSALS } from '../annotation/types.ts';

/** Every reason for which a command or a method changes nothing. Closed; each has its sentence in the text catalogue. */
export const REFUSALS = [
  ...MARK_REFUSALS,
  // the message
  'malformed',
  'too-large',
  'unknown-method',
  'too-many-requests',
  'out-of-turn',
  'protocol-version',
  // the person
  'not-signed-in',
  'sign-in-expired',
  'wrong-tenant',
  'licence-missing',
  'guest-on-headset',
  /** Of `hello`: another account of the same human is in a call. */
  'other-account-in-call',
  /** The same human has gone on with another account elsewhere. */
  'switched-account',
  'not-found',
  'not-allowed',
  'no-new-calls',
  /** The person has to sign in again, with `claims` where there are some; the same request may work then. */
  'sign-in-more',
  /** The company's directory does not answer, or does not let this hub ask. */
  'directory-unavailable',
  /** The person's own calendar does not answer; what it did not take is not done. */
  'calendar-unavailable',
  /** The company does not let this hub use calendars. */
  'calendar-denied',
  /** Of a meeting in the organizer's own calendar: what others may not write there. */
  'calendar-of-organizer',
  // who may reach whom
  'barrier',
  'external-off',
  'external-no-group',
  'external-no-files',
  'guest-no-team',
  'guest-access-off',
  // the call
  'call-unknown',
  'call-ended',
  'not-in-call',
  'not-ringing',
  'already-in-call',
  'busy',
  'call-full',
  /** A guest rings only while signed in to the tenant that invited them. */
  'guest-away',
  'meeting-not-joinable',
  // the meeting and its door
  'meeting-full',
  'one-time-full',
  /** Also for a guess, and for what was deleted. */
  'link-unknown',
  'link-expired',
  'link-revoked',
  /** Final: of a one-time call that ended, or a meeting past its end with nobody in it. */
  'call-over',
  'lobby-denied',
  'lobby-full',
  'waited-too-long',
  'anonymous-off',
  'may-not-admit',
  /** `detail` is the name of whoever did, as for `already-denied`. */
  'already-admitted',
  'already-denied',
  'not-waiting',
  /** All at once, where only one has room. */
  'choose-one',
  'meeting-cancelled',
  'meeting-moved',
  /** Somebody else changed it since it was shown. */
  'meeting-changed',
  'meeting-invalid',
  /** Links to one meeting; each is told once. */
  'too-many-links',
  'organizer-only',
  // what outsiders may not do in it
  'outsiders-no-adding',
  'outsiders-no-recording',
  'anonymous-no-files',
  'anonymous-no-roster',
  'anonymous-no-headset',
  'anonymous-no-snapshots',
  'draw-on-desktop',
  'one-time-no-drawing',
  // what is drawn
  'headset-only',
  'video-off',
  'tracking-lost',
  'mark-unknown',
  'mark-taken',
  'anchor-unknown',
  'annotation-taken',
  'too-many-annotations',
  'nothing-to-undo',
  'nothing-to-erase',
  'internal',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/**
 * A refused command changes nothing; `detail` is for logs and support, never shown by itself. Of `licence-missing` it is
 * the name of the licence, of `already-admitted` and `already-denied` that of the person who decided.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail?: string;
  /** Of the audit record: the person can quote it to the administrator, who finds there which rule decided. */
  readonly reference?: string;
  /** Of `sign-in-more`: what the sign-in provider wants to see besides, JSON text for the `claims` parameter of OpenID Connect. */
  readonly claims?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** The licence that an account would need, where the hub named it. */
export const missingLicence = ({ code, detail }: Refusal): string | null =>
  code === 'licence-missing' ? (detail ?? null) : null;

/** Who let somebody in, or did not, just before. */
export const decidedBefore = ({ code, detail }: Refusal): string | null =>
  code === 'already-admitted' || code === 'already-denied' ? (detail ?? null) : null;

export const accept = <T>(value: T): Result<T> => ({ ok: true, value });
export const refuse = (code: RefusalCode, detail?: string): Result<never> => ({
  ok: false,
  refusal: detail === undefined ? { code } : { code, detail },
});
