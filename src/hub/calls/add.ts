import { isIn, isRinging } from '../../domain/call/queries.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { mayJoin, mayReach } from '../../domain/reach/may.ts';
import type { CommandKey, CommandOutcome } from '../store/store.ts';
import { type Answer, type CallContext, type Caller, callsIn, HUB, type Request } from './context.ts';
import { refuseAsMissed } from './direct.ts';
import { accountsIn } from './meetings.ts';
import type { OpenCall } from './open-calls.ts';

/** Rings one more person into the direct call that the caller's page is in. */
export async function addSomebody(context: CallContext, caller: Caller, request: Request<'add'>): Answer<'add'> {
  const { callId, commandId, to } = request;
  const key = { scope: callId, person: caller.person, commandId };
  return context.inTurn(async () => {
    const outcome = await ring(context, caller, { callId, to, key });
    return outcome.ok ? accept({ seq: outcome.value.seq }) : outcome;
  });
}

interface Addition {
  readonly callId: string;
  readonly to: PersonKey;
  readonly key: CommandKey;
}

async function ring(
  context: CallContext,
  caller: Caller,
  { callId, to, key }: Addition,
): Promise<Result<CommandOutcome>> {
  const { log, store, directory } = context;
  const earlier = await store.outcomeOf(key);
  if (earlier !== null) return accept(earlier);
  const call = log.open.get(callId);
  if (call === undefined) return refuse('call-unknown');
  const speaks = mayAdd(call, caller);
  if (!speaks.ok) return speaks;
  const other = await directory.person(to);
  if (other === null) return refuse('not-found');
  const reach = mayReach(caller.account, other.account, 'call');
  const joins = reach.ok ? mayJoin(other.account, await accountsIn(directory, call)) : reach;
  if (!joins.ok) return joins;
  const elsewhere = callsIn(log, to).some(({ record }) => record.callId !== callId);
  if (elsewhere) return refuseAsMissed(context, caller, other, 'busy');
  return log.run(
    callId,
    [{ actor: HUB, command: { type: 'ring', person: to, name: other.name, from: caller.person } }],
    key,
  );
}

/** Only from the page that is in the call; a meeting is not rung for. */
function mayAdd({ state }: OpenCall, caller: Caller): Result<null> {
  const self = state.participants[caller.person];
  if (!isIn(self) || self.device?.id !== caller.device.id)
    return refuse(isRinging(self) ? 'out-of-turn' : 'not-in-call');
  return state.kind === 'direct' ? accept(null) : refuse('not-allowed', 'a meeting');
}
