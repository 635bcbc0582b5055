import { isIn, isRinging } from '../../domain/call/queries.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { DirectoryPerson } from '../directory/directory.ts';
import { mayInCall } from '../meetings/rights.ts';
import type { CommandKey, CommandOutcome } from '../store/store.ts';
import { type Answer, askedOf, type CallContext, type Caller, HUB, placeOf, type Request } from './context.ts';
import { obstacleTo, refuseAsMissed } from './direct.ts';
import type { OpenCall } from './open-calls.ts';

/** Rings one more person into the call that the caller's page is in; a meeting gives them a place. */
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
  const speaks = mayAdd(context, call, caller);
  if (!speaks.ok) return speaks;
  const asked = { ...askedOf('add', caller, call, placeOf(call)), outsiders: context.outsidersOf(call) };
  const found = await reach.askAbout(asked, to);
  if (!found.ok) return found;
  const other = found.value;
  if (earlier !== null) return accept(earlier);
  const isThere = isIn(call.state.participants[to]);
  const obstacle = isThere ? null : obstacleTo(context, other);
  if (obstacle !== null) return refuseAsMissed(context, caller, other, obstacle);
  const place = call.state.kind === 'meeting' ? await takePlace(context, caller, call, other) : accept(KEEP);
  if (!place.ok) return place;
  const command = { type: 'ring', person: to, name: other.name, from: caller.person } as const;
  const rung = await log.run(callId, [{ actor: HUB, command }], key);
  if (!rung.ok) place.value.giveBack();
  return rung;
}

/** A place at a meeting's door; where it was theirs before, it stays. */
interface Place {
  giveBack(): void;
}
const KEEP: Place = { giveBack: () => undefined };

/** Before anything rings, so that nobody answers to a meeting that is full. Who does not answer has it no more: the door sees to that. */
async function takePlace(
  { meetings }: CallContext,
  caller: Caller,
  call: OpenCall,
  other: DirectoryPerson,
): Promise<Result<Place>> {
  const { tid, meetingId } = call.record;
  const found = meetingId === null ? null : await meetings.book.find({ tid, meetingId });
  if (found === null) return refuse('not-found');
  const { meeting } = found;
  const as = await meetings.visitors.see(caller, meeting);
  const by = { caller: as, device: caller.device.kind };
  const invited = { person: other.key, account: other.account, name: other.name };
  const brought = await meetings.visitors.see(invited, meeting);
  const taken = await meetings.doors.run(meeting, { type: 'bring', by, caller: brought });
  if (!taken.ok) return taken;
  if (taken.value.before.inside[other.key] !== undefined) return accept(KEEP);
  return accept({ giveBack: () => meetings.doors.follow(meeting, { type: 'leave', person: other.key }) });
}

/** Only from the page that is in the call; of a meeting, its company's people. */
function mayAdd({ meetings }: CallContext, call: OpenCall, caller: Caller): Result<null> {
  const { state } = call;
  const self = state.participants[caller.person];
  if (!isIn(self) || self.device?.id !== caller.device.id) {
    return refuse(isRinging(self) ? 'out-of-turn' : 'not-in-call');
  }
  return mayInCall(meetings.doors, call, caller, 'addPeople');
}
