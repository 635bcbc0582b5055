import { signal } from '@preact/signals-core';
import { apply, applyAll } from '../../domain/call/apply.ts';
import type { CallCommand } from '../../domain/call/command.ts';
import type { LoggedEvent } from '../../domain/call/event.ts';
import { initialCall } from '../../domain/call/initial.ts';
import { accept, type Refusal, refuse } from '../../domain/call/refusal.ts';
import type { CallState, PersonKey } from '../../domain/call/state.ts';
import type { RelayPayload, SignalPayload } from '../../protocol/types.ts';
import type { HubConnection } from '../connection/hub-connection.ts';
import { createListeners } from '../listeners.ts';
import type { CallSession } from '../types.ts';
import { createOutbox } from './outbox.ts';

/** A call session with the ends that only the client itself may touch. */
export interface OwnedCallSession extends CallSession {
  /** Events from the hub, in any order and any number of times; what is missing is asked for. */
  receive(events: readonly LoggedEvent[]): void;
  receiveSignal(from: PersonKey, payload: SignalPayload): void;
  receiveRelay(from: PersonKey, payload: RelayPayload): void;
  receiveTakenOut(refusal: Refusal): void;
  receiveMeetingKind(kind: CallSession['meetingKind']['value']): void;
  /** The hub does not know this person in the call any more, and does not tell how it went on: they were away for too long. */
  lapse(person: PersonKey): void;
  /** The connection is back: commands without an answer go out again. */
  resend(): void;
  /** Nothing will come any more: commands without an answer are refused. */
  abandon(): void;
}

export interface CallSessionOptions {
  readonly callId: string;
  readonly hub: HubConnection;
  readonly newId: () => string;
}

export function createCallSession({ callId, hub, newId }: CallSessionOptions): OwnedCallSession {
  const state = signal<CallState>(initialCall(callId));
  const meetingKind = signal<CallSession['meetingKind']['value']>(null);
  const takenOut = signal<Refusal | null>(null);
  const events = createListeners<[LoggedEvent]>();
  const signals = createListeners<[PersonKey, SignalPayload]>();
  const relays = createListeners<[PersonKey, RelayPayload]>();
  const outbox = createOutbox<CallCommand, { readonly seq: number }>({
    newId,
    deliver: (commandId, command) => hub.invoke('command', { commandId, callId, command }),
  });
  let catchingUp = false;

  const receive = (incoming: readonly LoggedEvent[]): void => {
    const fresh = incoming.filter((logged) => logged.seq > state.value.seq).sort((a, b) => a.seq - b.seq);
    const first = fresh[0];
    if (first === undefined) return;
    if (first.seq !== state.value.seq + 1) return void catchUp();
    state.value = applyAll(state.value, fresh);
    for (const logged of fresh) events.emit(logged);
    if (state.value.phase === 'ended') outbox.refuseAll('call-ended');
  };

  const catchUp = async (): Promise<void> => {
    if (catchingUp) return;
    catchingUp = true;
    const answer = await hub.invoke('resume', { callId, afterSeq: state.value.seq });
    catchingUp = false;
    if (answer?.ok) receive(answer.value.events);
  };

  return {
    callId,
    state,
    meetingKind,
    takenOut,
    async send(command) {
      if (state.value.phase === 'ended') return refuse('call-ended');
      const result = await outbox.post(command);
      return result.ok ? accept(null) : result;
    },
    sendSignal: (to, payload) => void hub.invoke('signal', { callId, to, payload }),
    onSignal: signals.add,
    sendRelay: (to, payload) => hub.invoke('relay', { callId, to, payload }),
    onRelay: relays.add,
    onEvent: events.add,
    receive,
    receiveSignal: signals.emit,
    receiveRelay: relays.emit,
    receiveTakenOut(refusal) {
      takenOut.value = refusal;
    },
    receiveMeetingKind(kind) {
      meetingKind.value = kind;
    },
    lapse(person) {
      const { seq, phase } = state.value;
      if (phase === 'ended') return;
      const left = { seq: seq + 1, atMs: Date.now(), event: { type: 'left', person, reason: 'lost' } } as const;
      // No event of the log: should they be let in again, everything after the last one that they know comes from there.
      state.value = { ...apply(state.value, left), seq };
      events.emit(left);
      outbox.refuseAll('not-in-call');
    },
    resend: outbox.resend,
    abandon: () => outbox.refuseAll('sign-in-expired'),
  };
}
