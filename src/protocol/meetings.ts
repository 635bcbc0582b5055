import type { Refusal } from '../domain/call/refusal.ts';
import type { MediaState, PersonKey } from '../domain/call/state.ts';
import type { TurnAwayCode } from '../domain/meeting/lobby-event.ts';
import type { LobbyEntry, LobbyPlace } from '../domain/meeting/lobby-view.ts';
import type { MeetingClass, MeetingKind, MeetingSettings } from '../domain/meeting/model.ts';
import type { OneTimeState } from '../domain/meeting/one-time.ts';
import type { MeetingDraft, ScheduleProblem } from '../domain/meeting/schedule.ts';
import type { ScheduleWarning } from '../domain/meeting/schedule-warnings.ts';
import type { CallLog, Person } from './basics.ts';

export type { MeetingClass, MeetingDraft, MeetingKind, OneTimeState, ScheduleProblem, ScheduleWarning };

/** One meeting in somebody's list. */
export interface Meeting {
  readonly meetingId: string;
  readonly kind: MeetingKind;
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  /** IANA name of the zone that it was planned in. */
  readonly zone: string;
  /** The organizer's name; empty where this person may not know it. */
  readonly organizer: string;
  readonly cancelled: boolean;
  /** Running, or starting within the joinable time. */
  readonly joinable: boolean;
  /** Names of people who are in it now; none for who would have to wait, or waits. */
  readonly present: readonly string[];
  /** How many wait in its lobby; 0 for whom that is no business of. */
  readonly waiting: number;
  /** Of the link of a one-time call; null for other meetings, and for everybody but its agent. */
  readonly oneTime: OneTimeState | null;
  readonly may: MayInMeeting;
}

/** What somebody may do with a meeting, from the page that asked. */
export interface MayInMeeting {
  readonly edit: boolean;
  readonly cancel: boolean;
  readonly admit: boolean;
  /** Make a link to it, and the text of an invitation. */
  readonly invite: boolean;
  /** Send those who are invited the invitation; of a cancelled meeting, that it is cancelled. */
  readonly send: boolean;
  /** Ring more people into it, once in it; never into a one-time call. */
  readonly add: boolean;
}

/** Everything about one meeting, for its page. */
export interface MeetingDetails extends Meeting {
  /** Of two who edit at once the second is refused with `meeting-changed`. */
  readonly revision: number;
  /** Names nobody to whom it is no business of (the right `roster`). */
  readonly draft: MeetingDraft;
  /** Everybody whom the draft names by key and whom this person may know, the organizer among them. */
  readonly people: readonly Person[];
  /** When the link of a one-time call expires, for its agent; null for everybody else, and other meetings. */
  readonly linkExpiresAtMs: number | null;
  /** It stands in the organizer's own calendar, which invites people and tells them of each change. */
  readonly inCalendar: boolean;
}

/** Something that stands in the person's own calendar and is no meeting of Sightline: it cannot be joined here. */
export interface CalendarEntry {
  /** The same in each answer, and of no use elsewhere. */
  readonly entryId: string;
  /** Empty where it is private. */
  readonly title: string;
  readonly isPrivate: boolean;
  readonly startMs: number;
  readonly endMs: number;
  /** Then the times are midnights in UTC of the days that it lasts, in whatever zone. */
  readonly allDay: boolean;
}

/** What else the person has in their own calendar. */
export interface OwnDay {
  /**
   * `none`: no calendar belongs to this hub, or none to this person. `reading`: `listsChanged` says when it has been read. `failed`:
   * the entries are those of before.
   */
  readonly state: 'none' | 'reading' | 'ready' | 'failed';
  readonly entries: readonly CalendarEntry[];
  /** Why it failed. */
  readonly refusal: Refusal | null;
}

/** What is wrong with a draft, and what is probably not meant; nothing is stored. */
export interface DraftCheck {
  readonly problems: readonly ScheduleProblem[];
  /** None while there are problems. */
  readonly warnings: readonly ScheduleWarning[];
  readonly settings: MeetingSettings;
  /** Whether it stands, or would stand, in the organizer's own calendar. */
  readonly inCalendar: boolean;
}

/** A meeting, and a link to it. A link is told once: the hub keeps no more of it than a hash. */
export interface MeetingWithLink {
  readonly meeting: MeetingDetails;
  readonly url: string;
}

/** With a new link in it; of a cancelled meeting the words that say so, without one. */
export interface Invitation {
  readonly url: string | null;
  readonly subject: string;
  /** To be copied, and edited before that. */
  readonly text: string;
  /** An iCalendar file's content (RFC 5545); names nobody who is invited. */
  readonly ics: string;
  /** Mail addresses of the invitees whom this person may know. */
  readonly recipients: readonly string[];
  /** Whether `sendInvitation` can send it; else the person's own mail program does. */
  readonly canSend: boolean;
}

/** Somebody in a meeting's call, as far as it decides what they may do there. */
export interface OwnPart {
  readonly class: MeetingClass;
  readonly signedIn: boolean;
  readonly kind: MeetingKind;
}

/**
 * `waiting`: in the lobby. `lobbyPlace` tells what becomes of it; once it says `admitted` the page asks by `joinMeeting` again
 * and comes in.
 */
