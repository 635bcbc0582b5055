import type { ReadonlySignal } from '@preact/signals-core';
import type { Result } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { MeetingDraft } from '../../domain/meeting/schedule.ts';
import type { AdmittedAll, LobbyNews } from '../../protocol/meetings.ts';
import type { HubMethodName, HubMethods } from '../../protocol/types.ts';

/** Who waits at one meeting's door. */
export interface Lobby extends LobbyNews {
  /** When the hub told it, on this page's clock: `waitedMs` of the entries counts up to then. */
  readonly toldAtMs: number;
}

/** One's own place in a lobby. */
export interface OwnPlace {
  readonly meetingId: string;
  /** From 1. */
  readonly number: number;
  /** On this page's clock. */
  readonly sinceMs: number;
}

/** The doors of meetings: who waits there for somebody to decide, and one's own waiting. */
export interface Door {
  /** Only doors at which somebody waits now. */
  readonly lobbies: ReadonlySignal<readonly Lobby[]>;
  /** Null while this page waits nowhere. */
  readonly place: ReadonlySignal<OwnPlace | null>;
  admit(meetingId: string, person: PersonKey): Promise<Result<null>>;
  deny(meetingId: string, person: PersonKey): Promise<Result<null>>;
  /** As many as there are places; the answer tells how many are left. */
  admitAll(meetingId: string, people: readonly PersonKey[]): Promise<Result<AdmittedAll>>;
  denyAll(meetingId: string, people: readonly PersonKey[]): Promise<Result<null>>;
  /** Waits no more; does nothing where this page does not wait. */
  leave(): Promise<void>;
}

export type Answer<M extends HubMethodName> = Promise<Result<HubMethods[M]['answer']>>;
type OneTimeWish = Omit<HubMethods['createOneTimeCall']['request'], 'commandId'>;

/** Planning meetings and one-time calls. Every method may be refused; none rejects. */
export interface Planner {
  /** Also those that only touch the range; ms since the epoch, at most 46 days. */
  list(range: { readonly fromMs: number; readonly toMs: number }): Answer<'meetings'>;
  /**
   * What else stands in the person's own calendar; at once, as far as it is known.
   * @param opened somebody has just come to look
   */
  calendar(range: { readonly fromMs: number; readonly toMs: number }, opened: boolean): Answer<'calendar'>;
  details(meetingId: string): Answer<'meeting'>;
  /** What is wrong with a draft, and what is probably not meant. @param meetingId null for a new meeting */
  check(meetingId: string | null, draft: MeetingDraft): Answer<'checkMeeting'>;
  plan(draft: MeetingDraft): Answer<'planMeeting'>;
  change(meetingId: string, revision: number, draft: MeetingDraft): Answer<'changeMeeting'>;
  cancel(meetingId: string, revision: number): Answer<'cancelMeeting'>;
  meetNow(title: string, zone: string): Answer<'meetNow'>;
  createOneTimeCall(wish: OneTimeWish): Answer<'createOneTimeCall'>;
  /** One more link to the same door. */
  joinLink(meetingId: string): Answer<'joinLink'>;
  revokeLink(meetingId: string): Answer<'revokeLink'>;
  invitation(meetingId: string): Answer<'invitation'>;
  sendInvitation(request: HubMethods['sendInvitation']['request']): Answer<'sendInvitation'>;
}
