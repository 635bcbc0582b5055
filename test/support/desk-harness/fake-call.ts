import { signal } from '@preact/signals-core';
import type { CallSession } from '../../../src/client/types.ts';
import { applyAll } from '../../../src/domain/call/apply.ts';
import type { Actor, CallCommand, HubCommand } from '../../../src/domain/call/command.ts';
import { decide } from '../../../src/domain/call/decide.ts';
import type { LoggedEvent } from '../../../src/domain/call/event.ts';
import { initialCall } from '../../../src/domain/call/initial.ts';
import { accept, type Result } from '../../../src/domain/call/refusal.ts';
import type { CallState, Device, PersonKey } from '../../../src/domain/call/state.ts';
import type { RelayPayload } from '../../../src/protocol/types.ts';

export interface Somebody {
  readonly person: PersonKey;
  readonly name: string;
  readonly device: Device;
}

/** A call that lives in one page or test: the real rules, and nobody between. */
export interface FakeCall {
  readonly session: CallSession;
  readonly relayed: { readonly to: PersonKey; readonly payload: RelayPayload }[];
  /** Somebody else relays something to this page. */
  relay(from: PersonKey, payload: RelayPayload): void;
  /** What somebody else, or the hub, does. */
  as(who: Somebody | 'hub', command: CallCommand | HubCommand): Result<null>;
  state(): CallState;
}

/** @param self whose page the session belongs to */
export function createFakeCall(
  callId: string,
  self: Somebody,
  meetingKind: CallSession['meetingKind']['value'] = null,
): FakeCall {
  const state = signal<CallState>(initialCall(callId));
  const listeners = new Set<(logged: LoggedEvent) => void>();
  const relayed: { readonly to: PersonKey; readonly payload: RelayPayload }[] = [];
  const relayListeners = new Set<(from: PersonKey, payload: RelayPayload) => void>();

  function as(who: Somebody | 'hub', command: CallCommand | HubCommand): Result<null> {
    const actor: Actor = who === 'hub' ? { kind: 'hub' } : { kind: 'person', ...who };
    const decided = decide(state.value, command, actor);
    if (!decided.ok) return decided;
    const first = state.value.seq + 1;
    const fresh = decided.value.map((event, at): LoggedEvent => ({ seq: first + at, atMs: Date.now(), event }));
    // As the page's own session does it: listeners hear of an event when all that came with it is part of the state.
    state.value = applyAll(state.value, fresh);
    for (const logged of fresh) for (const listener of listeners) listener(logged);
    return accept(null);
  }

  const session: CallSession = {
    callId,
    state,
    meetingKind: signal(meetingKind),
    takenOut: signal(null),
    send: async (command) => as(self, command),
    sendSignal: () => undefined,
    onSignal: () => () => undefined,
    sendRelay: async (to, payload) => {
      relayed.push({ to, payload });
      return accept(null);
    },
    onRelay(listener) {
      relayListeners.add(listener);
      return () => relayListeners.delete(listener);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const relay = (from: PersonKey, payload: RelayPayload): void => {
    for (const listener of relayListeners) listener(from, payload);
  };
  return { session, relayed, relay, as, state: () => state.value };
}
