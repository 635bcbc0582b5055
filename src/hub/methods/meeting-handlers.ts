import type { HubMethodName } from '../../protocol/types.ts';
import type { MeetingService } from '../meetings/methods.ts';
import type { Handler, Handlers, PeerHandler } from './handler.ts';

type AfterHello = <M extends HubMethodName>(handle: PeerHandler<M>) => Handler<M>;

/**
 * Methods of meetings.
 * @param afterHello for those who wait or leave
 * @param inTenant for those whom their tenant still lets in: guests may have been shut out since they came
 */
export function createMeetingHandlers(
  service: MeetingService,
  afterHello: AfterHello,
  inTenant: AfterHello,
): Pick<Handlers, keyof MeetingService> {
  return {
    meetings: inTenant(service.meetings),
    meeting: inTenant(service.meeting),
    checkMeeting: inTenant(service.checkMeeting),
    planMeeting: inTenant(service.planMeeting),
    meetNow: inTenant(service.meetNow),
    createOneTimeCall: inTenant(service.createOneTimeCall),
    changeMeeting: inTenant(service.changeMeeting),
    cancelMeeting: inTenant(service.cancelMeeting),
    joinLink: inTenant(service.joinLink),
    revokeLink: inTenant(service.revokeLink),
    invitation: inTenant(service.invitation),
    sendInvitation: inTenant(service.sendInvitation),
    leaveLobby: afterHello(service.leaveLobby),
    admit: inTenant(service.admit),
    deny: inTenant(service.deny),
    admitAll: inTenant(service.admitAll),
    denyAll: inTenant(service.denyAll),
  };
}
