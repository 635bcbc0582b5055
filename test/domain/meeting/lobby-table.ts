import type { Caller, LobbyMode, Meeting, MeetingSettings } from '../../../src/domain/meeting/model.ts';
import { MEETING_CLASSES } from '../../../src/domain/meeting/model.ts';

/** As published: organizer, member, guest, federated, anonymous. */
export const LOBBY_TABLE: Readonly<Record<LobbyMode, readonly ('in' | 'lobby')[]>> = {
  everyone: ['in', 'in', 'in', 'in', 'in'],
  organizationAndFederated: ['in', 'in', 'in', 'in', 'lobby'],
  organization: ['in', 'in', 'in', 'lobby', 'lobby'],
  organizationExcludingGuests: ['in', 'in', 'lobby', 'lobby', 'lobby'],
  invited: ['in', 'lobby', 'lobby', 'lobby', 'lobby'],
  organizer: ['in', 'lobby', 'lobby', 'lobby', 'lobby'],
};

/** Whether somebody may come in without being admitted, read off the table and its footnotes. */
export function maySkipLobby(
  caller: Caller,
  meeting: Meeting,
  { settings, verifiedIn }: { readonly settings: MeetingSettings; readonly verifiedIn: boolean },
): boolean {
  if (caller.class === 'anonymous' && !(settings.anonymousJoin && meeting.anonymousAllowed)) return false;
  if (meeting.kind === 'oneTime') return caller.class === 'organizer';
  if (meeting.lobby === 'invited' && caller.invited && caller.signedIn) return true;
  if (meeting.lobby === 'everyone' && caller.class === 'anonymous') return settings.anonymousCanStart || verifiedIn;
  return LOBBY_TABLE[meeting.lobby][MEETING_CLASSES.indexOf(caller.class)] === 'in';
}
