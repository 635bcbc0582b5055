import { applyAll } from '../../domain/call/apply.ts';
import type { LoggedEvent } from '../../domain/call/event.ts';
import { initialCall } from '../../domain/call/initial.ts';
import { audience } from '../../domain/call/queries.ts';
import type { CallState, PersonKey } from '../../domain/call/state.ts';
import type { CallRecord } from '../store/store.ts';

/** A call that has not ended, as it stands after its last stored event. */
export interface OpenCall {
  readonly record: CallRecord;
  readonly state: CallState;
  /** Since when people are rung, ms since the epoch. */
  readonly ringingSinceMs: Readonly<Record<PersonKey, number>>;
  /** Who is in it or rung by it, in the order in which they came: those who were rung from when it began to ring. */
  readonly order: readonly PersonKey[];
}

/** The open calls of this hub, and who is in which. */
export interface OpenCalls {
  get(callId: string): OpenCall | undefined;
  all(): readonly OpenCall[];
  /** Calls in which the person is, or is rung. */
  of(person: PersonKey): readonly OpenCall[];
  set(call: OpenCall): void;
}

export function createOpenCalls(): OpenCalls {
  const calls = new Map<string, OpenCall>();
  const byPerson = new Map<PersonKey, Set<string>>();

  const unlink = (call: OpenCall): void => {
    for (const person of audience(call.state)) {
      const ids = byPerson.get(person);
      ids?.delete(call.record.callId);
      if (ids?.size === 0) byPerson.delete(person);
    }
  };
  return {
    get: (callId) => calls.get(callId),
    all: () => [...calls.values()],
    of: (person) => [...(byPerson.get(person) ?? [])].flatMap((callId) => calls.get(callId) ?? []),
    set(call) {
      const { callId } = call.record;
      const before = calls.get(callId);
      if (before !== undefined) unlink(before);
      calls.delete(callId);
      if (call.state.phase === 'ended') return;
      calls.set(callId, call);
      for (const person of audience(call.state)) {
        const ids = byPerson.get(person) ?? new Set();
        byPerson.set(person, ids.add(callId));
      }
    },
  };
}

export const emptyCall = (record: CallRecord): OpenCall => ({
  record,
  state: initialCall(record.callId),
  ringingSinceMs: {},
  order: [],
});

export function applyToOpenCall(call: OpenCall, events: readonly LoggedEvent[]): OpenCall {
  const ringingSinceMs = { ...call.ringingSinceMs };
  for (const { event, atMs } of events) if (event.type === 'rang') ringingSinceMs[event.person] = atMs;
  const order = events.reduce(withPassage, call.order);
  return { ...call, state: applyAll(call.state, events), ringingSinceMs, order };
}

function withPassage(order: readonly PersonKey[], { event }: LoggedEvent): readonly PersonKey[] {
  switch (event.type) {
    case 'rang':
    case 'joined':
      return order.includes(event.person) ? order : [...order, event.person];
    case 'left':
      return order.filter((person) => person !== event.person);
    default:
      return order;
  }
}
