import type { PersonKey } from '../call/state.ts';
import type { MeetingSettings } from '../meeting/model.ts';

export const ACCOUNT_KINDS = ['internal', 'service', 'guest'] as const;
/** A service account is a member made for a vendor's person; a guest's home is another tenant, or none. */
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** Somebody as the rules of reach see them: the account that is signed in, in the tenant that vouches for it. */
export interface Account {
  readonly key: PersonKey;
  readonly tid: string;
  readonly kind: AccountKind;
  /** Lower case, its domain as ASCII (IDNA). A guest's address belongs to the home. */
  readonly mail: string;
  /** Of a guest whose home tenant is known; null for everybody else. */
  readonly homeTid: string | null;
  /** Directory groups and attributes that segments are made of; null while nobody has read them. */
  readonly groups: readonly string[] | null;
  /** Shown to nobody, reached by nobody. */
  readonly hidden: boolean;
  readonly external: PersonalExternalAccess;
}

export type ExternalMode =
  | { readonly kind: 'open' }
  /** Exactly these domains; never their subdomains. */
  | { readonly kind: 'allow'; readonly domains: readonly string[] }
  | { readonly kind: 'block'; readonly domains: readonly string[]; readonly blockSubdomains: boolean }
  | { readonly kind: 'none' };

/** What one person may do across the company's border, within the tenant's master switch. */
export interface PersonalExternalAccess {
  readonly enabled: boolean;
  readonly mode: ExternalMode | { readonly kind: 'default' };
}

/** The tenant's own external access. */
export interface ExternalAccess {
  /** The master switch: off beats every personal setting. */
  readonly enabled: boolean;
  readonly mode: ExternalMode;
}

export interface Segment {
  readonly name: string;
  /** Whoever is in one of these groups belongs to the segment. */
  readonly groups: readonly string[];
  /** And these people. */
  readonly people: readonly PersonKey[];
}

export interface BarrierPolicy {
  readonly name: string;
  /** The segment that it governs. */
  readonly segment: string;
  /** Inactive policies do nothing. */
  readonly active: boolean;
  readonly rule: 'allow' | 'block';
  /** Names of segments. */
  readonly targets: readonly string[];
}

export interface Barriers {
  /** `single`: at most one segment for each person; `multi`: up to ten, allow policies only. */
  readonly mode: 'single' | 'multi';
  /** An allow policy then denies people without a segment, as older tenants do. */
  readonly legacy: boolean;
  readonly policies: readonly BarrierPolicy[];
}

export interface Team {
  readonly name: string;
  readonly members: readonly PersonKey[];
}

export interface GuestAccess {
  readonly enabled: boolean;
  /** `teams`: guests reach the people of the teams they share; `tenant`: all members and guests. */
  readonly reach: 'teams' | 'tenant';
}

/** Everything that a tenant has decided about who may reach whom. */
export interface TenantPolicy {
  readonly tid: string;
  readonly name: string;
  /** Lower-case ASCII (IDNA), without a trailing dot; the first one is the tenant's own name to others. */
  readonly domains: readonly string[];
  readonly segments: readonly Segment[];
  readonly barriers: Barriers;
  readonly external: ExternalAccess;
  readonly guests: GuestAccess;
  readonly teams: readonly Team[];
  /** About meetings and their lobby. Absent from policies of before there were such settings: then it is as by default. */
  readonly meetings?: MeetingSettings;
  /** How long audit records are kept, and meetings that are over. */
  readonly auditRetentionDays: number;
}

/**
 * The policies of all tenants of a hub at one moment. Policies and accounts never change in place: what follows from them is
 * kept per object.
 */
export interface ReachWorld {
  tenant(tid: string): TenantPolicy | undefined;
  /** @param domain lower-case ASCII without a trailing dot: whoever reads a file or an address makes it so (IDNA) */
  tenantOfDomain(domain: string): TenantPolicy | undefined;
}

export const REACH_ACTIONS = [
  'find',
  'recent',
  'presence',
  'chat',
  'call',
  'add',
  'addToTeam',
  'invite',
  'join',
  'signal',
  'shareScreen',
  'shareFiles',
  'annotate',
] as const;
export type ReachAction = (typeof REACH_ACTIONS)[number];

/**
 * May `actor` do `action` with `target`, where `present` are already?
 * `present` are the people of the call, chat, team or meeting that it is about, without the two; `target` is null where the
 * action is with all of them at once (`join`, `shareScreen`, `annotate` …).
 */
export interface ReachQuestion {
  readonly action: ReachAction;
  readonly actor: Account;
  readonly target: Account | null;
  readonly present: readonly Account[];
  /** Meetings admit federated people where a group call does not. */
  readonly place: 'call' | 'meeting' | 'none';
}

/** Closed; each has its sentence in the text catalogue. */
export const REACH_REFUSALS = [
  /** Also for somebody who exists and may not be found. */
  'not-found',
  /** Two people who know of each other (a recent contact, a group) may not be together. */
  'barrier',
  /** The two tenants do not trust each other: decided by the domains alone. */
  'external-off',
  'external-no-group',
  'external-no-files',
  /** The guest shares no team with somebody who is there. */
  'guest-no-team',
  'guest-access-off',
  /** E.g. a call to oneself. */
  'not-allowed',
] as const;
export type ReachRefusal = (typeof REACH_REFUSALS)[number];

export const REACH_RULES = [
  'self',
  'hidden',
  'barrier-none',
  'barrier-allow',
  'barrier-block',
  'barrier-unsegmented',
  'barrier-multi',
  /** Segments are made of groups, and this person's have not been read: until then nobody is reached. */
  'barrier-unread',
  'guest-access',
  'guest-team',
  'guest-tenant',
  /** A guest account has no way out of the tenant that it is a guest of. */
  'guest-external',
  'external-master',
  'external-person',
  'external-person-mode',
  'external-tenant-mode',
  'external-group',
  'external-files',
  'tenant-unknown',
  /** Everything was permitted, but there is nobody. */
  'nobody',
] as const;
export type ReachRule = (typeof REACH_RULES)[number];

/** One rule that was asked, in order. For the audit record and administrators alone: it names what people must not learn. */
export interface RuleStep {
  /** Whose rule: administrators of other tenants must not see its `policy`, `segment` and `entry`. */
  readonly tid: string;
  readonly rule: ReachRule;
  /** From whose side, towards whom; empty where there is nobody. */
  readonly from: PersonKey;
  readonly to: PersonKey;
  readonly outcome: 'allows' | 'denies';
  readonly policy: string | null;
  readonly segment: string | null;
  /** The entry of a list that decided, e.g. a domain, a target segment, a team. */
  readonly entry: string | null;
}

export interface Allowed {
  readonly allowed: true;
  readonly steps: readonly RuleStep[];
}

export interface Refused {
  readonly allowed: false;
  readonly code: ReachRefusal;
  /** Up to the pair of people that was refused, both of its sides. */
  readonly steps: readonly RuleStep[];
  /** The first of the steps that denied. */
  readonly decidedBy: RuleStep;
}

export type Verdict = Allowed | Refused;