export type JoinAnswer =
  | { readonly state: 'in'; readonly log: CallLog; readonly part: OwnPart }
  | { readonly state: 'waiting'; readonly place: LobbyPlace };

/** Who waits at a meeting's door. To those who may admit, and to headsets in the meeting. */
export interface LobbyNews {
  readonly meetingId: string;
  readonly title: string;
  readonly kind: MeetingKind;
  /** In the order in which they knocked; empty when nobody waits any more. */
  readonly entries: readonly LobbyEntry[];
  /** Whether this page may admit and deny. */
  readonly mayAdmit: boolean;
  /** Names of those who may, whom this person may know. */
  readonly admitters: readonly string[];
}

/** What becomes of one's own place in the lobby. Tells of nobody else. */
export type LobbyPlaceNews = { readonly meetingId: string } & (
  | { readonly state: 'waiting'; readonly place: LobbyPlace }
  | { readonly state: 'admitted' }
  | { readonly state: 'turnedAway'; readonly code: TurnAwayCode }
  /** Another page of the same person waits in this one's stead. */
  | { readonly state: 'takenOver' }
);

export interface MeetingMethods {
  /** Of a range of time, also those that only touch it; without one those of now. A headset is told only of those it can join. */
  meetings: {
    request: { readonly range?: { readonly fromMs: number; readonly toMs: number } };
    answer: readonly Meeting[];
  };
  /**
   * What else the person has in their own calendar; on a desk alone. Answers at once with what is known.
   * @param opened somebody has just come to look: what was read a while ago is read again
   */
  calendar: {
    request: { readonly range: { readonly fromMs: number; readonly toMs: number }; readonly opened: boolean };
    answer: OwnDay;
  };
  meeting: { request: { readonly meetingId: string }; answer: MeetingDetails };
  /** @param meetingId of the meeting that is edited; null for a new one */
  checkMeeting: {
    request: { readonly meetingId: string | null; readonly draft: MeetingDraft };
    answer: DraftCheck;
  };
  /** Idempotent by `commandId`, as the two that follow. A repeated one answers another link to the same meeting. */
  planMeeting: {
    request: { readonly commandId: string; readonly draft: MeetingDraft };
    answer: MeetingDetails;
  };
  meetNow: {
    request: { readonly commandId: string; readonly title: string; readonly zone: string };
    answer: MeetingWithLink;
  };
  createOneTimeCall: {
    request: {
      readonly commandId: string;
      /** Blank: `EventTitle`. */
      readonly title: string;
      readonly zone: string;
      readonly durationMin: number;
    };
    answer: MeetingWithLink;
  };
  changeMeeting: {
    request: { readonly meetingId: string; readonly revision: number; readonly draft: MeetingDraft };
    answer: MeetingDetails;
  };
  cancelMeeting: {
    request: { readonly meetingId: string; readonly revision: number };
    answer: MeetingDetails;
  };
  /** One more link to the same door. */
  joinLink: { request: { readonly meetingId: string }; answer: { readonly url: string } };
  /** Of a one-time call: whoever waits is turned away. */
  revokeLink: { request: { readonly meetingId: string }; answer: MeetingDetails };
  invitation: { request: { readonly meetingId: string }; answer: Invitation };
  /**
   * By the hub's own mail server, to addresses of invitees alone, to each a mail of their own; what they answer goes to the sender.
   * @param text null: as `invitation` has it; a changed one keeps its link
   */
  sendInvitation: {
    request: { readonly meetingId: string; readonly text: string | null; readonly to: readonly string[] };
    /** @param failed the addresses that the mail server did not take */
    answer: { readonly sent: number; readonly failed: readonly string[] };
  };
  /**
   * @param link the token of a join link, from whoever is not invited
   * @param again the page asks by itself, for a place that it was answered before: whoever was denied meanwhile is told so
   */
  joinMeeting: {
    request: {
      readonly commandId: string;
      readonly meetingId: string;
      readonly media: MediaState;
      readonly link?: string;
      readonly again?: boolean;
    };
    answer: JoinAnswer;
  };
  /** Somebody who waits does not want to any more. */
  leaveLobby: { request: { readonly meetingId: string }; answer: null };
  admit: { request: { readonly meetingId: string; readonly person: PersonKey }; answer: null };
  deny: { request: { readonly meetingId: string; readonly person: PersonKey }; answer: null };
  /** Those whom the page shows as waiting, in the order in which they knocked, as many as there are places. */
  admitAll: { request: { readonly meetingId: string; readonly people: readonly PersonKey[] }; answer: AdmittedAll };
  denyAll: { request: { readonly meetingId: string; readonly people: readonly PersonKey[] }; answer: null };
}

export interface AdmittedAll {
  /** How many came in. Fewer than were asked for, and not full: rules keep the others apart, as `admit` of each one says. */
  readonly letIn: number;
  /** How many of those who were asked for wait on, because the meeting has become full. */
  readonly leftOver: number;
}

export interface MeetingMessages {
  lobby: LobbyNews;
  lobbyPlace: LobbyPlaceNews;
}
