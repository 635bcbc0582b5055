import { apply } from '../../domain/call/apply.ts';
import type { Actor, CallCommand, HubCommand } from '../../domain/call/command.ts';
import { decide } from '../../domain/call/decide.ts';
import type { LoggedEvent } from '../../domain/call/event.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { CallState } from '../../domain/call/state.ts';
import type { Clock } from '../clock.ts';
import type { CallRecord, CommandKey, CommandOutcome, ContactEntry, Store } from '../store/store.ts';
import { contactEntries } from './contact-entries.ts';
import { applyToOpenCall, createOpenCalls, emptyCall, type OpenCall, type OpenCalls } from './open-calls.ts';
import { createSerial } from './serial.ts';

export interface Step {
  readonly command: CallCommand | HubCommand;
  readonly actor: Actor;
}

/** Events that are stored and applied, told once. */
export interface Committed {
  readonly call: OpenCall;
  readonly before: CallState;
  readonly events: readonly LoggedEvent[];
}

/** Decides, stores, applies, tells: in this order, one command of a call at a time. */
export interface CallLog {
  readonly open: Pick<OpenCalls, 'get' | 'all' | 'of'>;
  /** Reads the open calls from the store. Once, before anything else. */
  rebuild(): Promise<void>;
  /** All steps or none. @param key makes the request repeatable; null for the hub's own commands */
  run(callId: string, steps: readonly Step[], key: CommandKey | null): Promise<Result<CommandOutcome>>;
  create(record: CallRecord, steps: readonly Step[], key: CommandKey): Promise<Result<CommandOutcome>>;
}

export interface CallLogOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Called in the order of the events of each call. Who asked is answered when those whom it concerns are told. */
  readonly onCommitted: (committed: Committed) => Promise<void>;
}

/** Another hub on the same database can be quicker; more than a few times in a row means a fault. */
const ATTEMPTS = 4;

export function createCallLog({ store, clock, onCommitted }: CallLogOptions): CallLog {
  const open = createOpenCalls();
  const inTurn = createSerial();

  const commit = async (call: OpenCall, events: readonly LoggedEvent[]): Promise<void> => {
    const after = applyToOpenCall(call, events);
    open.set(after);
    if (events.length > 0) await onCommitted({ call: after, before: call.state, events });
  };
  const catchUp = async (call: OpenCall): Promise<void> =>
    commit(call, await store.eventsAfter(call.record.callId, call.state.seq));

  const attempt = async (call: OpenCall, request: RunRequest): Promise<Result<CommandOutcome> | 'conflict'> => {
    const { callId } = call.record;
    const decided = decideAll(call.state, request.steps, clock.nowMs());
    if (!decided.ok) {
      const earlier = request.key === null ? null : await store.outcomeOf(request.key);
      return earlier === null ? decided : accept(earlier);
    }
    const { events, contacts, state } = decided.value;
    const outcome = { callId, seq: state.seq };
    if (events.length === 0 && request.key === null) return accept(outcome);
    const endedAtMs = state.phase === 'ended' ? (events.at(-1)?.atMs ?? null) : null;
    const { create, key: command } = request;
    const result = await store.append({ callId, create, events, endedAtMs, command, outcome, contacts });
    if (result.kind === 'conflict') return 'conflict';
    if (result.kind === 'duplicate') return accept(result.outcome);
    await commit(call, events);
    return accept(outcome);
  };

  const run = async (callId: string, request: RunRequest): Promise<Result<CommandOutcome>> => {
    for (let round = 0; round < ATTEMPTS; round += 1) {
      const call = open.get(callId) ?? (request.create === null ? undefined : emptyCall(request.create));
      if (call === undefined) return notOpen(store, callId, request.key);
      const result = await attempt(call, request);
      if (result !== 'conflict') return result;
      await catchUp(call);
    }
    return refuse('internal', 'the log kept changing');
  };

  return {
    open,
    async rebuild() {
      for (const record of await store.openCalls()) {
        open.set(applyToOpenCall(emptyCall(record), await store.eventsAfter(record.callId, 0)));
      }
    },
    run: (callId, steps, key) => inTurn(callId, () => run(callId, { steps, key, create: null })),
    create: (record, steps, key) => inTurn(record.callId, () => run(record.callId, { steps, key, create: record })),
  };
}

interface RunRequest {
  readonly steps: readonly Step[];
  readonly key: CommandKey | null;
  readonly create: CallRecord | null;
}

async function notOpen(store: Store, callId: string, key: CommandKey | null): Promise<Result<CommandOutcome>> {
  const earlier = key === null ? null : await store.outcomeOf(key);
  if (earlier !== null) return accept(earlier);
  return refuse((await store.call(callId)) === null ? 'call-unknown' : 'call-ended');
}

interface Decided {
  readonly events: readonly LoggedEvent[];
  readonly contacts: readonly ContactEntry[];
  readonly state: CallState;
}

/** Each step sees what the steps before it made happen. */
function decideAll(initial: CallState, steps: readonly Step[], nowMs: number): Result<Decided> {
  let state = initial;
  const events: LoggedEvent[] = [];
  const contacts: ContactEntry[] = [];
  for (const { command, actor } of steps) {
    const decided = decide(state, command, actor);
    if (!decided.ok) return decided;
    for (const event of decided.value) {
      const logged = asStored({ seq: state.seq + 1, atMs: nowMs, event });
      contacts.push(...contactEntries(state, logged));
      state = apply(state, logged);
      events.push(logged);
    }
  }
  return accept({ events, contacts, state });
}

/** Everybody applies what the store gives back, e.g. 0 for -0: the state after a restart is the state before it. */
const asStored = (logged: LoggedEvent): LoggedEvent => JSON.parse(JSON.stringify(logged)) as LoggedEvent;
