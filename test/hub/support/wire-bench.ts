import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { vi } from 'vitest';
import type { DeviceKind, PersonKey } from '../../../src/domain/call/state.ts';
import { createGrants } from '../../../src/hub/admin-api/grants.ts';
import type { OwnCalendars } from '../../../src/hub/calendar/own-calendar.ts';
import { systemClock } from '../../../src/hub/clock.ts';
import type { DemoCompanies, DemoTenant } from '../../../src/hub/demo/companies.ts';
import { openDemoDirectory } from '../../../src/hub/directory/demo-directory.ts';
import type { Directory } from '../../../src/hub/directory/directory.ts';
import type { ListedByTenant } from '../../../src/hub/directory/listed-people.ts';
import { createHub, type Hub } from '../../../src/hub/hub.ts';
import { createTokenValidator, type TokenValidator } from '../../../src/hub/identity/validate-token.ts';
import { createJoinApi, type JoinApi } from '../../../src/hub/join-api/api.ts';
import { createTickets } from '../../../src/hub/join-api/tickets.ts';
import { createLogger } from '../../../src/hub/log.ts';
import { createEndpoint } from '../../../src/hub/methods/endpoint.ts';
import { createMetrics } from '../../../src/hub/metrics.ts';
import type { PolicySeeds } from '../../../src/hub/reach/policies.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import { KEEP_ALIVE_MS } from '../../../src/protocol/keep-alive.ts';
import type { HubAnswer, HubMessageName, HubMessages, HubMethodName, HubMethods } from '../../../src/protocol/types.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { accessClaims, createSigningKey, mintToken, type TestTenant, trustTestTenant } from '../../support/tokens.ts';
import { COMPANIES, SEEDS } from './hub-bench.ts';

/** A failure that no test expects ends the run as an unhandled one. */
const rethrow = (error: unknown): void => {
  throw error;
};

/** Who there is, and by which rules they start. */
export interface BenchWorld {
  readonly companies: DemoCompanies;
  readonly seeds: PolicySeeds;
  /** Everybody as the rules see them, where that is more than the companies say. */
  readonly listed?: ListedByTenant;
  /** Told what went wrong in work that nobody waits for; unless given it ends the run. */
  readonly onFailure?: (error: unknown) => void;
  /** Where meetings stand besides the hub's store. */
  readonly calendars?: OwnCalendars;
}

const toTestTenant = ({ tenantId, spaClientId, apiClientId }: DemoTenant): TestTenant => ({
  tenantId,
  issuer: `https://login.example/${tenantId}/v2.0`,
  spaClientId,
  apiClientId,
});

/** What the token of this person's tenant says of the account. */
function claimsOf({ tenants }: DemoCompanies, key: PersonKey): Readonly<Record<string, unknown>> {
  const [tid, oid] = key.split(':');
  const tenant = tenants.find(({ tenantId }) => tenantId === tid);
  if (tenant === undefined) throw new Error(`${key} is of no tenant of the test`);
  const person = tenant.people.find((one) => one.oid === oid);
  return {
    ...accessClaims(toTestTenant(tenant), Date.now()),
    name: person?.displayName,
    oid,
    ...(person === undefined ? {} : { preferred_username: person.mail }),
    ...(person === undefined || person.roles.length === 0 ? {} : { roles: person.roles }),
    ...(person?.kind === 'guest' ? { acct: 1 } : {}),
  };
}

export interface Client {
  readonly connection: HubConnection;
  readonly device: { readonly id: string; readonly kind: DeviceKind };
  invoke<M extends HubMethodName>(
    method: M,
    request: HubMethods[M]['request'],
  ): Promise<HubAnswer<HubMethods[M]['answer']>>;
  /** Whatever a hostile page might send. */
  raw(method: string, ...args: unknown[]): Promise<HubAnswer<unknown>>;
  heard<M extends HubMessageName>(name: M): readonly HubMessages[M][];
  readonly closedWith: readonly (string | undefined)[];
}

export interface ConnectOptions {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly expiresInMs?: number;
  readonly kind?: DeviceKind;
  readonly deviceId?: string;
  readonly silent?: boolean;
}

export interface WireBench {
  readonly hub: Hub;
  readonly store: Store;
  readonly directory: Directory;
  readonly validator: TokenValidator;
  /** What the page behind a join link asks; without a socket. */
  readonly join: JoinApi;
  readonly logLines: readonly string[];
  token(person: PersonKey, options?: ConnectOptions): Promise<string>;
  /** Connects with the official client, and says hello unless `silent`. */
  connect(person: PersonKey, options?: ConnectOptions): Promise<Client>;
  connectWith(accessToken: string): Promise<HubConnection>;
  /** With a ticket, from the page behind a join link; says hello. */
  visit(ticket: string, options?: ConnectOptions): Promise<Client>;
  close(): Promise<void>;
}

