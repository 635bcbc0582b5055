import type { PersonKey } from '../../domain/call/state.ts';
import type { Account } from '../../domain/reach/may.ts';
import type { Person } from '../../protocol/types.ts';
import type { ContactOutcome } from '../store/store.ts';

export interface DirectoryPerson extends Person {
  readonly account: Account;
}

export interface DirectoryMeeting {
  readonly meetingId: string;
  readonly tid: string;
  readonly title: string;
  /** ms since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
  readonly organizer: PersonKey;
  readonly invitees: readonly PersonKey[];
}

/** A contact known from before the hub's own log, e.g. the demo's or the organisation's. */
export interface KnownContact {
  readonly person: PersonKey;
  readonly atMs: number;
  readonly outcome: ContactOutcome;
}

/** Who there is, and who meets when. Applies no rules of reach: whoever asks filters. */
export interface Directory {
  tenantName(tid: string): string;
  person(key: PersonKey): Promise<DirectoryPerson | null>;
  /** By parts of the name or the mail address, without regard to case and accents; in order of the name. */
  search(tid: string, query: string, limit: number): Promise<readonly DirectoryPerson[]>;
  knownContacts(owner: PersonKey): Promise<readonly KnownContact[]>;
  /** Meetings that the person organizes or is invited to, by start. */
  meetingsOf(person: PersonKey): Promise<readonly DirectoryMeeting[]>;
  meeting(tid: string, meetingId: string): Promise<DirectoryMeeting | null>;
  /** Somebody has come with a valid token, which says this of the person. */
  signedIn(person: DirectoryPerson): Promise<void>;
}
