import type { LoggedEvent } from '../../../src/domain/call/event.ts';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import type { HubMessageName, HubMessages } from '../../../src/protocol/types.ts';

/** Holds everything that the hub says to somebody against the tables, at the moment at which it is said. */
export interface Hearing {
  /** Follows who comes into which call, and goes. */
  readonly append: Store['append'];
  /** @throws Error when the message tells of somebody whom the reader may not meet */
  hear<M extends HubMessageName>(reader: PersonKey, name: M, message: HubMessages[M]): void;
  /** How much of what was said was about somebody else. */
  heard(): number;
}

interface Followed {
  readonly there: Set<PersonKey>;
  /** Pairs that were there at the same time. */
  readonly met: Set<string>;
}

const pair = (a: PersonKey, b: PersonKey): string => [a, b].toSorted().join(' ');
const PSEUDONYM = /^0{8}-/;

export function createHearing(append: Store['append'], mayMeet: (a: PersonKey, b: PersonKey) => boolean): Hearing {
  const calls = new Map<string, Followed>();
  let heard = 0;

  const follow = (callId: string, events: readonly LoggedEvent[]): void => {
    const call = calls.get(callId) ?? { there: new Set(), met: new Set() };
    calls.set(callId, call);
    for (const { event } of events) {
      if (event.type === 'left') call.there.delete(event.person);
      if (event.type !== 'rang' && event.type !== 'joined') continue;
      for (const other of call.there) call.met.add(pair(other, event.person));
      call.there.add(event.person);
    }
  };
  const require = (reader: PersonKey, other: PersonKey, what: string): void => {
    if (other === reader) return;
    heard += 1;
    if (!mayMeet(reader, other)) throw new Error(`${reader} is told ${what} of ${other}, and may not meet them`);
  };
  const requireOfCall = (reader: PersonKey, { callId, events }: HubMessages['events']): void => {
    const call = calls.get(callId);
    for (const { event } of events) {
      if (event.type !== 'rang' && event.type !== 'joined') continue;
      const { person } = event;
      if (PSEUDONYM.test(person)) continue;
      // Whoever was there with somebody who is gone has known of them since.
      if (call?.there.has(person) !== true && call?.met.has(pair(reader, person)) === true) continue;
      require(reader, person, event.type);
    }
  };
  return {
    async append(request) {
      const result = await append(request);
      if (result.kind === 'appended') follow(request.callId, request.events);
      return result;
    },
    hear(reader, name, message) {
      if (name === 'presence' && 'presence' in message) require(reader, message.person, name);
      if (name === 'signal' && 'from' in message) require(reader, message.from, name);
      if (name === 'events' && 'events' in message) requireOfCall(reader, message as HubMessages['events']);
    },
    heard: () => heard,
  };
}
