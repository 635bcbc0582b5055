import { createClients, type HubClients } from '../../src/signalr/clients.ts';
import { type Connection, createConnection } from '../../src/signalr/connection/connection.ts';
import type { Logger, SignalRServerOptions } from '../../src/signalr/index.ts';
import { createRuntime, type HubRuntime } from '../../src/signalr/runtime.ts';
import type { SignalRSocket } from '../../src/signalr/socket.ts';
import type { HubProtocol } from '../../src/signalr/wire/hub-protocol.ts';
import { jsonHubProtocol } from '../../src/signalr/wire/json.ts';
import type { HubMessage, ParsedMessage } from '../../src/signalr/wire/messages.ts';
import { createManualClock, type ManualClock } from './signalr-clock.ts';

export interface TestContext {
  readonly name: string;
}

/** A socket in memory whose network can be stopped. */
export interface FakeSocket extends SignalRSocket {
  readonly sent: Uint8Array[];
  readonly state: 'open' | 'closing' | 'terminated';
  readonly isPaused: boolean;
  /** Stops the network: what is sent stays in the buffer. */
  block(): void;
  /** Lets the network take the message that waited longest. */
  takeOne(): void;
  /** Lets the network take everything. */
  unblock(): void;
}

export function createFakeSocket(): FakeSocket {
  const sent: Uint8Array[] = [];
  const waiting: { bytes: number; onWritten: () => void }[] = [];
  let bufferedAmount = 0;
  let isBlocked = false;
  let isPaused = false;
  let state: FakeSocket['state'] = 'open';

  function takeOne() {
    const first = waiting.shift();
    if (first === undefined) return;
    bufferedAmount -= first.bytes;
    first.onWritten();
  }

  return {
    sent,
    get bufferedAmount() {
      return bufferedAmount;
    },
    get state() {
      return state;
    },
    get isPaused() {
      return isPaused;
    },
    send(data, _format, onWritten) {
      if (state !== 'open') throw new Error('Something was sent on a socket that is closed.');
      sent.push(data);
      if (!isBlocked) return onWritten();
      bufferedAmount += data.length;
      waiting.push({ bytes: data.length, onWritten });
    },
    close() {
      if (state === 'open') state = 'closing';
    },
    terminate() {
      state = 'terminated';
    },
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
    },
    block() {
      isBlocked = true;
    },
    takeOne,
    unblock() {
      isBlocked = false;
      while (waiting.length > 0) takeOne();
    },
  };
}

/** One client of a hub without a network: what it sends, and what it was sent. */
export interface FakeClient {
  readonly connection: Connection<TestContext>;
  readonly socket: FakeSocket;
  readonly isGone: boolean;
  receiveRaw(bytes: string | Uint8Array): void;
  receive(...messages: readonly HubMessage[]): void;
  /** Everything sent to the client since the last call, behind the handshake. */
  take(): ParsedMessage[];
}

export interface FakeHub {
  readonly clock: ManualClock;
  readonly runtime: HubRuntime<TestContext>;
  readonly clients: HubClients;
  readonly errors: unknown[];
  /** A client whose handshake is done. */
  connect(options?: ConnectOptions): FakeClient;
  /** A client that has only a socket. */
  open(options?: ConnectOptions): FakeClient;
  tick(ms: number): void;
}

interface ConnectOptions {
  readonly userId?: string;
  readonly protocol?: HubProtocol;
  readonly expiresAtMs?: number;
}

export function createFakeHub(options: Partial<SignalRServerOptions<TestContext>> = {}): FakeHub {
  const clock = createManualClock();
  const errors: unknown[] = [];
  const logger: Logger = { debug: () => {}, warn: () => {}, error: (fields) => errors.push(fields) };
  const runtime = createRuntime<TestContext>({
    methods: {},
    authenticate: () => ({ ok: false, status: 401, reason: 'Not asked in these tests.' }),
    clock,
    logger,
    ...options,
  });
  const connections: Connection<TestContext>[] = [];

  function open({ userId = 'ada', protocol = jsonHubProtocol, expiresAtMs }: ConnectOptions = {}): FakeClient {
    const socket = createFakeSocket();
    let isGone = false;
    const identity = { id: `c${connections.length + 1}`, userId, context: { name: userId } };
    const connection = createConnection<TestContext>({
      runtime,
      identity: expiresAtMs === undefined ? identity : { ...identity, expiresAtMs },
      socket,
      onGone: () => {
        isGone = true;
      },
    });
    connections.push(connection);
    return {
      connection,
      socket,
      get isGone() {
        return isGone;
      },
      receiveRaw: (bytes) => connection.receive(Buffer.from(bytes)),
      receive(...messages) {
        for (const message of messages) connection.receive(Buffer.from(protocol.write(message)));
      },
      take: () => socket.sent.splice(0).flatMap((bytes) => parseAll(protocol, Buffer.from(bytes))),
    };
  }

  return {
    clock,
    runtime,
    clients: createClients(runtime.registry),
    errors,
    open,
    connect(connectOptions = {}) {
      const client = open(connectOptions);
      const { name } = connectOptions.protocol ?? jsonHubProtocol;
      client.receiveRaw(`{"protocol":"${name}","version":1}\u001e`);
      client.socket.sent.length = 0;
      return client;
    },
    tick(ms) {
      for (let passedMs = 0; passedMs < ms; passedMs += 1_000) {
        clock.advance(Math.min(1_000, ms - passedMs));
        for (const connection of connections) connection.tick();
      }
    },
  };
}

export function parseAll(protocol: HubProtocol, bytes: Buffer): ParsedMessage[] {
  const messages: ParsedMessage[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const bounds = protocol.framing(bytes, offset, Number.MAX_SAFE_INTEGER);
    if (bounds === undefined) throw new Error('The server sent half a message.');
    messages.push(protocol.parse(bytes.subarray(bounds.start, bounds.end)));
    offset = bounds.next;
  }
  return messages;
}

/** Lets promises that are already settled go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
