import type { CloseOptions, DisconnectReason } from '../hub-connection.ts';
import { describeFailure } from '../hub-error.ts';
import { TOO_LARGE_FACTOR } from '../limits.ts';
import type { HubMethod } from '../options.ts';
import type { HubMember } from '../registry.ts';
import type { HubRuntime } from '../runtime.ts';
import type { SignalRSocket } from '../socket.ts';
import { recordFraming } from '../wire/framing.ts';
import { chooseProtocol, parseHandshakeRequest, writeHandshakeResponse } from '../wire/handshake.ts';
import type { HubProtocol } from '../wire/hub-protocol.ts';
import { type HubMessage, type InvocationMessage, MessageType } from '../wire/messages.ts';
import type { OutgoingMessage } from '../wire/outgoing.ts';
import { ProtocolError } from '../wire/protocol-error.ts';
import { hasExpired } from './expiry.ts';
import { createFacade, type Identity } from './facade.ts';
import { createInbound } from './inbound.ts';
import { createIncoming } from './incoming.ts';
import { createInvocations } from './invocations.ts';
import { createLifecycle } from './lifecycle.ts';
import { type Due, type Phase, whatIsDue } from './liveness.ts';
import { createOutbox } from './outbox.ts';
import { createReading } from './reading.ts';

/** One client on one socket, from the handshake to the end. */
export interface Connection<Context> extends HubMember<Context> {
  /** Bytes from the socket, cut anyhow. Never throws. */
  receive(chunk: Buffer): void;
  /** The socket is gone; `clean` when the peer had said so. */
  socketClosed(clean: boolean): void;
  /** To be called about once a second: pings, time-outs, expiry. */
  tick(): void;
  close(reason: DisconnectReason, options: CloseOptions): void;
}

export interface ConnectionOptions<Context> {
  readonly runtime: HubRuntime<Context>;
  readonly identity: Identity<Context>;
  readonly socket: SignalRSocket;
  /** The socket is closed and the hooks are done: nothing of the connection is left. */
  readonly onGone: () => void;
}

const PING: HubMessage = { type: MessageType.Ping };

