import { type ReadonlySignal, signal } from '@preact/signals-core';
import { type Refusal, type Result, refuse } from '../../domain/call/refusal.ts';
import type { HubAnswer, HubMessageName, HubMessages, HubMethodName, HubMethods } from '../../protocol/types.ts';
import type { ConnectionStatus } from '../types.ts';
import { backoffMs } from './backoff.ts';
import { type Transport, UnauthorizedError } from './transport.ts';

/** A typed, ever-returning way to the hub. */
export interface HubConnection {
  readonly status: ReadonlySignal<ConnectionStatus>;
  readonly closedBecause: ReadonlySignal<Refusal | null>;
  /**
   * Invokes a method. Answers `null` when the connection was not there or went before the answer came:
   * whether the hub acted is then unknown, and the caller asks again with the same id.
   */
  invoke<M extends HubMethodName>(
    method: M,
    request: HubMethods[M]['request'],
  ): Promise<Result<HubMethods[M]['answer']> | null>;
  on<M extends HubMessageName>(message: M, listener: (value: HubMessages[M]) => void): void;
  start(): void;
  /** Tries again at once, e.g. when the browser says that it is online. */
  nudge(): void;
  stop(): Promise<void>;
  /** The hub has ended it for good, for this reason: only a new sign-in helps. */
  end(refusal: Refusal): Promise<void>;
}

export interface HubConnectionOptions {
  readonly transport: Transport;
  /** Runs after each connect, before the status is `online`. A refusal is final. */
  readonly greet: () => Promise<Result<unknown> | null>;
  readonly random?: () => number;
}

/** Refusals of `hello` that pass by themselves: everything else needs the person. */
const PASSING: ReadonlySet<string> = new Set(['internal', 'too-many-requests']);

export function createHubConnection({ transport, greet, random = Math.random }: HubConnectionOptions): HubConnection {
  const status = signal<ConnectionStatus>('connecting');
  const closedBecause = signal<Refusal | null>(null);
  let running = false;
  let attempt = 0;
  let connecting = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let unauthorizedInARow = 0;

  const close = async (refusal: Refusal | null): Promise<void> => {
    running = false;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    closedBecause.value = refusal;
    status.value = 'closed';
    await transport.disconnect();
  };

  const scheduleConnect = (): void => {
    if (!running || timer !== null || connecting) return;
    timer = setTimeout(
      () => {
        timer = null;
        void connect();
      },
      backoffMs(attempt, random()),
    );
    attempt += 1;
  };

  const connect = async (): Promise<void> => {
    connecting = true;
    try {
      await transport.connect();
      unauthorizedInARow = 0;
      if (!running) return await transport.disconnect();
      await welcome();
    } catch (error) {
      await failed(error);
    } finally {
      connecting = false;
    }
    if (status.value !== 'online') scheduleConnect();
  };

  const welcome = async (): Promise<void> => {
    const answer = await greet();
    if (!running) return;
    if (answer === null) return await transport.disconnect();
    if (answer.ok) {
      attempt = 0;
      status.value = 'online';
    } else if (PASSING.has(answer.refusal.code)) await transport.disconnect();
    else await close(answer.refusal);
  };

  /** One refused token may be an old one; two in a row are the end of the sign-in. */
  const failed = async (error: unknown): Promise<void> => {
    if (!(error instanceof UnauthorizedError)) return;
    unauthorizedInARow += 1;
    if (unauthorizedInARow >= 2) await close({ code: 'sign-in-expired' });
  };

  transport.onDisconnected(() => {
    if (!running) return;
    status.value = 'reconnecting';
    scheduleConnect();
  });

  return {
    status,
    closedBecause,
    async invoke(method, request) {
      try {
        return toResult(await transport.invoke(method, request));
      } catch {
        return null;
      }
    },
    on: (message, listener) => transport.onMessage(message, (value) => listener(value as never)),
    start() {
      if (running) return;
      running = true;
      status.value = 'connecting';
      closedBecause.value = null;
      void connect();
    },
    nudge() {
      if (timer === null) return;
      clearTimeout(timer);
      timer = null;
      attempt = 0;
      void connect();
    },
    stop: () => close(null),
    end: close,
  };
}

/** The hub is ours and speaks our version (compared in `hello`), so its answers are typed; their frame is still checked. */
function toResult<T>(answer: unknown): Result<T> {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) return answer as HubAnswer<T>;
  return refuse('internal', 'an answer without a result');
}
