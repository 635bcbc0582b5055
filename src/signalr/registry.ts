import type { HubConnection } from './hub-connection.ts';
import type { OutgoingMessage } from './wire/outgoing.ts';

/** What the registry and the senders ask of a connection. */
export interface Member {
  readonly id: string;
  readonly userId: string;
  deliver(message: OutgoingMessage): void;
  deliverLatest(key: string, message: OutgoingMessage): void;
}

/** A member with the view of it that an application has. */
export interface HubMember<Context> extends Member {
  readonly hub: HubConnection<Context>;
}

/** Who is here, by id, by user and by group. An entry without members does not exist. */
export interface Registry<M extends Member> {
  add(member: M): void;
  /** Takes a member out of everything. */
  remove(member: M): void;
  addToGroup(member: M, group: string): void;
  removeFromGroup(member: M, group: string): void;
  isInGroup(member: M, group: string): boolean;
  readonly size: number;
  byId(id: string): M | undefined;
  all(): Iterable<M>;
  ofUser(userId: string): Iterable<M>;
  inGroup(group: string): Iterable<M>;
}

export function createRegistry<M extends Member>(): Registry<M> {
  const byId = new Map<string, M>();
  const users = new Map<string, Set<M>>();
  const groups = new Map<string, Set<M>>();
  const groupsOf = new Map<M, Set<string>>();

  function removeFromGroup(member: M, group: string) {
    removeFrom(groups, group, member);
    removeFrom(groupsOf, member, group);
  }

  return {
    add(member) {
      byId.set(member.id, member);
      addTo(users, member.userId, member);
    },
    remove(member) {
      byId.delete(member.id);
      removeFrom(users, member.userId, member);
      for (const group of groupsOf.get(member) ?? []) removeFromGroup(member, group);
    },
    addToGroup(member, group) {
      // A connection that left must not come back through a handler that was still running.
      if (byId.get(member.id) !== member) return;
      addTo(groups, group, member);
      addTo(groupsOf, member, group);
    },
    removeFromGroup,
    isInGroup: (member, group) => groups.get(group)?.has(member) ?? false,
    get size() {
      return byId.size;
    },
    byId: (id) => byId.get(id),
    all: () => byId.values(),
    ofUser: (userId) => users.get(userId) ?? [],
    inGroup: (group) => groups.get(group) ?? [],
  };
}

function addTo<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

function removeFrom<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set?.delete(value) === true && set.size === 0) sets.delete(key);
}
