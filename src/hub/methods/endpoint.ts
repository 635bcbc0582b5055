import { accept, refuse } from '../../domain/call/refusal.ts';
import { CLIENT_TIMEOUT_MS, KEEP_ALIVE_MS } from '../../protocol/keep-alive.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { HUB_METHODS } from '../../protocol/schemas/requests.ts';
import type { HubMethodName } from '../../protocol/types.ts';
import { createSignalRServer, type HubConnection, type HubMethod, type SignalRServer } from '../../signalr/index.ts';
import { admit } from '../identity/identity.ts';
import type { TokenValidator } from '../identity/validate-token.ts';
import type { Tickets } from '../join-api/tickets.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Peer } from '../people/peer.ts';
import type { AuditEntry, Store } from '../store/store.ts';
import { createDispatch, refuseUnread } from './dispatch.ts';
import type { Wire } from './handler.ts';
import { createHandlers, type HandlerOptions, refuseAdmission } from './handlers.ts';
import { callOfPage, holdFor } from './held.ts';
import type { Session } from './session.ts';
import { authenticate, codeOfTokenRefusal } from './sign-in.ts';

export interface EndpointOptions extends HandlerOptions {
  readonly validator: TokenValidator;
  /** Of people without a sign-in. */
  readonly tickets: Pick<Tickets, 'readTicket'>;
  readonly store: Pick<Store, 'audit'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Commands are answered so much later: the demo's slow network. */
  readonly latencyMs: number;
  /** Whether a page of this origin may connect. */
  readonly allowOrigin: (origin: string | undefined) => boolean;
}

type Connection = HubConnection<Session>;

/** They may wait for a calendar elsewhere: nobody is kept at a door, and no negotiation of media, for that. */
const ASIDE: ReadonlySet<string> = new Set<HubMethodName>(['planMeeting', 'changeMeeting', 'cancelMeeting']);

/** The hub on the wire: one SignalR server, every method parsed, limited and authorised. */
export function createEndpoint(options: EndpointOptions): SignalRServer<Session> {
  const { hub, validator, logger, metrics, clock } = options;
  const dispatch = createDispatch({
    hub,
    handlers: createHandlers(options),
    clock,
    latencyMs: options.latencyMs,
    onAnswered: (method, code) => metrics.answered(method, code),
    onFailure: (method, error) => logger.error({ err: error, method }, 'a method failed'),
  });
  const methods = Object.fromEntries(
    HUB_METHODS.map((method): [string, HubMethod<Session>] => [
      method,
      (connection, args) => dispatch(method, args, connection.context, wireOf(options, connection, dismiss)),
    ]),
  );
  const refuseAs =
    (code: Parameters<typeof refuseUnread>[1]): HubMethod<Session> =>
    ({ context }) => {
      const refused = refuseUnread(context, code, clock.nowMs());
      // The name of a method that there is not is anybody's words.
      metrics.answered('none', refused);
      return refuse(refused);
    };
  /** At once as far as others can see; the page is told, and does not come back by itself. */
  const dismiss: Wire['dismiss'] = (people) => {
    for (const connection of people.flatMap((person) => [...server.connections.ofUser(person)])) {
      const { peer } = connection.context;
      if (peer === null) continue;
      peer.send('switched', {});
      connection.context.peer = null;
      hub.departed(peer);
      connection.close();
    }
  };
  const server: SignalRServer<Session> = createSignalRServer({
    methods,
    aside: ASIDE,
    unknownMethod: refuseAs('unknown-method'),
    tooLarge: refuseAs('too-large'),
    logger,
    limits: { maxMessageBytes: LIMITS.messageBytes, keepAliveMs: KEEP_ALIVE_MS, clientTimeoutMs: CLIENT_TIMEOUT_MS },
    allowOrigin: (origin) => options.allowOrigin(origin),
    authenticate: (request) =>
      authenticate({ validator, tickets: options.tickets, nowMs: clock.nowMs }, request, (code) => {
        metrics.signInRefused(code);
        logger.info({ code, stage: request.stage }, 'sign-in refused');
      }),
    onConnected: () => metrics.connections(server.connections.size),
    onDisconnected(connection) {
      metrics.connections(server.connections.size);
      const { peer, held } = connection.context;
      if (peer !== null) hub.departed(peer);
      if (held !== null) endHold(options, connection.context, 'the connection ended');
    },
    onExpired: (connection) => expired(options, connection),
  });
  hub.onCallChanged((people) => {
    for (const person of people) {
      for (const connection of server.connections.ofUser(person)) closeWhenCallIsOver(options, connection);
    }
  });
  return server;
}

