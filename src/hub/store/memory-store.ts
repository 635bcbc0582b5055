import type { LoggedEvent } from '../../domain/call/event.ts';
import { createMemoryMeetings } from './memory-meetings.ts';
import { createMemoryPeople } from './memory-people.ts';
import { createMemoryReach } from './memory-reach.ts';
import { createMemoryValues } from './memory-values.ts';
import type {
  AppendRequest,
  AppendResult,
  AuditEntry,
  CallRecord,
  CommandKey,
  CommandOutcome,
  ContactEntry,
  Store,
} from './store.ts';

interface KeptCall {
  readonly record: CallRecord;
  readonly events: LoggedEvent[];
  endedAtMs: number | null;
}

const keyText = (key: CommandKey): string => JSON.stringify([key.scope, key.person, key.commandId]);

/** The store without a database, for tests: the same rules, and gone with the process. */
export function createMemoryStore(): Store {
  const calls = new Map<string, KeptCall>();
  const outcomes = new Map<string, CommandOutcome>();
  const contacts = new Map<string, ContactEntry>();
  const audit: AuditEntry[] = [];
  const values = createMemoryValues();
  const people = createMemoryPeople(values);

  const record = (entries: readonly ContactEntry[]): void => {
    for (const entry of entries) {
      const key = JSON.stringify([entry.owner, entry.other]);
      const before = contacts.get(key);
      if (before === undefined || before.atMs <= entry.atMs) contacts.set(key, entry);
    }
  };
  const append = (request: AppendRequest): AppendResult => {
    const earlier = request.command === null ? undefined : outcomes.get(keyText(request.command));
    if (earlier !== undefined) return { kind: 'duplicate', outcome: earlier };
    const call = calls.get(request.callId) ?? newCall(request.create);
    if (!fits(call, request)) return { kind: 'conflict' };
    calls.set(request.callId, call);
    call.events.push(...request.events.map((event) => structuredClone(event)));
    if (request.endedAtMs !== null) call.endedAtMs = request.endedAtMs;
    if (request.command !== null) outcomes.set(keyText(request.command), request.outcome);
    record(request.contacts);
    return { kind: 'appended' };
  };

  return {
    append: async (request) => append(request),
    eventsAfter: async (callId, afterSeq) =>
      structuredClone(calls.get(callId)?.events.filter((event) => event.seq > afterSeq) ?? []),
    outcomeOf: async (key) => outcomes.get(keyText(key)) ?? null,
    call: async (callId) => calls.get(callId)?.record ?? null,
    openCalls: async () =>
      [...calls.values()]
        .filter((call) => call.endedAtMs === null)
        .map((call) => call.record)
        .sort((a, b) => a.createdAtMs - b.createdAtMs),
    recordContacts: async (entries) => record(entries),
    recentContacts: async (owner, limit) =>
      [...contacts.values()]
        .filter((entry) => entry.owner === owner)
        .sort((a, b) => b.atMs - a.atMs || (a.other < b.other ? -1 : 1))
        .slice(0, limit),
    audit: async (entry) => {
      audit.push(entry);
    },
    auditOf: async (person) => audit.filter((entry) => entry.person === person),
    values,
    people,
    meetings: createMemoryMeetings(),
    ...createMemoryReach(people),
    prune: async (beforeMs) => {
      for (const [key, outcome] of outcomes) {
        const endedAtMs = calls.get(outcome.callId)?.endedAtMs ?? null;
        if (endedAtMs !== null && endedAtMs < beforeMs) outcomes.delete(key);
      }
    },
    close: async () => {},
  };
}

function newCall(create: CallRecord | null): KeptCall {
  if (create === null) throw new RangeError('events for a call that was never created');
  return { record: create, events: [], endedAtMs: null };
}

/** The database finds the same out by its keys: a call twice, or a number twice. */
function fits(call: KeptCall, request: AppendRequest): boolean {
  if (request.create !== null && call.events.length > 0) return false;
  const first = request.events[0];
  return first === undefined || first.seq > call.events.length;
}
