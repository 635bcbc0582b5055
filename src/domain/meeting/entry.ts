import type { PersonKey } from '../call/state.ts';
import type { Caller, LobbyMode, Meeting, MeetingSettings } from './model.ts';

/** What decides whether somebody waits, besides who they are. */
export interface Door {
  readonly meeting: Meeting;
  readonly settings: MeetingSettings;
  /** Whether the meeting's tenant accepts guests. */
  readonly guestAccess: boolean;
  /** Whether somebody who is not anonymous is in. */
  readonly verifiedPresent: boolean;
}

/** `denied`: not even the lobby. */
export type Entry =
  | { readonly kind: 'in' }
  | { readonly kind: 'lobby' }
  | { readonly kind: 'denied'; readonly code: 'anonymous-off' | 'guest-access-off' };

const IN: Entry = { kind: 'in' };
const LOBBY: Entry = { kind: 'lobby' };

export function askEntry(caller: Caller, door: Door): Entry {
  const code = whyDenied(caller, door);
  if (code !== null) return { kind: 'denied', code };
  if (mayAlwaysEnter(caller, door.meeting)) return IN;
  if (door.meeting.kind === 'oneTime') return isOfAgent(caller, door.meeting) ? IN : LOBBY;
  return lobbyModesOf(door.meeting, door.settings).every((mode) => bypasses(caller, mode, door)) ? IN : LOBBY;
}

/** Anonymous people need the tenant's switch and the organizer's, guests the tenant's guest access. */
export function whyDenied(
  caller: Caller,
  { meeting, settings, guestAccess }: Omit<Door, 'verifiedPresent'>,
): 'anonymous-off' | 'guest-access-off' | null {
  if (caller.class === 'anonymous' && !(settings.anonymousJoin && meeting.anonymousAllowed)) return 'anonymous-off';
  return caller.class === 'guest' && !guestAccess ? 'guest-access-off' : null;
}

/**
 * What a meeting's lobby goes by. Once the tenant has forbidden what the organizer chose, both that and the tenant's default
 * have to let somebody pass: neither side is overruled towards more openness.
 */
export const lobbyModesOf = (meeting: Meeting, { lobby }: MeetingSettings): readonly LobbyMode[] =>
  lobby.allowed.includes(meeting.lobby) ? [meeting.lobby] : [meeting.lobby, lobby.default];

function bypasses(caller: Caller, mode: LobbyMode, { settings, verifiedPresent }: Door): boolean {
  switch (mode) {
    case 'everyone':
      return caller.class !== 'anonymous' || verifiedPresent || settings.anonymousCanStart;
    case 'organizationAndFederated':
      return caller.class !== 'anonymous';
    case 'organization':
      return caller.class === 'organizer' || caller.class === 'member' || caller.class === 'guest';
    case 'organizationExcludingGuests':
      return caller.class === 'organizer' || caller.class === 'member';
    case 'invited':
      return caller.class === 'organizer' || (caller.signedIn && caller.invited);
    case 'organizer':
      return caller.class === 'organizer';
  }
}

/** Co-organizers as well: whoever runs a meeting with the organizer cannot wait for the organizer to let them in. */
const mayAlwaysEnter = (caller: Caller, meeting: Meeting): boolean =>
  caller.class === 'organizer' || (caller.class === 'member' && meeting.coOrganizers.includes(caller.person));

/** On the side of whoever made the one-time call: colleagues that were named. Every customer waits, recognised or not. */
const isOfAgent = (caller: Caller, meeting: Meeting): boolean =>
  caller.class === 'member' &&
  (isInvitedByAccount(meeting, caller.person) || meeting.presenters.includes(caller.person));

const isInvitedByAccount = (meeting: Meeting, person: PersonKey): boolean =>
  meeting.invitees.some((invitee) => invitee.kind === 'account' && invitee.person === person);
