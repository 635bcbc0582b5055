import type { Clock } from './clock.ts';
import type { AuthRequest } from './http/auth-request.ts';
import type { DisconnectReason, HubConnection } from './hub-connection.ts';
import type { Limits } from './limits.ts';
import type { Logger } from './logger.ts';

export type AuthResult<Context> =
  | {
      readonly ok: true;
      readonly userId: string;
      readonly context: Context;
      /** Milliseconds since 1970 at which the connection is closed, with `allowReconnect`, unless renewed before. */
      readonly expiresAtMs?: number;
    }
  /** 401: who are you; 403: not you. `reason` is told to the client. */
  | { readonly ok: false; readonly status: 401 | 403; readonly reason: string };

/**
 * A method that clients may call. `args` are what the client sent: parse them. What it returns (or its promise resolves to)
 * is the reply; `undefined` is a reply without a value. Throw a `HubError` to refuse with words of your own.
 */
export type HubMethod<Context> = (connection: HubConnection<Context>, args: readonly unknown[]) => unknown;

export type InvocationGate = { readonly ok: true } | { readonly ok: false; readonly error: string };

/** What happens in a connection's life. Hooks may be async; an exception is logged and goes no further. */
export interface HubHooks<Context> {
  /** Before the client's first invocation runs. Throwing closes the connection for good, with a `HubError`'s words. */
  readonly onConnected?: (connection: HubConnection<Context>) => unknown;
  /** Once for every connection whose `onConnected` went well, after it left all groups. */
  readonly onDisconnected?: (connection: HubConnection<Context>, reason: DisconnectReason) => unknown;
  /** At `expiresAtMs`. Return a later time (milliseconds since 1970) to keep the connection until then; else it is closed. */
  readonly onExpired?: (connection: HubConnection<Context>) => number | undefined;
  /** Before every invocation, known method or not: the place for a rate limit. The error becomes the completion. */
  readonly beforeInvoke?: (connection: HubConnection<Context>, target: string) => InvocationGate;
}

export interface SignalRServerOptions<Context> extends HubHooks<Context> {
  /** Asked at negotiate and again when the socket opens; the user must be the same. An exception is answered with 500. */
  readonly authenticate: (request: AuthRequest) => AuthResult<Context> | Promise<AuthResult<Context>>;
  /** By exact name. */
  readonly methods: Readonly<Record<string, HubMethod<Context>>>;
  /**
   * Methods that begin in their turn, but for whose end the next invocation does not wait: those that wait for somebody else's
   * server. Of each client at most `maxInvocationsAside` run at a time; one more is waited for.
   */
  readonly aside?: ReadonlySet<string>;
  /** Answers a call of any other name; without it the caller gets an error. */
  readonly unknownMethod?: HubMethod<Context>;
  /**
   * Answers a call in a message of more than `maxMessageBytes` and at most eight times as many; its arguments are dropped, so
   * `args` is empty. Without it such a message ends the connection, as a larger one does anyway.
   */
  readonly tooLarge?: HubMethod<Context>;
  /**
   * Whether a page of this origin may connect. Default: an origin whose host is the request's `Host`, or none (not a
   * browser). Behind a proxy that changes `Host`, give your own.
   */
  readonly allowOrigin?: (origin: string | undefined, request: AuthRequest) => boolean;
  readonly limits?: Partial<Limits>;
  /** Tells callers the name and message of any exception. For development. */
  readonly detailedErrors?: boolean;
  readonly logger?: Logger;
  readonly clock?: Clock;
}
