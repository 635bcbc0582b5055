import type { PersonKey } from '../../domain/call/state.ts';
import type { Account } from '../../domain/reach/model.ts';
import { toMail } from '../policy/address.ts';
import type { ContactOutcome } from '../store/store.ts';
import type { DirectoryPerson, ListedPerson } from './person.ts';

export type { DirectoryPerson, ListedPerson } from './person.ts';

/** On whose behalf a directory is asked. */
export interface Asker {
  readonly person: PersonKey;
  readonly tid: string;
  /** The page's token for this hub as it is now, to be exchanged for one of the directory; null without a page. Secret. */
  accessToken(): string | null;
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

/** A contact known from elsewhere than the hub's own log, e.g. from the organisation's mail and meetings. */
export interface KnownContact {
  readonly person: PersonKey;
  /** The last call with this person; null where the two have to do with each other in other ways. */
  readonly last: { readonly atMs: number; readonly outcome: ContactOutcome } | null;
}

/** What somebody does elsewhere, as far as it matters to who wants to call. */
export type Elsewhere = 'available' | 'away' | 'inCall';

/** Whether a hit is wanted; asked before hits are counted, so that hidden people take no place from others. */
export type Keep = (person: DirectoryPerson) => boolean;

/**
 * Who there is, and who meets when. Applies no rules of reach: whoever asks filters. Keys are `tid:oid`; mails compare
 * without regard to case. What it needs from elsewhere may fail: everything rejects with a `DirectoryError` then.
 */
export interface Directory {
  tenantName(tid: string): string;
  /**
   * Without an asker, what is known already; a directory that answers on behalf of people then knows only whom it has met.
   * With one, it looks up what it does not know, or has not looked at for a while: at sign-in the asker, so that groups are
   * those of today.
   */
  person(key: PersonKey, asker?: Asker): Promise<DirectoryPerson | null>;
  /** The account with exactly this mail address in a tenant: the asker's own or another one. */
  byMail(asker: Asker, tid: string, mail: string): Promise<DirectoryPerson | null>;
  /**
   * People of the asker's tenant by parts of the name or the mail address, without regard to case and accents; in order of
   * the name. One or two letters find beginnings of words, more find them inside words too.
   * @param limit of those that `keep` wants
   * @param keep everybody unless given
   */
  search(asker: Asker, query: string, limit: number, keep?: Keep): Promise<readonly DirectoryPerson[]>;
  /** All accounts of the same human: the home account first, then guest accounts elsewhere; this one is among them. */
  accountsOf(key: PersonKey): Promise<readonly DirectoryPerson[]>;
  /** Everybody in a tenant, for its administrators, in order of the name; null where the directory does not list people. */
  people(tid: string): Promise<readonly DirectoryPerson[] | null>;
  /**
   * Who is busy elsewhere, e.g. in Teams; nobody where the directory cannot say. At most 650 people.
   */
  presences(asker: Asker, people: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, Elsewhere>>;
  /** The asker's contacts, the best first. */
  knownContacts(asker: Asker): Promise<readonly KnownContact[]>;
  /** Meetings that the directory itself has for the asker to join, by start. Not those of people's own calendars. */
  meetingsOf(asker: Asker): Promise<readonly DirectoryMeeting[]>;
  /** A meeting that stands in the list of somebody who asked. */
  meeting(tid: string, meetingId: string): Promise<DirectoryMeeting | null>;
  /** Somebody has come with a valid token, which says this of the person. */
  signedIn(person: DirectoryPerson): Promise<void>;
  /** From now on the tenant's policy file says this of its people, in place of all that it said before. */
  replacePeople(tid: string, people: readonly ListedPerson[]): Promise<void>;
  /** The same, when these people are in the store already; tells nobody: whoever put them there looks at everything again. */
  takePeople(tid: string, people: readonly ListedPerson[]): Promise<void>;
  /** Calls the listener when the rules see somebody differently from before. @returns ends that */
  onChanged(listener: PeopleListener): () => void;
}

export type PeopleListener = (people: readonly PersonKey[]) => void;

/** Of an account about which nothing else is known. */
export const plainAccount = (account: Pick<Account, 'key' | 'tid' | 'kind' | 'mail'>): Account => ({
  ...account,
  mail: toMail(account.mail) ?? '',
  homeTid: null,
  groups: [],
  hidden: false,
  external: { enabled: true, mode: { kind: 'default' } },
});
