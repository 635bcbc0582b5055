import { refuse } from '../../domain/call/refusal.ts';

/** Methods of meetings. */
export function createMeetingHandlers() {
  const unknown = async () => refuse('unknown-method');
  return {
    meeting: unknown,
    checkMeeting: unknown,
    planMeeting: unknown,
    meetNow: unknown,
    createOneTimeCall: unknown,
    changeMeeting: unknown,
    cancelMeeting: unknown,
    joinLink: unknown,
    revokeLink: unknown,
    invitation: unknown,
    sendInvitation: unknown,
    leaveLobby: unknown,
    admit: unknown,
    deny: unknown,
    admitAll: unknown,
    denyAll: unknown,
  };
}
