import type { LoggedEvent } from '../../domain/call/event.ts';
import type { CallKind, PersonKey } from '../../domain/call/state.ts';
import type { ListedPerson } from '../directory/person.ts';
import type { MeetingStore } from './meeting-store.ts';
import type { PolicyStore, ReachAudit } from './reach-store.ts';

/** What is kept of a call apart from its events. */
export interface CallRecord {
  readonly callId: string;
  readonly tid: string;
  readonly kind: CallKind;
  readonly meetingId: string | null;
  readonly createdAtMs: number;
}

/** The last thing that happened between two people, as `owner` sees it in Recent Contacts. */
export interface ContactEntry {
  readonly owner: PersonKey;
  readonly other: PersonKey;
  readonly callId: string;
  readonly atMs: number;
  readonly outcome: ContactOutcome;
}
export type ContactOutcome = 'answered' | 'missed' | 'outgoing';

/**
 * Names one request of one person, so that a repeated one is answered and not run again.
 * `scope` is a call's id, or `start` for requests that find or make their call.
 */
export interface CommandKey {
  readonly scope: string;
  readonly person: PersonKey;
  readonly commandId: string;
}

export interface CommandOutcome {
  readonly callId: string;
  readonly seq: number;
}

export interface AppendRequest {
  readonly callId: string;
  /** Given with the first events of a call. */
  readonly create: CallRecord | null;
  /** Numbered without gaps; may be empty when a command changed nothing. */
  readonly events: readonly LoggedEvent[];
  /** When these events end the call. */
  readonly endedAtMs: number | null;
  readonly command: CommandKey | null;
  readonly outcome: CommandOutcome;
  readonly contacts: readonly ContactEntry[];
}

export type AppendResult =
  | { readonly kind: 'appended' }
  /** The command has run before; nothing was written. */
  | { readonly kind: 'duplicate'; readonly outcome: CommandOutcome }
  /** The log has grown meanwhile: read what is new and decide again; nothing was written. */
  | { readonly kind: 'conflict' };

/** Something that an administrator may have to look up later. Append-only. */
export interface AuditEntry {
  readonly atMs: number;
  readonly person: PersonKey;
  readonly kind: 'sign-in-held' | 'sign-in-hold-ended';
  readonly callId: string;
  readonly detail: string;
}

/**
 * What the hub remembers. A promise that resolves means: it survives the end of the process at any later moment.
 * Every method may reject with a `StoreError` when the database is gone; nothing is half done then.
 */
export interface Store {
  /** All or nothing: events, the command's outcome and contacts. */
  append(request: AppendRequest): Promise<AppendResult>;
  /** Events with a number above `afterSeq`, in order; none for an unknown call. */
  eventsAfter(callId: string, afterSeq: number): Promise<readonly LoggedEvent[]>;
  outcomeOf(command: CommandKey): Promise<CommandOutcome | null>;
  call(callId: string): Promise<CallRecord | null>;
  /** Calls that have not ended, oldest first. */
  openCalls(): Promise<readonly CallRecord[]>;
  recordContacts(entries: readonly ContactEntry[]): Promise<void>;
  /** The newest entry with each person, newest first. */
  recentContacts(owner: PersonKey, limit: number): Promise<readonly ContactEntry[]>;
  audit(entry: AuditEntry): Promise<void>;
  auditOf(person: PersonKey): Promise<readonly AuditEntry[]>;
  readonly values: ValueStore;
  readonly people: PeopleStore;
  readonly policies: PolicyStore;
  readonly reachAudit: ReachAudit;
  readonly meetings: MeetingStore;
  /** Drops outcomes of commands that nobody will repeat any more, and values that have expired. */
  prune(beforeMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Who belongs to a tenant, as its policy file says. */
export interface PeopleStore {
  /** In order of the key. */
  list(tid: string): Promise<readonly ListedPerson[]>;
  /**
   * All or nothing; rejects when a key stands there twice. What was remembered of people who were listed goes: the list says
   * more of them, and when it says nothing any more they are not to come back.
   */
  replace(tid: string, people: readonly ListedPerson[]): Promise<void>;
}

/** Small JSON values under a collection and an id, optionally with an end. */
export interface ValueStore {
  get(collection: string, id: string, nowMs: number): Promise<unknown>;
  set(collection: string, id: string, value: StoredValue): Promise<void>;
  delete(collection: string, id: string): Promise<void>;
  /** Ids and values of a collection that have not expired. */
  list(collection: string, nowMs: number): Promise<readonly { readonly id: string; readonly value: unknown }[]>;
  /** Removes all values of the collections that share the group, e.g. everything of one grant. */
  deleteGroup(group: string): Promise<void>;
}

export interface StoredValue {
  /** Anything that JSON can hold. */
  readonly value: unknown;
  readonly group: string | null;
  /** null = never. */
  readonly expiresAtMs: number | null;
}

export class StoreError extends Error {
  override readonly name = 'StoreError';
}
