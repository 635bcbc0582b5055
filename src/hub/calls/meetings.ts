import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { MediaState, PersonKey } from '../../domain/call/state.ts';
import { isJoinable } from '../../domain/meeting/joinable.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { DirectoryMeeting } from '../directory/directory.ts';
import type { CommandKey, CommandOutcome } from '../store/store.ts';
import type { CallLog } from './call-log.ts';
import {
  type Answer,
  askedOf,
  type CallContext,
  type Caller,
  callsIn,
  HUB,
  joinStep,
  type Request,
  startKey,
  wholeLog,
} from './context.ts';
import type { OpenCall } from './open-calls.ts';

/** Organizer and invitees come in; nobody is rung. The first one opens the meeting's call, the last one closes it. */
export async function joinMeeting(
  context: CallContext,
  caller: Caller,
  request: Request<'joinMeeting'>,
): Answer<'call'> {
  const meeting = await context.directory.meeting(caller.account.tid, request.meetingId);
  if (meeting === null || !isExpected(meeting, caller.person)) return refuse('not-found');
  const key = startKey(caller, request.commandId);
  return context.inTurn(async () => {
    const joins = await context.reach.ask(askedOf('join', caller, callOfMeeting(context.log, meeting), 'meeting'));
    if (!joins.ok) return joins;
    const earlier = await context.store.outcomeOf(key);
    const entry = { key, meeting, media: request.media };
    const outcome = earlier === null ? await enter(context, caller, entry) : accept(earlier);
    return outcome.ok ? wholeLog(context, outcome.value) : outcome;
  });
}

export const isExpected = (meeting: DirectoryMeeting, person: PersonKey): boolean =>
  meeting.organizer === person || meeting.invitees.includes(person);

/** The call in which the meeting is held now. */
export const callOfMeeting = (log: CallLog, meeting: DirectoryMeeting): OpenCall | undefined =>
  log.open.all().find(({ record }) => record.meetingId === meeting.meetingId && record.tid === meeting.tid);

interface Entry {
  readonly key: CommandKey;
  readonly meeting: DirectoryMeeting;
  readonly media: MediaState;
}

async function enter(context: CallContext, caller: Caller, entry: Entry): Promise<Result<CommandOutcome>> {
  const { log, clock } = context;
  const { key, meeting, media } = entry;
  const call = callOfMeeting(log, meeting);
  const elsewhere = callsIn(log, caller.person).some(({ record }) => record.callId !== call?.record.callId);
  if (elsewhere) return refuse('already-in-call');
  const wasThere = call?.state.participants[caller.person] !== undefined;
  if (!wasThere && !isJoinable(meeting, clock.nowMs(), LIMITS.joinableBeforeMs)) return refuse('meeting-not-joinable');
  if (call === undefined) return open(context, caller, entry);
  return log.run(call.record.callId, [joinStep(caller, media)], key);
}

function open(context: CallContext, caller: Caller, entry: Entry): Promise<Result<CommandOutcome>> {
  const { key, meeting, media } = entry;
  const call = { kind: 'meeting', meetingId: meeting.meetingId } as const;
  const record = { ...call, callId: context.newId(), tid: meeting.tid, createdAtMs: context.clock.nowMs() };
  const create = { actor: HUB, command: { ...call, type: 'create', title: meeting.title } } as const;
  return context.log.create(record, [create, joinStep(caller, media)], key);
}
