import type { HubConnection } from '../hub-connection.ts';
import type { HubRuntime } from '../runtime.ts';

/** Whether the sign-in of a connection is over. The application may have put it off; it is asked when the time comes. */
export function hasExpired<Context>(connection: HubConnection<Context>, runtime: HubRuntime<Context>): boolean {
  const nowMs = runtime.clock.epochMs();
  if (connection.expiresAtMs === undefined || nowMs < connection.expiresAtMs) return false;
  const expiresAtMs = askForExtension(connection, runtime);
  if (expiresAtMs === undefined || expiresAtMs <= nowMs) return true;
  connection.renew({ expiresAtMs });
  return false;
}

function askForExtension<Context>(
  connection: HubConnection<Context>,
  { hooks, logger }: HubRuntime<Context>,
): number | undefined {
  try {
    return hooks.onExpired?.(connection);
  } catch (error) {
    logger.error({ connectionId: connection.id, err: error }, 'The hook for an expired connection failed');
    return undefined;
  }
}
