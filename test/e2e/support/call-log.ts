import type { Page } from '@playwright/test';
import { applyAll } from '../../../src/domain/call/apply.ts';
import type { LoggedEvent } from '../../../src/domain/call/event.ts';
import { initialCall } from '../../../src/domain/call/initial.ts';
import type { CallState } from '../../../src/domain/call/state.ts';
import type { CallLog } from '../../../src/protocol/types.ts';
import { COMPLETION, INVOCATION, messagesOf } from './hub-messages.ts';

/** What the hub told a page, read off its socket: nothing in the product helps the test here. */
export interface SocketReader {
  /** The state of the call that this page knows most of; null before it knows any. */
  call(): CallState | null;
  events(): readonly LoggedEvent[];
  /** Sockets opened so far: tells whether a page had to reconnect. */
  connections(): number;
}

export function readSocket(page: Page): SocketReader {
  const logs = new Map<string, Map<number, LoggedEvent>>();
  let connections = 0;

  const take = (log: unknown): void => {
    if (typeof log !== 'object' || log === null || !('callId' in log) || !('events' in log)) return;
    const { callId, events } = log as CallLog;
    const known = logs.get(callId) ?? new Map<number, LoggedEvent>();
    for (const logged of events) known.set(logged.seq, logged);
    logs.set(callId, known);
  };

  const read = (payload: Buffer): void => {
    for (const message of messagesOf(payload)) {
      if (message[0] === INVOCATION && message[3] === 'events') take((message[4] as unknown[])[0]);
      if (message[0] === COMPLETION) readAnswer(message[4]);
    }
  };

  /** Logs also come as answers: of `hello`, `call`, `joinMeeting` and `resume`. */
  const readAnswer = (answer: unknown): void => {
    const value = (answer as { value?: unknown } | undefined)?.value;
    take(value);
    for (const log of (value as { calls?: unknown[] } | undefined)?.calls ?? []) take(log);
  };

  page.on('websocket', (socket) => {
    if (!new URL(socket.url()).pathname.startsWith('/hub')) return;
    connections += 1;
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload !== 'string') read(payload);
    });
  });

  const longest = (): readonly LoggedEvent[] => {
    const all = [...logs.values()].map((log) => [...log.values()].sort((a, b) => a.seq - b.seq));
    return all.sort((a, b) => (b.at(-1)?.atMs ?? 0) - (a.at(-1)?.atMs ?? 0))[0] ?? [];
  };
  return {
    events: longest,
    connections: () => connections,
    call() {
      const events = longest();
      return events.length === 0 ? null : applyAll(initialCall('read'), events);
    },
  };
}
