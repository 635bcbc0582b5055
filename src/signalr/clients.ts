import type { Member, Registry } from './registry.ts';
import { MessageType } from './wire/messages.ts';
import { createOutgoing } from './wire/outgoing.ts';

/** Some connections, looked up at the moment of sending. A message is encoded once per protocol, however many they are. */
export interface Receivers {
  /** Calls the handler `target` of every receiver. Throws when an argument cannot be encoded. */
  send(target: string, ...args: readonly unknown[]): void;
  /** As `send`; a receiver that is backed up keeps only the newest message per `key`. */
  sendLatest(key: string, target: string, ...args: readonly unknown[]): void;
}

export interface HubClients {
  readonly all: Receivers;
  allExcept(connectionIds: Iterable<string>): Receivers;
  connection(connectionId: string): Receivers;
  connections(connectionIds: Iterable<string>): Receivers;
  /** Every connection of one user. */
  user(userId: string): Receivers;
  group(name: string): Receivers;
  groupExcept(name: string, connectionIds: Iterable<string>): Receivers;
}

export function createClients(registry: Registry<Member>): HubClients {
  const byIds = (ids: Iterable<string>) => [...new Set(ids)].flatMap((id) => registry.byId(id) ?? []);
  return {
    all: receivers(() => registry.all()),
    allExcept: (ids) => receivers(() => registry.all(), new Set(ids)),
    connection: (id) => receivers(() => byIds([id])),
    connections: (ids) => receivers(() => byIds(ids)),
    user: (userId) => receivers(() => registry.ofUser(userId)),
    group: (name) => receivers(() => registry.inGroup(name)),
    groupExcept: (name, ids) => receivers(() => registry.inGroup(name), new Set(ids)),
  };
}

const NOBODY: ReadonlySet<string> = new Set();

function receivers(members: () => Iterable<Member>, left: ReadonlySet<string> = NOBODY): Receivers {
  return {
    send(target, ...args) {
      const message = createOutgoing({ type: MessageType.Invocation, target, arguments: args });
      for (const member of members()) if (!left.has(member.id)) member.deliver(message);
    },
    sendLatest(key, target, ...args) {
      const message = createOutgoing({ type: MessageType.Invocation, target, arguments: args });
      for (const member of members()) if (!left.has(member.id)) member.deliverLatest(key, message);
    },
  };
}
