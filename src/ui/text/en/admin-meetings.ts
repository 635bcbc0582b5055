import type { LobbyMode } from '../../../domain/meeting/model.ts';

/** Words of what a company has decided about its meetings. */
export const adminMeetings = {
  'meetingSettings.title': 'Meetings and the lobby',
  'meetingSettings.now': 'Now: {value}',
  'meetingSettings.then': 'Then: {value}',
  'meetingSettings.atOnce': 'It holds at once, for whoever waits in a lobby, too.',
  'meetingSettings.lobby': 'Who comes in without waiting, unless the organizer decides',
  'meetingSettings.allowed': 'What organizers may choose for that',
  'meetingSettings.anonymousJoin': 'People without an account',
  'meetingSettings.anonymousJoinYes': 'may join by a link, where the organizer allows it',
  'meetingSettings.anonymousJoinNo': 'may not join any meeting',
  'meetingSettings.anonymousCanStart': 'Where everyone comes in, people without an account',
  'meetingSettings.anonymousCanStartYes': 'come in even before anybody else',
  'meetingSettings.anonymousCanStartNo': 'wait until somebody with an account is there',
  'meetingSettings.headset': 'Letting people in from a headset',
  'meetingSettings.headsetYes': 'allowed',
  'meetingSettings.headsetNo': 'not allowed: it takes a desk',
  'meetingSettings.link': 'The link of a one-time call works',
  'meetingSettings.linkHours': 'until {hours} hours after its planned end',
  'meetingSettings.linkHour': 'until an hour after its planned end',
  'lobbyMode.everyone': 'everyone',
  'lobbyMode.organizationAndFederated': 'your company and trusted companies',
  'lobbyMode.organization': 'your company and its guests',
  'lobbyMode.organizationExcludingGuests': 'your company without guests',
  'lobbyMode.invited': 'invited people',
  'lobbyMode.organizer': 'the organizer alone',
} as const satisfies Readonly<Record<string, string>> & Readonly<Record<`lobbyMode.${LobbyMode}`, string>>;
