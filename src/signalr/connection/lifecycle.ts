import type { DisconnectReason, HubConnection } from '../hub-connection.ts';
import type { HubRuntime } from '../runtime.ts';

/** Calls the hooks of one connection in order: connected, then invocations, then disconnected, each at most once. */
export interface Lifecycle {
  begin(): void;
  /** Idempotent. After it the connection is in no group and gets no messages. */
  end(reason: DisconnectReason): void;
}

export interface LifecycleOptions<Context> {
  readonly runtime: HubRuntime<Context>;
  readonly connection: HubConnection<Context>;
  readonly onReady: () => void;
  readonly onRejected: (error: unknown) => void;
  /** Calls back when the invocations that arrived before a goodbye are done. */
  readonly whenIdle: (callback: () => void) => void;
  /** Everything is over, the hook for disconnected included. */
  readonly onEnded: () => void;
}

export function createLifecycle<Context>(options: LifecycleOptions<Context>): Lifecycle {
  const { runtime, connection, onReady, onRejected, whenIdle, onEnded } = options;
  const { hooks, logger } = runtime;
  let stage: 'new' | 'connecting' | 'connected' | 'rejected' = 'new';
  let endReason: DisconnectReason | undefined;

  async function connect() {
    stage = 'connecting';
    try {
      await hooks.onConnected?.(connection);
    } catch (error) {
      logger.warn({ connectionId: connection.id, err: error }, 'A connection was rejected');
      stage = 'rejected';
      if (endReason === undefined) onRejected(error);
      else onEnded();
      return;
    }
    stage = 'connected';
    onReady();
    if (endReason !== undefined) disconnect(endReason);
  }

  function disconnect(reason: DisconnectReason) {
    whenIdle(() => void tellDisconnected(reason));
  }

  async function tellDisconnected(reason: DisconnectReason) {
    try {
      await hooks.onDisconnected?.(connection, reason);
    } catch (error) {
      logger.error({ connectionId: connection.id, reason, err: error }, 'The hook for a disconnect failed');
    }
    onEnded();
  }

  return {
    begin: () => void connect(),
    end(reason) {
      if (endReason !== undefined) return;
      endReason = reason;
      switch (stage) {
        case 'new':
        case 'rejected':
          return onEnded();
        case 'connecting':
          // connect() goes on from there.
          return;
        case 'connected':
          return disconnect(reason);
      }
    },
  };
}
