import type { PersonKey } from '../../domain/call/state.ts';
import type { LobbyState } from '../../domain/meeting/lobby-state.ts';
import type { Meeting } from '../../domain/meeting/model.ts';

/** A door with the number of its latest change, from 1. */
export interface KeptLobby {
  /** Of the meeting. */
  readonly tid: string;
  readonly state: LobbyState;
  readonly version: number;
}

/** Meetings that people have planned here, links to them, and who stands at their doors. */
export interface MeetingStore {
  /**
   * Keeps a new meeting, with the request that made it.
   * @returns what is kept: of a repeated request of the same organizer the meeting that it made the first time
   */
  add(meeting: Meeting, commandId: string): Promise<Meeting>;
  get(meetingId: string): Promise<Meeting | null>;
  /** @returns false when the meeting is not of the revision before this one any more; nothing is written then */
  change(meeting: Meeting): Promise<boolean>;
  /**
   * Those that overlap a range and name one of these people or addresses: as organizer, co-organizer, presenter or invitee. By start.
   * Whether an address really is somebody's, whoever asks has to look at.
   */
  naming(who: readonly (PersonKey | string)[], range: TimeRange): Promise<readonly Meeting[]>;
  /** Of a tenant, those that have not ended by then. */
  unfinished(tid: string, nowMs: number): Promise<readonly Meeting[]>;

  /** @param hash of the link's token, which is kept nowhere. @returns false when the meeting has so many already */
  addLink(hash: string, link: MeetingRef & { readonly atMs: number }, most: number): Promise<boolean>;
  meetingOfLink(hash: string): Promise<MeetingRef | null>;

  lobby(meetingId: string): Promise<KeptLobby | null>;
  /** Doors at which somebody waits or has a seat. */
  busyLobbies(): Promise<readonly KeptLobby[]>;
  /** @returns false when the door has changed since: its version is not the one before any more; nothing is written then */
  keepLobby(lobby: KeptLobby): Promise<boolean>;

  /**
   * Forgets a tenant's meetings that ended before this moment, with their links and doors, but none at whose door somebody is.
   * Of the company's own calendar, which is kept elsewhere: links that were made before it, and doors at which nobody is.
   */
  prune(tid: string, beforeMs: number): Promise<void>;
}

/** Names a meeting, wherever it is kept: those of a company's own calendar are looked up by the tenant. */
export interface MeetingRef {
  readonly tid: string;
  readonly meetingId: string;
}

/** ms since the epoch; the end itself does not belong to it. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Everybody whom a meeting names. */
export const namedBy = (meeting: Meeting): ReadonlySet<PersonKey | string> =>
  new Set([
    meeting.organizer,
    ...meeting.coOrganizers,
    ...meeting.presenters,
    ...meeting.invitees.map((invitee) => (invitee.kind === 'account' ? invitee.person : invitee.mail)),
  ]);

export const isBusy = ({ waiting, inside }: LobbyState): boolean =>
  waiting.length > 0 || Object.keys(inside).length > 0;
