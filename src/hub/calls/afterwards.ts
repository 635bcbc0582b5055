import type { LoggedEvent } from '../../domain/call/event.ts';
import type { DeviceKind } from '../../domain/call/state.ts';
import type { CallLog as CallLogMessage } from '../../protocol/types.ts';
import { hasPart } from '../meetings/book.ts';
import type { CallContext, Caller } from './context.ts';

/**
 * As much of the log of a call that is over as somebody may still read: for whoever came to it by a link, how it ended, numbered on
 * from what their page has, which asks for nothing in between.
 * @param log what came after `afterSeq`
 */
export async function logAfterwards(
  context: CallContext,
  caller: Caller,
  { log, afterSeq }: { readonly log: CallLogMessage; readonly afterSeq: number },
): Promise<CallLogMessage> {
  const isHistory = isLinkPage(caller.device.kind) || (await isCustomer(context, caller, log.callId));
  if (!isHistory) return log;
  const ends = log.events.filter((logged) => isEnd(caller, logged));
  return { ...log, events: ends.map((logged, at) => ({ ...logged, seq: afterSeq + at + 1 })) };
}

const isLinkPage = (kind: DeviceKind): boolean => kind === 'join' || kind === 'phone';

/** Of a one-time call, from whatever page: its log stays with the agent. */
async function isCustomer({ store, meetings }: CallContext, { person }: Caller, callId: string): Promise<boolean> {
  const record = await store.call(callId);
  if (record === null || record.meetingId === null) return false;
  const found = await meetings.book.find({ tid: record.tid, meetingId: record.meetingId });
  return found === null || (found.meeting.kind === 'oneTime' && !hasPart(found.meeting, person));
}

const isEnd = ({ person }: Caller, { event }: LoggedEvent): boolean =>
  event.type === 'ended' || (event.type === 'left' && event.person === person);
