import { isIn, isRinging } from '../../domain/call/queries.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { MediaState, PersonKey } from '../../domain/call/state.ts';
import type { DirectoryPerson } from '../directory/directory.ts';
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
  readLog,
  startKey,
} from './context.ts';
import type { OpenCall } from './open-calls.ts';

interface Ring {
  readonly key: CommandKey;
  readonly other: DirectoryPerson;
  readonly media: MediaState;
}

/**
 * Rings somebody. When the two are in a call already, moves it to the caller's page; when the other is ringing the caller at
 * this moment, joins them. Refuses with `busy` when the other is in another call, which leaves a missed call behind.
 */
export async function callSomebody(context: CallContext, caller: Caller, request: Request<'call'>): Answer<'call'> {
  const { store, reach, rules } = context;
  const key = startKey(caller, request.commandId);
  return context.inTurn(async () => {
    const earlier = await store.outcomeOf(key);
    return rules.during(async () => {
      const found = await reach.askAbout(askedOf('call', caller, undefined, 'call'), request.to);
      if (!found.ok) return found;
      const ring = { key, other: found.value, media: request.media };
      const outcome = earlier === null ? await joinOrRing(context, caller, ring) : accept(earlier);
      return outcome.ok ? readLog(context, caller, { ...outcome.value, afterSeq: 0 }) : outcome;
    });
  });
}

async function joinOrRing(context: CallContext, caller: Caller, ring: Ring): Promise<Result<CommandOutcome>> {
  const { log } = context;
  const own = callsIn(log, caller.person);
  const shared = own.find((call) => isDirectWith(call, ring.other.key));
  if (own.length > 0 && shared === undefined) return refuse('already-in-call');
  const existing = shared ?? ringingMe(log, caller.person, ring.other.key);
  if (existing !== undefined) {
    const joins = await context.reach.ask(askedOf('join', caller, existing, 'call'));
    return joins.ok ? log.run(existing.record.callId, [joinStep(caller, ring.media)], ring.key) : joins;
  }
  const obstacle = obstacleTo(context, ring.other);
  if (obstacle !== null) return refuseAsMissed(context, caller, ring.other, obstacle);
  return startRinging(context, caller, ring);
}

/** Why somebody who may be rung cannot be at this moment. A guest rings only while signed in to the tenant of that account. */
export function obstacleTo({ log, isOnline }: CallContext, { key, account }: DirectoryPerson): Obstacle | null {
  if (callsIn(log, key).length > 0) return 'busy';
  return account.kind === 'guest' && !isOnline(key) ? 'guest-away' : null;
}
type Obstacle = 'busy' | 'guest-away';

/** Refuses, and leaves behind that the caller tried. */
export async function refuseAsMissed(
  context: CallContext,
  caller: Caller,
  other: DirectoryPerson,
  code: Obstacle,
): Promise<Result<never>> {
  const { store, clock, newId } = context;
  const call = { callId: newId(), atMs: clock.nowMs() };
  await store.recordContacts([
    { ...call, owner: caller.person, other: other.key, outcome: 'outgoing' },
    { ...call, owner: other.key, other: caller.person, outcome: 'missed' },
  ]);
  context.contactsChanged([caller.person, other.key]);
  return refuse(code);
}

function startRinging(context: CallContext, caller: Caller, ring: Ring): Promise<Result<CommandOutcome>> {
  const { key, other, media } = ring;
  const call = { kind: 'direct', meetingId: null } as const;
  const { tid } = caller.account;
  const record = { ...call, callId: context.newId(), tid, createdAtMs: context.clock.nowMs() };
  return context.log.create(
    record,
    [
      { actor: HUB, command: { ...call, type: 'create', title: '' } },
      joinStep(caller, media),
      { actor: HUB, command: { type: 'ring', person: other.key, name: other.name, from: caller.person } },
    ],
    key,
  );
}

const isDirectWith = ({ state }: OpenCall, other: PersonKey): boolean => {
  const participant = state.participants[other];
  return state.kind === 'direct' && (isIn(participant) || isRinging(participant));
};

const ringingMe = (log: CallLog, me: PersonKey, from: PersonKey): OpenCall | undefined =>
  log.open.of(me).find(({ state }) => {
    const rung = isRinging(state.participants[me]) && isIn(state.participants[from]);
    return state.kind === 'direct' && rung;
  });
