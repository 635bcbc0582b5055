import type { HubConnection } from '../hub-connection.ts';
import { describeFailure } from '../hub-error.ts';
import type { HubMethod } from '../options.ts';
import type { HubRuntime } from '../runtime.ts';
import { type CompletionMessage, type InvocationMessage, MessageType } from '../wire/messages.ts';

/** The invocations of one client: waiting, running, answered. */
export interface Invocations<Context> {
  /** Runs it as soon as its turn comes. @param instead runs in the place of the method that it names */
  push(invocation: InvocationMessage, instead?: HubMethod<Context>): void;
  /** Lets the first ones run; until then they wait. */
  open(): void;
  /** Drops those that wait and takes no more. Those that run finish, but nobody waits for them any longer. */
  stop(): void;
  readonly waiting: number;
  /** Calls back once nothing waits or runs any more, or after `stop`; at once if so already. */
  whenIdle(callback: () => void): void;
}

export interface InvocationsOptions<Context> {
  readonly runtime: HubRuntime<Context>;
  readonly connection: HubConnection<Context>;
  /** @throws when a result cannot be encoded. */
  readonly reply: (completion: CompletionMessage) => void;
  /** Called after an invocation was taken from the queue. */
  readonly onProgress: () => void;
}

interface Queued<Context> {
  readonly invocation: InvocationMessage;
  readonly instead: HubMethod<Context> | undefined;
}

export function createInvocations<Context>(options: InvocationsOptions<Context>): Invocations<Context> {
  const { runtime, connection, onProgress } = options;
  const queue: Queued<Context>[] = [];
  const idleCallbacks: (() => void)[] = [];
  const answer = createAnswers(options);
  let isOpen = false;
  let isStopped = false;
  let running = 0;
  let aside = 0;

  function startNext() {
    if (!isOpen) return;
    while (running < runtime.limits.maxParallelInvocations) {
      if (queue[0] !== undefined && runsAside(queue[0]) && aside >= runtime.limits.maxInvocationsAside) break;
      const next = queue.shift();
      if (next === undefined) break;
      start(next);
      onProgress();
    }
    tellIdle();
  }

  const runsAside = ({ invocation, instead }: Queued<Context>): boolean =>
    instead === undefined && runtime.aside.has(invocation.target);

  function start(queued: Queued<Context>) {
    const { invocation, instead } = queued;
    const gate = pass(invocation.target);
    if (!gate.ok) return answer.refused(invocation, gate.error);
    const method = instead ?? runtime.methods.get(invocation.target) ?? runtime.unknownMethod;
    if (method === undefined) return answer.refused(invocation, `Unknown hub method '${invocation.target}'`);
    try {
      const outcome = method(connection, invocation.arguments);
      if (!isThenable(outcome)) return answer.done(invocation, outcome);
      const isAside = runsAside(queued);
      if (isAside) aside += 1;
      else running += 1;
      Promise.resolve(outcome)
        .then(
          (result) => answer.done(invocation, result),
          (error: unknown) => answer.failed(invocation, error),
        )
        .finally(() => {
          if (isAside) aside -= 1;
          else running -= 1;
          startNext();
        });
    } catch (error) {
      answer.failed(invocation, error);
    }
  }

  function pass(target: string): { ok: true } | { ok: false; error: string } {
    try {
      return runtime.hooks.beforeInvoke?.(connection, target) ?? { ok: true };
    } catch (error) {
      runtime.logger.error({ connectionId: connection.id, target, err: error }, 'The hook before an invocation failed');
      return { ok: false, error: describeFailure(error, failureOf(target), runtime.detailedErrors) };
    }
  }

  function tellIdle() {
    if (!isStopped && (running + aside > 0 || queue.length > 0)) return;
    for (const callback of idleCallbacks.splice(0)) callback();
  }

  return {
    push(invocation, instead) {
      if (isStopped) return;
      queue.push({ invocation, instead });
      startNext();
    },
    open() {
      isOpen = true;
      startNext();
    },
    stop() {
      isStopped = true;
      queue.length = 0;
      tellIdle();
    },
    get waiting() {
      return queue.length;
    },
    whenIdle(callback) {
      idleCallbacks.push(callback);
      tellIdle();
    },
  };
}

interface Answers {
  done(invocation: InvocationMessage, result: unknown): void;
  failed(invocation: InvocationMessage, error: unknown): void;
  refused(invocation: InvocationMessage, error: string): void;
}

function createAnswers<Context>({ runtime, connection, reply }: InvocationsOptions<Context>): Answers {
  const { logger, detailedErrors } = runtime;

  function complete({ invocationId }: InvocationMessage, outcome: { result?: unknown; error?: string }) {
    if (invocationId !== undefined) reply({ type: MessageType.Completion, invocationId, ...outcome });
  }

  function failed(invocation: InvocationMessage, error: unknown) {
    const { target } = invocation;
    logger.warn({ connectionId: connection.id, target, err: error }, 'A hub method failed');
    complete(invocation, { error: describeFailure(error, failureOf(target), detailedErrors) });
  }

  return {
    failed,
    done(invocation, result) {
      try {
        complete(invocation, result === undefined ? {} : { result });
      } catch (error) {
        // The result cannot be encoded.
        failed(invocation, error);
      }
    },
    refused(invocation, error) {
      logger.debug({ connectionId: connection.id, target: invocation.target, error }, 'An invocation was refused');
      complete(invocation, { error });
    },
  };
}

function failureOf(target: string): string {
  return `An unexpected error occurred invoking '${target}' on the server.`;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
