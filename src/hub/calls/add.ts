import { isIn, isRinging } from '../../domain/call/queries.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { CommandKey, CommandOutcome } from '../store/store.ts';
import { type Answer, askedOf, type CallContext, type Caller, HUB, type Request } from './context.ts';
import { obstacleTo, refuseAsMissed } from './direct.ts';
import type { OpenCall } from './open-calls.ts';

/** Rings one more person into the direct call that the caller's page is in. */
export async function addSomebody(context: CallContext, caller: Caller, request: Request<'add'>): Answer<'add'> {
  const { callId, commandId, to } = request;
  const key = { scope: callId, person: caller.person, commandId };
  return context.inTurn(async () => {
    const earlier = await context.store.outcomeOf(key);
    const outcome = await context.rules.during(() => ring(context, caller, { callId, to, key, earlier }));
    return outcome.ok ? accept({ seq: outcome.value.seq }) : outcome;
  });
}

interface Addition {
  readonly callId: string;
  readonly to: PersonKey;
  readonly key: CommandKey;
  /** What the same request came to before; null where there was none. */
  readonly earlier: CommandOutcome | null;
}

async function ring(
  context: CallContext,
  caller: Caller,
  { callId, to, key, earlier }: Addition,
): Promise<Result<CommandOutcome>> {
  const { log, reach } = context;
  const call = log.open.get(callId);
  if (call === undefined) return refuse('call-unknown');
  const speaks = mayAdd(call, caller);
  if (!speaks.ok) return speaks;
  const found = await reach.askAbout(askedOf('add', caller, call, 'call'), to);
  if (!found.ok) return found;
  const other = found.value;
  if (earlier !== null) return accept(earlier);
  const isThere = isIn(call.state.participants[to]);
  const obstacle = isThere ? null : obstacleTo(context, other);
  if (obstacle !== null) return refuseAsMissed(context, caller, other, obstacle);
  const command = { type: 'ring', person: to, name: other.name, from: caller.person } as const;
  return log.run(callId, [{ actor: HUB, command }], key);
}

/** Only from the page that is in the call; a meeting is not rung for. */
function mayAdd({ state }: OpenCall, caller: Caller): Result<null> {
  const self = state.participants[caller.person];
  if (!isIn(self) || self.device?.id !== caller.device.id) {
    return refuse(isRinging(self) ? 'out-of-turn' : 'not-in-call');
  }
  return state.kind === 'direct' ? accept(null) : refuse('not-allowed', 'a meeting');
}
