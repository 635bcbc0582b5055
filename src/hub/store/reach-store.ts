import type { RefusalCode } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { ReachAction, ReachRefusal, RuleStep, TenantPolicy } from '../../domain/reach/model.ts';
import type { ListedPerson } from '../directory/person.ts';

/** Who decided on a policy: a person; the demo's file or the configuration at a start; somebody at the hub's console. */
export type PolicyAuthor = PersonKey | 'file' | 'configuration' | 'console';

/** What a tenant has decided, at one moment. Revisions are numbered 1, 2, 3, … for each tenant. */
export interface PolicyRevision {
  readonly tid: string;
  readonly revision: number;
  readonly policy: TenantPolicy;
  readonly by: PolicyAuthor;
  /** ms since the epoch. */
  readonly atMs: number;
}

/**
 * A rule as the administrators of one tenant may see it. Of another tenant's rules they learn no more than whom it does not
 * accept: `other-tenant`, with their own domain as its entry.
 */
export interface AuditStep extends Omit<RuleStep, 'rule' | 'from' | 'to'> {
  readonly rule: RuleStep['rule'] | 'other-tenant';
  readonly from: PersonKey | null;
  readonly to: PersonKey | null;
}

/** Of refusals that come often. */
export interface Repeated {
  /** Stands for so many more of the same, after the first one of this reference. */
  readonly times?: number;
  /** Of this person nothing more is written within the hour. */
  readonly isLast?: boolean;
}

/** What happened, without anything that people said or showed. */
export type AuditedReach =
  | (Repeated & {
      readonly kind: 'refused';
      readonly actor: PersonKey;
      readonly action: ReachAction;
      /** null where it was about everybody at once, or nobody was looked up. */
      readonly target: PersonKey | null;
      /** Of a full mail address that was searched for: whose border it is about. */
      readonly domain: string | null;
      readonly present: readonly PersonKey[];
      readonly code: ReachRefusal;
      /** In the order in which they were asked; none where there is nobody with the target's key. */
      readonly rules: readonly AuditStep[];
    })
  | (Repeated & {
      readonly kind: 'sign-in-refused';
      readonly actor: PersonKey;
      readonly code: 'licence-missing' | 'guest-on-headset' | ReachRefusal;
    })
  /** At the door of a meeting of the tenant's. */
  | (Repeated & {
      readonly kind: 'door-refused';
      readonly actor: PersonKey;
      readonly meetingId: string;
      readonly code: RefusalCode;
    })
  /** Somebody was taken out of a running call, or stopped ringing in it. */
  | (Repeated & {
      readonly kind: 'removed';
      readonly actor: PersonKey;
      readonly callId: string;
      readonly present: readonly PersonKey[];
      readonly code: ReachRefusal;
      readonly rules: readonly AuditStep[];
    })
  | {
      readonly kind: 'policy-changed';
      readonly by: PolicyAuthor;
      readonly revision: number;
      /** Which parts of the policy are not as before; `people` too where the list of people was replaced. */
      readonly changed: readonly (keyof TenantPolicy | 'people')[];
    }
  /** An administrator has read all of it. */
  | { readonly kind: 'exported'; readonly by: PersonKey; readonly what: 'policy' | 'audit' }
  /** By the hub's own grant, which counts beside the role in the token. */
  | {
      readonly kind: 'administrator-changed';
      readonly by: PolicyAuthor;
      readonly person: PersonKey;
      readonly granted: boolean;
    };

/** One record for the administrators of one tenant. */
export interface ReachRecord {
  readonly tid: string;
  /** Short; the person who was refused can quote it. The same in every tenant that has a record of the same refusal. */
  readonly reference: string;
  /** ms since the epoch. */
  readonly atMs: number;
  readonly what: AuditedReach;
}

/** A record with its place, larger for later ones. */
export interface PlacedRecord extends ReachRecord {
  readonly place: number;
}

export interface PolicyStore {
  /** The newest revision of each tenant, in order of the tenant's id. */
  current(): Promise<readonly PolicyRevision[]>;
  /** The number of the newest revision of each tenant: cheap enough to be asked every few seconds. */
  newest(): Promise<ReadonlyMap<string, number>>;
  /**
   * Writes a revision together with its record, and the list of people in place of the one before where there is one: all or
   * nothing. @returns false when the number is taken, and then nothing is written
   */
  add(revision: PolicyRevision, record: ReachRecord, people?: readonly ListedPerson[] | null): Promise<boolean>;
  /** Forgets a tenant's revisions from before this moment, but never one of the newest `keep`. */
  prune(tid: string, beforeMs: number, keep: number): Promise<void>;
}

export interface ReachAudit {
  /** All or nothing. */
  write(records: readonly ReachRecord[]): Promise<void>;
  /** A page of a tenant's records, newest first. @param beforePlace null for the first page */
  newest(tid: string, beforePlace: number | null, limit: number): Promise<readonly PlacedRecord[]>;
  /** The newest record with this reference. */
  byReference(tid: string, reference: string): Promise<PlacedRecord | null>;
  /** Forgets a tenant's records from before this moment. */
  prune(tid: string, beforeMs: number): Promise<void>;
}
