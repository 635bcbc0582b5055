import type { HubMethodName } from '../../protocol/types.ts';
import type { Hub } from '../hub.ts';
import type { MeetingService } from '../meetings/methods.ts';
import type { Handler, Handlers, PeerHandler } from './handler.ts';

type AfterHello = <M extends HubMethodName>(handle: PeerHandler<M>) => Handler<M>;

/**
 * Methods of meetings.
 * @param afterHello for those who wait or leave
 * @param inTenant for those whom their tenant still lets in: guests may have been shut out since they came
 */
export function createMeetingHandlers(
  { meetings: { service }, rules }: Pick<Hub, 'meetings' | 'rules'>,
  afterHello: AfterHello,
  inTenant: AfterHello,
): Pick<Handlers, keyof MeetingService> {
  /** What asks whom the rules let meet, and keeps what it was told. */
  const underRules: AfterHello = (handle) =>
    inTenant((peer, request, wire) => rules.during(() => handle(peer, request, wire)));
  return {
    meetings: inTenant(service.meetings),
    calendar: inTenant(service.calendar),
    meeting: inTenant(service.meeting),
    checkMeeting: inTenant(service.checkMeeting),
    planMeeting: underRules(service.planMeeting),
    meetNow: inTenant(service.meetNow),
    createOneTimeCall: inTenant(service.createOneTimeCall),
    changeMeeting: underRules(service.changeMeeting),
    cancelMeeting: inTenant(service.cancelMeeting),
    joinLink: inTenant(service.joinLink),
    revokeLink: inTenant(service.revokeLink),
    invitation: inTenant(service.invitation),
    sendInvitation: inTenant(service.sendInvitation),
    leaveLobby: afterHello(service.leaveLobby),
    admit: underRules(service.admit),
    deny: underRules(service.deny),
    admitAll: underRules(service.admitAll),
    denyAll: underRules(service.denyAll),
  };
}