function wireOf(options: EndpointOptions, connection: Connection, dismiss: Wire['dismiss']): Wire {
  return {
    dismiss,
    peer: (device, { key, name, account }): Peer => ({
      connectionId: connection.id,
      person: key,
      account,
      name,
      device,
      ...(connection.context.visit === null ? {} : { visits: connection.context.visit }),
      accessToken: () => connection.context.accessToken,
      send: (target, message) => connection.send(target, message),
      sendLatest: (key, target, message) => connection.sendLatest(key, target, message),
    }),
    renew: (accessToken) => renew(options, connection, accessToken),
  };
}

async function renew(options: EndpointOptions, connection: Connection, accessToken: string): ReturnType<Wire['renew']> {
  const session = connection.context;
  const { identity: before, peer } = session;
  const result = await options.validator.validate(accessToken, before.tid);
  if (!result.ok) return refuse(codeOfTokenRefusal(result.refusal.code), result.refusal.code);
  const { identity } = result;
  if (identity.personKey !== before.personKey) return refuse('not-signed-in', 'another person');
  // Clocks may differ, so the check takes a token a little past its end; as a fresh one it would end again at once.
  if (identity.expiresAtMs <= options.clock.nowMs()) return refuse('sign-in-expired', 'token-expired');
  if (peer !== null) {
    const admission = admit(identity, peer.device.kind);
    if (!admission.ok) return refuseAdmission(options.hub, identity, admission);
    const admitted = await options.hub.reach.admit(peer);
    if (!admitted.ok) return admitted;
  }
  session.identity = identity;
  session.accessToken = accessToken;
  connection.renew({ expiresAtMs: identity.expiresAtMs });
  if (session.held !== null) endHold(options, session, 'renewed');
  return accept({ expiresAtMs: identity.expiresAtMs });
}

/** @returns how long the connection is kept although its sign-in has expired; undefined ends it */
function expired(options: EndpointOptions, connection: Connection): number | undefined {
  const session = connection.context;
  const held = holdFor(options.hub, session);
  if (held === null || session.peer === null) return undefined;
  session.held = held;
  session.peer.send('signInHeld', { untilMs: held.untilMs });
  audit(options, session, held.callId, {
    kind: 'sign-in-held',
    detail: `until ${new Date(held.untilMs).toISOString()}`,
  });
  return held.untilMs;
}

function closeWhenCallIsOver(options: EndpointOptions, connection: Connection): void {
  const { held, peer } = connection.context;
  if (held === null || peer === null || callOfPage(options.hub, peer) === held.callId) return;
  endHold(options, connection.context, 'the call is over');
  connection.close({ allowReconnect: true });
}

function endHold(options: EndpointOptions, session: Session, detail: string): void {
  const { held } = session;
  if (held === null) return;
  session.held = null;
  audit(options, session, held.callId, { kind: 'sign-in-hold-ended', detail });
}

function audit(
  options: EndpointOptions,
  session: Session,
  callId: string,
  what: Pick<AuditEntry, 'kind' | 'detail'>,
): void {
  const person = session.identity.personKey;
  options.logger.info({ kind: what.kind, callId }, 'audit');
  options.store
    .audit({ ...what, atMs: options.clock.nowMs(), person, callId })
    .catch((error: unknown) => options.logger.error({ err: error, callId }, 'the audit could not be written'));
}
