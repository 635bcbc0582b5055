import type { HubMethodName, HubMethods } from '../../protocol/types.ts';
import type { HubConnection } from '../connection/hub-connection.ts';
import { notConnected } from '../connection/not-connected.ts';
import type { Answer, Planner } from './types.ts';

export function createPlanner(hub: Pick<HubConnection, 'invoke'>, newId: () => string): Planner {
  const ask = async <M extends HubMethodName>(method: M, request: HubMethods[M]['request']): Answer<M> =>
    (await hub.invoke(method, request)) ?? notConnected();
  /** Asked once more with the same id where no answer came: it takes effect once. */
  const make = async <M extends 'planMeeting' | 'meetNow' | 'createOneTimeCall'>(
    method: M,
    request: HubMethods[M]['request'],
  ): Answer<M> => (await hub.invoke(method, request)) ?? (await ask(method, request));
  return {
    list: (range) => ask('meetings', { range }),
    calendar: (range, opened) => ask('calendar', { range, opened }),
    details: (meetingId) => ask('meeting', { meetingId }),
    check: (meetingId, draft) => ask('checkMeeting', { meetingId, draft }),
    plan: (draft) => make('planMeeting', { commandId: newId(), draft }),
    change: (meetingId, revision, draft) => ask('changeMeeting', { meetingId, revision, draft }),
    cancel: (meetingId, revision) => ask('cancelMeeting', { meetingId, revision }),
    meetNow: (title, zone) => make('meetNow', { commandId: newId(), title, zone }),
    createOneTimeCall: (wish) => make('createOneTimeCall', { ...wish, commandId: newId() }),
    joinLink: (meetingId) => ask('joinLink', { meetingId }),
    revokeLink: (meetingId) => ask('revokeLink', { meetingId }),
    invitation: (meetingId) => ask('invitation', { meetingId }),
    sendInvitation: (request) => ask('sendInvitation', request),
  };
}