/** The hub's endpoint on a real socket, with real tokens and a store in memory. */
export async function createWireBench(
  { companies, seeds, listed, calendars, onFailure = rethrow }: BenchWorld = { companies: COMPANIES, seeds: SEEDS },
  store: Store = createMemoryStore(),
): Promise<WireBench> {
  const key = await createSigningKey('bench');
  const directory = await openDemoDirectory({
    companies,
    store,
    startMs: Date.now(),
    ...(listed === undefined ? {} : { listed }),
  });
  const hub = await createHub({
    store,
    directory,
    seeds,
    clock: systemClock,
    newId: randomUUID,
    ...(calendars === undefined ? {} : { calendars }),
    onFailure,
  });
  const tickets = await createTickets(store.values, systemClock.nowMs);
  const logLines: string[] = [];
  const validator = createTokenValidator(companies.tenants.map((tenant) => trustTestTenant(toTestTenant(tenant), key)));
  const join = createJoinApi({
    ...{ hub, tickets, validator, clock: systemClock, publicOrigin: 'http://localhost', isBehindProxy: false },
    logger: createLogger('silent'),
  });
  const endpoint = createEndpoint({
    latencyMs: 0,
    hub,
    tickets,
    store,
    directory,
    clock: systemClock,
    grants: createGrants(store.values, systemClock.nowMs),
    ice: { stunUrls: ['stun:stun.abc.com'], turn: { urls: ['turn:turn.abc.com'], secret: 'north' } },
    validator,
    logger: createLogger('debug', { write: (line) => void logLines.push(line) }),
    metrics: createMetrics({ process: false }),
    allowOrigin: () => true,
  });
  const server = createServer((request, response) => void endpoint.handleNegotiate(request, response));
  server.on('upgrade', (request, socket, head) => void endpoint.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`;
  const connections: HubConnection[] = [];

  const open = (accessToken: string): HubConnection => {
    const connection = new HubConnectionBuilder()
      .withUrl(url, { accessTokenFactory: () => accessToken })
      .withHubProtocol(new MessagePackHubProtocol())
      // As the pages do: the hub gives up on who is silent for three times that.
      .withKeepAliveInterval(KEEP_ALIVE_MS)
      .configureLogging(LogLevel.None)
      .build();
    connections.push(connection);
    return connection;
  };
  const token = (person: PersonKey, { claims = {}, expiresInMs = 3_600_000 }: ConnectOptions = {}): Promise<string> => {
    const exp = (Date.now() + expiresInMs) / 1000;
    const all = { ...claimsOf(companies, person), exp: Math.floor(exp), ...claims };
    return mintToken(JSON.parse(JSON.stringify(all)), key);
  };
  return {
    hub,
    store,
    directory,
    validator,
    join,
    logLines,
    token,
    async connectWith(accessToken) {
      const connection = open(accessToken);
      await connection.start();
      return connection;
    },
    async visit(ticket, options = {}) {
      const client = toClient(open(ticket), { kind: 'join', ...options });
      await client.connection.start();
      return options.silent === true ? client : greeted(client);
    },
    async connect(person, options = {}) {
      const client = toClient(open(await token(person, options)), options);
      await client.connection.start();
      return options.silent === true ? client : greeted(client);
    },
    async close() {
      await Promise.all(connections.map((connection) => connection.stop()));
      await endpoint.shutdown();
      hub.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function greeted(client: Client): Promise<Client> {
  const hello = { protocolVersion: PROTOCOL_VERSION, device: client.device, resume: [] };
  const answer = await client.invoke('hello', hello);
  if (!answer.ok) throw new Error(`hello was refused: ${answer.refusal.code}`);
  return client;
}

const MESSAGES: readonly HubMessageName[] = [
  'events',
  'signal',
  'relay',
  'presence',
  'listsChanged',
  'signInHeld',
  'takenOut',
  'switched',
  'replaced',
  'lobby',
  'lobbyPlace',
];

function toClient(connection: HubConnection, options: ConnectOptions): Client {
  const heard: { readonly name: HubMessageName; readonly message: unknown }[] = [];
  for (const name of MESSAGES) connection.on(name, (message: unknown) => heard.push({ name, message }));
  const closedWith: (string | undefined)[] = [];
  connection.onclose((error) => closedWith.push(error?.message));
  return {
    connection,
    device: { id: options.deviceId ?? randomUUID(), kind: options.kind ?? 'desk' },
    invoke: (method, request) => connection.invoke(method, request),
    raw: (method, ...args) => connection.invoke(method, ...args),
    heard: (name) => heard.filter((one) => one.name === name).map((one) => one.message as never),
    closedWith,
  };
}

/** Waits, without a fixed time, until the check passes. */
export const until = (check: () => unknown): Promise<void> =>
  vi.waitFor(
    async () => {
      if (!(await check())) throw new Error('not yet');
    },
    { timeout: 10_000, interval: 10 },
  );
