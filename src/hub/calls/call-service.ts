import { isIn } from '../../domain/call/queries.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import { isAnonymous } from '../../domain/meeting/anonymous.ts';
import type { ReachAction } from '../../domain/reach/model.ts';
import type { CallLog as CallLogMessage } from '../../protocol/types.ts';
import { joinMeeting } from '../meetings/joining.ts';
import { mayInCall, rightOfCommand } from '../meetings/rights.ts';
import type { Peer } from '../people/peer.ts';
import type { Asked } from '../reach/reach.ts';
import { ruleOfCommand } from '../reach/rules-of-methods.ts';
import { addSomebody } from './add.ts';
import { logAfterwards } from './afterwards.ts';
import {
  type Answer,
  askedOf,
  type CallContext,
  type Caller,
  callsIn,
  placeOf,
  type Request,
  readLog,
} from './context.ts';
import { callSomebody } from './direct.ts';
import type { OpenCall } from './open-calls.ts';
import { createSerial } from './serial.ts';

/** What people may do with calls: the rules between calls; those within one are `decide`'s. Rejects when the store does. */
export interface CallService {
  call(caller: Caller, request: Request<'call'>): Answer<'call'>;
  add(caller: Caller, request: Request<'add'>): Answer<'add'>;
  joinMeeting(peer: Peer, request: Request<'joinMeeting'>): Answer<'joinMeeting'>;
  command(caller: Caller, request: Request<'command'>): Answer<'command'>;
  resume(caller: Caller, request: Request<'resume'>): Answer<'resume'>;
  /** The open calls of a person, and what became of others that the page still holds open. */
  logsFor(caller: Caller, known: Request<'hello'>['resume']): Promise<readonly CallLogMessage[]>;
}

export function createCallService(options: Omit<CallContext, 'inTurn'>): CallService {
  const serial = createSerial();
  const context: CallContext = { ...options, inTurn: (work) => serial('between calls', work) };
  const service: CallService = {
    call: (caller, request) => callSomebody(context, caller, request),
    add: (caller, request) => addSomebody(context, caller, request),
    joinMeeting: (peer, request) => joinMeeting(context.meetings, context, peer, request),
    command: (caller, request) => runCommand(context, caller, request),
    resume: (caller, request) => context.rules.during(() => resume(context, caller, request)),
    async logsFor(caller, known) {
      const after = new Map(known.map(({ callId, afterSeq }) => [callId, afterSeq]));
      for (const { record } of options.log.open.of(caller.person))
        if (!after.has(record.callId)) after.set(record.callId, 0);
      const logs = await Promise.all(
        [...after].map(([callId, afterSeq]) => service.resume(caller, { callId, afterSeq })),
      );
      return logs.flatMap((result) => (result.ok ? [result.value] : []));
    },
  };
  return service;
}

async function resume(
  context: CallContext,
  caller: Caller,
  { callId, afterSeq }: Request<'resume'>,
): Promise<Result<CallLogMessage>> {
  const { reach, guard } = context;
  // For whoever cannot say who they are, there are no calls but those that they are in.
  if (isAnonymous(caller.person) && memberIn(context, caller, callId) === undefined) return refuse('call-unknown');
  const joins = await reach.ask(askedOfMember(context, caller, { callId, action: 'join' }));
  // Who may no longer be with the others is told how it ended, and nothing after that.
  if (!joins.ok) {
    await guard.check(callId);
    // Of the call that they are in no more nothing stands in the way of what was said until then.
    const again = await reach.ask(askedOfMember(context, caller, { callId, action: 'join' }));
    if (!again.ok) return again;
  }
  const log = await readLog(context, caller, { callId, afterSeq });
  const isOver = context.log.open.get(callId) === undefined;
  return log.ok && isOver ? accept(await logAfterwards(context, caller, { log: log.value, afterSeq })) : log;
}

/** The call, for somebody who is in it or rung by it. */
function memberIn({ log }: CallContext, { person }: Caller, callId: string): OpenCall | undefined {
  const call = log.open.get(callId);
  const state = call?.state.participants[person]?.state;
  return state === undefined || state === 'left' ? undefined : call;
}

/** Who is in no such call has nobody to be asked about: what the call's own rules say of that comes after. */
function askedOfMember(
  context: CallContext,
  caller: Caller,
  { callId, action }: { readonly callId: string; readonly action: ReachAction },
): Asked {
  const call = memberIn(context, caller, callId);
  const asked = askedOf(action, caller, call, call === undefined ? 'none' : placeOf(call));
  return call === undefined ? asked : { ...asked, outsiders: context.outsidersOf(call) };
}

/** What the meeting that the call is of allows this person. */
function mayDo(context: CallContext, caller: Caller, { callId, command }: Request<'command'>): Result<null> {
  const right = rightOfCommand(command);
  const call = right === null ? undefined : context.log.open.get(callId);
  if (right === null || call === undefined) return accept(null);
  return mayInCall(context.meetings.doors, call, caller, right);
}

/** Whoever is rung into a meeting holds a place at its door; who has none any more came too late. */
function hasPlace({ log, meetings }: CallContext, { person }: Caller, callId: string): boolean {
  const call = log.open.get(callId);
  if (call === undefined || call.record.meetingId === null || isIn(call.state.participants[person])) return true;
  return meetings.doors.busyAt(call.record.meetingId)?.state.inside[person] !== undefined;
}

async function runCommand(context: CallContext, caller: Caller, request: Request<'command'>): Answer<'command'> {
  const { log, store, inTurn, rules } = context;
  const { callId, commandId, command } = request;
  const action = ruleOfCommand(command);
  const actor = { kind: 'person', person: caller.person, name: caller.name, device: caller.device } as const;
  const key = { scope: callId, person: caller.person, commandId };
  const run = () =>
    rules.during(async () => {
      const reach =
        action === 'self' ? null : await context.reach.ask(askedOfMember(context, caller, { callId, action }));
      if (reach?.ok === false) return reach;
      const may = mayDo(context, caller, request);
      return may.ok ? log.run(callId, [{ command, actor }], key) : may;
    });
  const answerIfFree = async () => {
    if (!hasPlace(context, caller, callId)) return refuse('not-ringing', 'no place any more');
    const elsewhere = callsIn(log, caller.person).some(({ record }) => record.callId !== callId);
    const earlier = elsewhere ? await store.outcomeOf(key) : null;
    return elsewhere && earlier === null ? refuse('already-in-call') : run();
  };
  const outcome = command.type === 'answer' ? await inTurn(answerIfFree) : await run();
  return outcome.ok ? accept({ seq: outcome.value.seq }) : outcome;
}
