import type { HubCommand } from '../../domain/call/command.ts';
import type { Result } from '../../domain/call/refusal.ts';
import type { Device, Participant, PendingMark, PersonKey } from '../../domain/call/state.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Clock } from '../clock.ts';
import type { OpenCall } from './open-calls.ts';

/** A connection that is back within this time was never gone, as far as others can see. */
export const SILENT_BLIP_MS = 2_000;
/** After a start of the hub everybody is away; browsers come back within a few seconds by themselves. */
export const RESTART_QUIET_MS = 10_000;
/** When the store refused what a timer asked for. */
const RETRY_MS = 5_000;

/**
 * Keeps the clock of all open calls: unanswered ringing and marks, lost connections, people who do not come back. What waits is
 * derived from the call's state each time it changes, so that a restart needs nothing but the log.
 */
export interface CallTimers {
  /** After every change of the call, and when a device of it came or went. */
  sync(call: OpenCall): void;
  close(): void;
}

export interface CallTimersOptions {
  readonly clock: Clock;
  readonly isConnected: (person: PersonKey, device: Device) => boolean;
  readonly run: (callId: string, command: HubCommand) => Promise<Result<unknown>>;
}

interface Due {
  /** Names the wait: the same key keeps the time at which it began. */
  readonly key: string;
  readonly inMs: number;
  readonly command: HubCommand;
}

export function createCallTimers(options: CallTimersOptions): CallTimers {
  const { clock } = options;
  const startedAtMs = clock.nowMs();
  const waiting = new Map<string, Map<string, () => void>>();

  const fire = (callId: string, due: Due): void => {
    void options.run(callId, due.command).then(
      () => waiting.get(callId)?.delete(due.key),
      () => waiting.get(callId)?.set(due.key, later(callId, { ...due, inMs: RETRY_MS })),
    );
  };
  const later = (callId: string, due: Due): (() => void) => clock.after(due.inMs, () => fire(callId, due));

  return {
    sync(call) {
      const { callId } = call.record;
      const timers = waiting.get(callId) ?? new Map<string, () => void>();
      const wanted = call.state.phase === 'open' ? dueOf(call, options, startedAtMs) : [];
      const keys = new Set(wanted.map((due) => due.key));
      for (const [key, cancel] of timers) {
        if (keys.has(key)) continue;
        cancel();
        timers.delete(key);
      }
      for (const due of wanted) if (!timers.has(due.key)) timers.set(due.key, later(callId, due));
      if (timers.size > 0) waiting.set(callId, timers);
      else waiting.delete(callId);
    },
    close() {
      for (const timers of waiting.values()) for (const cancel of timers.values()) cancel();
      waiting.clear();
    },
  };
}

function dueOf(call: OpenCall, options: CallTimersOptions, startedAtMs: number): readonly Due[] {
  const { participants, pendingMarks } = call.state;
  const ofPeople = Object.values(participants).flatMap((one) => dueOfOne(call, one, options, startedAtMs) ?? []);
  const ofMarks = Object.values(pendingMarks).filter(({ target }) => participants[target]?.state === 'joined');
  return [...ofPeople, ...ofMarks.map(dueOfMark)];
}

/** While the headset is away its mark does not age: it may well be answered when the headset is back. */
const dueOfMark = ({ markId }: PendingMark): Due => ({
  key: `mark ${markId}`,
  inMs: LIMITS.markWaitMs,
  command: { type: 'giveUpOnMark', markId },
});

function dueOfOne(
  call: OpenCall,
  { person, state, device }: Participant,
  { clock, isConnected }: CallTimersOptions,
  startedAtMs: number,
): Due | undefined {
  const nowMs = clock.nowMs();
  const quietMs = Math.max(SILENT_BLIP_MS, startedAtMs + RESTART_QUIET_MS - nowMs);
  switch (state) {
    case 'ringing': {
      const sinceMs = call.ringingSinceMs[person] ?? nowMs;
      const inMs = Math.max(0, sinceMs + LIMITS.ringMs - nowMs);
      return { key: `ring ${person} ${sinceMs}`, inMs, command: { type: 'ringTimedOut', person } };
    }
    case 'joined':
      if (device === null || isConnected(person, device)) return undefined;
      return { key: `away ${person} ${device.id}`, inMs: quietMs, command: { type: 'loseConnection', person } };
    case 'reconnecting':
      if (device !== null && isConnected(person, device)) {
        return { key: `back ${person} ${device.id}`, inMs: 0, command: { type: 'restoreConnection', person, device } };
      }
      return { key: `gone ${person}`, inMs: LIMITS.reconnectGraceMs, command: { type: 'giveUpOn', person } };
    case 'left':
      return undefined;
  }
}