export function createConnection<Context>(options: ConnectionOptions<Context>): Connection<Context> {
  const { runtime, identity, socket, onGone } = options;
  const { limits, clock, logger, registry } = runtime;
  let phase: Phase = 'handshake';
  let phaseSinceMs = clock.monotonicMs();
  let protocol: HubProtocol | undefined;
  /** Undefined until the client's first message: a client that never pings must not be timed out. */
  let lastHeardMs: number | undefined;
  let isEnded = false;

  const outbox = createOutbox({ socket, limits, clock, onOverflow: closeSlow });
  const hub = createFacade(identity, {
    isOpen: () => phase === 'open',
    bufferedBytes: () => socket.bufferedAmount,
    send,
    sendLatest(key, message) {
      if (phase === 'open' && protocol) outbox.sendLatest(key, protocol.write(message), protocol.transferFormat);
    },
    close,
    abort() {
      end('aborted');
      socket.terminate();
    },
    joinGroup: (name) => registry.addToGroup(connection, name),
    leaveGroup: (name) => registry.removeFromGroup(connection, name),
    isInGroup: (name) => registry.isInGroup(connection, name),
  });
  const reading = createReading({
    socket,
    maxWaiting: limits.maxQueuedInvocations,
    onResume() {
      // What the client sent in the meantime couldn't be heard.
      lastHeardMs = clock.monotonicMs();
    },
  });
  const invocations = createInvocations({
    runtime,
    connection: hub,
    reply: send,
    onProgress: () => reading.taken(invocations.waiting),
  });
  const lifecycle = createLifecycle({
    runtime,
    connection: hub,
    onReady: invocations.open,
    onRejected(error) {
      const reason = describeFailure(error, 'The server did not accept the connection.', runtime.detailedErrors);
      close('closedByServer', { error: reason });
    },
    whenIdle: invocations.whenIdle,
    onEnded() {
      isEnded = true;
      if (phase === 'closed') onGone();
    },
  });
  const dispatch = createIncoming({
    connectionId: identity.id,
    logger,
    onInvocation: (invocation) => push(invocation),
    onTooLarge: ({ type: _, ...envelope }) =>
      push({ ...envelope, type: MessageType.Invocation, arguments: [] }, runtime.tooLarge),
    onGoodbye() {
      end('clientClosed');
      socket.close();
    },
    reply: send,
  });
  const inbound = createInbound({
    maxFrameBytes: () => limits.maxMessageBytes * (protocol && runtime.tooLarge ? TOO_LARGE_FACTOR : 1),
    framing: () => protocol?.framing ?? recordFraming,
    onFrame,
  });

  function push(invocation: InvocationMessage, instead?: HubMethod<Context>) {
    invocations.push(invocation, instead);
    reading.added(invocations.waiting);
  }

  function enter(next: Phase) {
    phase = next;
    phaseSinceMs = clock.monotonicMs();
  }

  function send(message: HubMessage) {
    if (phase === 'open' && protocol) outbox.send(protocol.write(message), protocol.transferFormat);
  }

  function onFrame(payload: Buffer): boolean {
    if (protocol === undefined) shakeHands(payload);
    else {
      lastHeardMs ??= clock.monotonicMs();
      dispatch(payload.length > limits.maxMessageBytes ? protocol.parseTooLarge(payload) : protocol.parse(payload));
    }
    return phase === 'open';
  }

  function shakeHands(payload: Buffer) {
    const choice = chooseProtocol(parseHandshakeRequest(payload));
    if (!choice.ok) return refuseHandshake(choice.error);
    protocol = choice.protocol;
    enter('open');
    outbox.send(writeHandshakeResponse(), protocol.transferFormat);
    registry.add(connection);
    lifecycle.begin();
  }

  function refuseHandshake(error: string) {
    logger.debug({ connectionId: identity.id, error }, 'A handshake was refused');
    outbox.send(writeHandshakeResponse(error), 'Text');
    end('malformed');
    socket.close();
  }

  function closeSlow() {
    logger.warn({ connectionId: identity.id, bufferedBytes: socket.bufferedAmount }, 'A connection was too slow');
    close('slowConsumer', { error: 'The connection is too slow for what it is sent.', allowReconnect: true });
  }

  function close(reason: DisconnectReason, { error, allowReconnect }: CloseOptions) {
    if (phase === 'closing' || phase === 'closed') return;
    end(reason);
    if (protocol !== undefined) {
      const message = {
        type: MessageType.Close,
        ...(error === undefined ? {} : { error }),
        ...(allowReconnect === undefined ? {} : { allowReconnect }),
      };
      outbox.send(protocol.write(message), protocol.transferFormat);
    }
    socket.close();
  }

  /** From here on nothing is received and nothing is sent but what the caller still has to say. */
  function end(reason: DisconnectReason) {
    if (phase === 'closing' || phase === 'closed') return;
    enter('closing');
    outbox.clear();
    registry.remove(connection);
    // After a goodbye, what was said before it still counts.
    if (reason !== 'clientClosed') invocations.stop();
    // A paused socket would not even see the peer's answer to a close.
    reading.resume();
    lifecycle.end(reason);
  }

  function failed(error: unknown) {
    if (!(error instanceof ProtocolError)) {
      logger.error({ connectionId: identity.id, err: error }, 'A message could not be handled');
      return close('closedByServer', { error: 'The server failed to handle a message.', allowReconnect: true });
    }
    logger.debug({ connectionId: identity.id, err: error }, 'A client broke the protocol');
    if (protocol === undefined) return refuseHandshake(error.message);
    // A client that sends broken frames would do so again; one that once sent too much need not.
    close(error.code, { error: error.message, allowReconnect: error.code === 'messageTooLarge' });
  }

  function closeExpired() {
    close('expired', { error: 'The sign-in has expired.', allowReconnect: true });
  }

  function act(due: Due) {
    switch (due) {
      case 'nothing':
        return;
      case 'ping':
        return send(PING);
      case 'handshakeTimeout':
        return refuseHandshake(`The handshake was not completed within ${limits.handshakeTimeoutMs} ms.`);
      case 'clientTimeout': {
        const error = `Nothing was heard of the client for ${limits.clientTimeoutMs} ms.`;
        return close('clientTimeout', { error, allowReconnect: true });
      }
      case 'closeTimeout':
        // Neither a peer that doesn't answer nor a method that hangs may keep a connection for ever.
        invocations.stop();
        if (phase === 'closing') socket.terminate();
    }
  }

  const connection: Connection<Context> = {
    id: identity.id,
    userId: identity.userId,
    hub,
    deliver(message: OutgoingMessage) {
      if (phase === 'open' && protocol) outbox.send(message.encodedFor(protocol), protocol.transferFormat);
    },
    deliverLatest(key: string, message: OutgoingMessage) {
      if (phase === 'open' && protocol) outbox.sendLatest(key, message.encodedFor(protocol), protocol.transferFormat);
    },
    receive(chunk) {
      if (phase === 'closing' || phase === 'closed') return;
      if (lastHeardMs !== undefined) lastHeardMs = clock.monotonicMs();
      try {
        inbound.receive(chunk);
      } catch (error) {
        failed(error);
      }
    },
    socketClosed(clean) {
      end(clean ? 'clientClosed' : 'connectionLost');
      enter('closed');
      if (isEnded) onGone();
    },
    tick() {
      if (phase === 'open' && hasExpired(hub, runtime)) return closeExpired();
      const times = {
        phase,
        phaseSinceMs,
        lastSentAtMs: outbox.lastSentAtMs,
        lastHeardMs: reading.isPaused ? undefined : lastHeardMs,
      };
      act(whatIsDue(times, clock.monotonicMs(), limits));
    },
    close,
  };
  return connection;
}
