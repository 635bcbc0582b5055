import type { PersonKey } from '../call/state.ts';

/** Who comes in without waiting; everybody else waits in the lobby. */
export const LOBBY_MODES = [
  'everyone',
  'organizationAndFederated',
  'organization',
  'organizationExcludingGuests',
  'invited',
  'organizer',
] as const;
export type LobbyMode = (typeof LOBBY_MODES)[number];

export const MEETING_KINDS = ['scheduled', 'meetNow', 'oneTime'] as const;
/** `meetNow`: at once, by link; `oneTime`: two people, by a link that works for one customer. */
export type MeetingKind = (typeof MEETING_KINDS)[number];

/** Somebody by account, or by an address that need not belong to anybody known. */
export type Invitee =
  | { readonly kind: 'account'; readonly person: PersonKey }
  /** Lower case, its domain as ASCII (IDNA): whoever reads it makes it so. */
  | { readonly kind: 'mail'; readonly mail: string };

/** An event of the organizer's own calendar. */
export interface CalendarRef {
  /** In that mailbox alone. */
  readonly eventId: string;
  /** The same in everybody's calendar (iCalendar's UID). */
  readonly uid: string;
}

export interface Meeting {
  readonly tid: string;
  readonly meetingId: string;
  readonly kind: MeetingKind;
  readonly title: string;
  /** ms since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
  /** IANA name of the zone that it was planned in, for showing and editing its times. */
  readonly zone: string;
  /** A member of the tenant, as the co-organizers are. */
  readonly organizer: PersonKey;
  readonly coOrganizers: readonly PersonKey[];
  /** They admit too. */
  readonly presenters: readonly PersonKey[];
  readonly invitees: readonly Invitee[];
  readonly lobby: LobbyMode;
  /** The organizer's own switch; the tenant has another one. */
  readonly anonymousAllowed: boolean;
  readonly cancelled: boolean;
  /** Grows by one with every change. */
  readonly revision: number;
  /** Where its subject and its times are at home; without one that is the hub. */
  readonly calendar?: CalendarRef;
}

/** What a tenant has decided about its meetings. */
export interface MeetingSettings {
  readonly lobby: {
    readonly default: LobbyMode;
    /** What organizers may choose. Holds the default. */
    readonly allowed: readonly LobbyMode[];
  };
  readonly anonymousJoin: boolean;
  /** Under `everyone`: anonymous people come in before anybody verified has. */
  readonly anonymousCanStart: boolean;
  readonly headsetMayAdmit: boolean;
  /** How long after the scheduled end a one-time link works. */
  readonly oneTimeLinkHours: number;
}

/** As published for new organisations, and as the rules of the lobby have it. */
export const DEFAULT_MEETING_SETTINGS: MeetingSettings = {
  lobby: { default: 'organization', allowed: LOBBY_MODES },
  anonymousJoin: true,
  anonymousCanStart: false,
  headsetMayAdmit: false,
  oneTimeLinkHours: 24,
};

export const MEETING_CLASSES = ['organizer', 'member', 'guest', 'federated', 'anonymous'] as const;
/** Towards a meeting's tenant. `anonymous`: also signed-in people of tenants that are not mutually trusted. */
export type MeetingClass = (typeof MEETING_CLASSES)[number];

/** Somebody at the door, as the rules of meetings see them. */
export interface Caller {
  readonly person: PersonKey;
  readonly name: string;
  readonly class: MeetingClass;
  /** Only then is the name more than what somebody typed. */
  readonly signedIn: boolean;
  readonly invited: boolean;
}

export const isVerified = (caller: Caller): boolean => caller.class !== 'anonymous';

export const sameCaller = (a: Caller, b: Caller): boolean =>
  a.person === b.person &&
  a.name === b.name &&
  a.class === b.class &&
  a.signedIn === b.signedIn &&
  a.invited === b.invited;
