import { audience, isIn } from '../../domain/call/queries.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { MediaState, PersonKey } from '../../domain/call/state.ts';
import type { ReachAction } from '../../domain/reach/model.ts';
import type { CallLog as CallLogMessage, HubMethodName, HubMethods } from '../../protocol/types.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory/directory.ts';
import type { JoiningParts } from '../meetings/joining-parts.ts';
import type { Peer } from '../people/peer.ts';
import type { CallGuard } from '../reach/call-guard.ts';
import type { Asked, Reach } from '../reach/reach.ts';
import type { CommandKey, Store } from '../store/store.ts';
import type { CallLog, Step } from './call-log.ts';
import type { OpenCall } from './open-calls.ts';
import { logForReader } from './reading.ts';
import type { StandingRules } from './standing-rules.ts';
import { visibleTo } from './visible.ts';

/** The page that asks. */
export type Caller = Pick<Peer, 'person' | 'account' | 'name' | 'device'>;

export type Request<M extends HubMethodName> = HubMethods[M]['request'];
export type Answer<M extends HubMethodName> = Promise<Result<HubMethods[M]['answer']>>;

/** What the parts of the call service share. */
export interface CallContext {
  readonly store: Store;
  readonly log: CallLog;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly reach: Reach;
  readonly guard: Pick<CallGuard, 'check'>;
  /** Whatever asks the rules and then does it does both in one `during`; what is in turn comes into its turn first. */
  readonly rules: Pick<StandingRules, 'during'>;
  readonly meetings: JoiningParts;
  /** Who was let into a meeting's call as anonymous. */
  readonly outsidersOf: (call: OpenCall) => ReadonlySet<PersonKey>;
  readonly isOnline: (person: PersonKey) => boolean;
  readonly newId: () => string;
  /** Recent Contacts of these people changed without an event of a call. */
  readonly contactsChanged: (people: readonly PersonKey[]) => void;
  /** Everything that looks at more than one call happens one after the other, so that nobody ends up in two. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

export const HUB = { kind: 'hub' } as const;

export const startKey = (caller: Caller, commandId: string): CommandKey => ({
  scope: 'start',
  person: caller.person,
  commandId,
});

export const joinStep = ({ person, name, device }: Caller, media: MediaState): Step => ({
  actor: HUB,
  command: { type: 'join', person, name, device, media },
});

/** The calls that the person is in, not those that only ring. */
export const callsIn = (log: CallLog, person: PersonKey): readonly OpenCall[] =>
  log.open.of(person).filter(({ state }) => isIn(state.participants[person]));

/** Whether the person may do something with everybody who is in the call or rung by it; `call` null before it is there. */
export const askedOf = (
  action: ReachAction,
  actor: Caller,
  call: OpenCall | undefined,
  place: Asked['place'],
): Asked => ({
  action,
  actor,
  present: call === undefined ? [] : audience(call.state),
  place,
});

export const placeOf = ({ state }: OpenCall): Asked['place'] => (state.kind === 'meeting' ? 'meeting' : 'call');

export interface Part {
  readonly callId: string;
  /** 0 for all of it. */
  readonly afterSeq: number;
}

/** What the caller may read of a call's log: who has left, nothing that came after. Refuses whoever never was in it. */
export async function readLog(
  { log, store, reach }: CallContext,
  caller: Caller,
  { callId, afterSeq }: Part,
): Promise<Result<CallLogMessage>> {
  const people = Object.values(log.open.get(callId)?.state.participants ?? {});
  // Where everybody is still there, nobody is a stranger to the caller; long logs are not read whole without need.
  if (people.some(({ person }) => person === caller.person) && people.every(({ state }) => state !== 'left')) {
    return accept({ callId, events: await store.eventsAfter(callId, afterSeq) });
  }
  const visible = visibleTo(caller.person, await store.eventsAfter(callId, 0));
  if (visible === null) return refuse('call-unknown');
  const events = await logForReader(reach, caller, visible);
  return accept({ callId, events: events.filter(({ seq }) => seq > afterSeq) });
}
