import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { CallLog as CallLogMessage } from '../../protocol/types.ts';
import { addSomebody } from './add.ts';
import { type Answer, type CallContext, type Caller, callsIn, type Request } from './context.ts';
import { callSomebody } from './direct.ts';
import { joinMeeting } from './meetings.ts';
import { createSerial } from './serial.ts';
import { visibleTo } from './visible.ts';

/** What people may do with calls: the rules between calls; those within one are `decide`'s. Rejects when the store does. */
export interface CallService {
  call(caller: Caller, request: Request<'call'>): Answer<'call'>;
  add(caller: Caller, request: Request<'add'>): Answer<'add'>;
  joinMeeting(caller: Caller, request: Request<'joinMeeting'>): Answer<'joinMeeting'>;
  command(caller: Caller, request: Request<'command'>): Answer<'command'>;
  resume(person: PersonKey, request: Request<'resume'>): Answer<'resume'>;
  /** The open calls of a person, and what became of others that the page still holds open. */
  logsFor(person: PersonKey, known: Request<'hello'>['resume']): Promise<readonly CallLogMessage[]>;
}

export function createCallService(options: Omit<CallContext, 'inTurn'>): CallService {
  const serial = createSerial();
  const context: CallContext = { ...options, inTurn: (work) => serial('between calls', work) };
  return {
    call: (caller, request) => callSomebody(context, caller, request),
    add: (caller, request) => addSomebody(context, caller, request),
    joinMeeting: (caller, request) => joinMeeting(context, caller, request),
    command: (caller, request) => runCommand(context, caller, request),
    resume: (person, request) => resume(context, person, request),
    async logsFor(person, known) {
      const after = new Map(known.map(({ callId, afterSeq }) => [callId, afterSeq]));
      for (const { record } of options.log.open.of(person)) if (!after.has(record.callId)) after.set(record.callId, 0);
      const logs = await Promise.all(
        [...after].map(([callId, afterSeq]) => resume(context, person, { callId, afterSeq })),
      );
      return logs.flatMap((result) => (result.ok ? [result.value] : []));
    },
  };
}

async function resume(
  { store, log }: CallContext,
  person: PersonKey,
  { callId, afterSeq }: Request<'resume'>,
): Promise<Result<CallLogMessage>> {
  const participant = log.open.get(callId)?.state.participants[person];
  if (participant !== undefined && participant.state !== 'left') {
    return accept({ callId, events: await store.eventsAfter(callId, afterSeq) });
  }
  const events = visibleTo(person, await store.eventsAfter(callId, 0));
  if (events === null) return refuse('call-unknown');
  return accept({ callId, events: events.filter((logged) => logged.seq > afterSeq) });
}

async function runCommand(context: CallContext, caller: Caller, request: Request<'command'>): Answer<'command'> {
  const { log, store, inTurn } = context;
  const { callId, commandId, command } = request;
  const actor = { kind: 'person', person: caller.person, name: caller.name, device: caller.device } as const;
  const key = { scope: callId, person: caller.person, commandId };
  const run = () => log.run(callId, [{ command, actor }], key);
  const answerIfFree = async () => {
    const elsewhere = callsIn(log, caller.person).some(({ record }) => record.callId !== callId);
    if (!elsewhere) return run();
    const earlier = await store.outcomeOf(key);
    return earlier === null ? refuse('already-in-call') : accept(earlier);
  };
  const outcome = command.type === 'answer' ? await inTurn(answerIfFree) : await run();
  return outcome.ok ? accept({ seq: outcome.value.seq }) : outcome;
}
