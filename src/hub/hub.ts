import { isIn } from '../domain/call/queries.ts';
import type { PersonKey } from '../domain/call/state.ts';
import { createAnnouncer } from './calls/announcer.ts';
import { type CallLog, createCallLog } from './calls/call-log.ts';
import { type CallService, createCallService } from './calls/call-service.ts';
import { createCallTimers } from './calls/call-timers.ts';
import { callsIn } from './calls/context.ts';
import type { Clock } from './clock.ts';
import type { Directory } from './directory/directory.ts';
import { createLists, type Lists } from './people/lists.ts';
import { createOnline, type Online } from './people/online.ts';
import type { Peer } from './people/peer.ts';
import { createPresenceBoard } from './people/presence.ts';
import type { Store } from './store/store.ts';

export interface HubOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: Clock;
  /** For new calls: a UUID in lower case. */
  readonly newId: () => string;
  /** Told what went wrong in work that nobody waits for. */
  readonly onFailure: (error: unknown) => void;
}

/** Calls and people, without a wire: what the methods of the SignalR endpoint stand on. */
export interface Hub {
  readonly calls: CallService;
  readonly log: CallLog;
  readonly lists: Lists;
  readonly online: Online;
  /** A page has said hello. A page of the same device that was still there loses its call to it. */
  arrived(peer: Peer): void;
  departed(peer: Peer): void;
  /** Calls the listener whenever somebody may have left a call. @returns ends that */
  onCallChanged(listener: (people: Iterable<PersonKey>) => void): () => void;
  close(): void;
}

/** Rebuilds the open calls from the store, then is ready. Rejects when the store does. */
export async function createHub(options: HubOptions): Promise<Hub> {
  const { store, directory, clock, onFailure } = options;
  const online = createOnline();
  const listeners = new Set<(people: Iterable<PersonKey>) => void>();
  const log = createCallLog({
    store,
    clock,
    onCommitted(committed) {
      timers.sync(committed.call);
      announce(committed);
      for (const listener of listeners) listener(Object.keys(committed.call.state.participants));
    },
  });
  const presence = createPresenceBoard({
    isOnline: online.isOnline,
    isInCall: (person) => callsIn(log, person).length > 0,
  });
  const announce = createAnnouncer({ store, online, presence, directory, onFailure });
  const timers = createCallTimers({
    clock,
    isConnected: (person, device) => online.onDevice(person, device) !== undefined,
    run: async (callId, command) => log.run(callId, [{ command, actor: { kind: 'hub' } }], null),
  });
  await log.rebuild();
  for (const call of log.open.all()) timers.sync(call);

  const connectionChanged = (peer: Peer): void => {
    for (const call of log.open.of(peer.person)) timers.sync(call);
    presence.changed([peer.person]);
  };
  return {
    calls: createCallService({
      ...options,
      log,
      contactsChanged: (people) => online.tell(people, 'listsChanged', { list: 'contacts' }),
    }),
    log,
    lists: createLists({ store, directory, presence, log, clock }),
    online,
    arrived(peer) {
      const before = online.add(peer);
      if (before !== undefined) tellReplaced(before, log);
      connectionChanged(peer);
    },
    departed(peer) {
      presence.unwatch(peer);
      online.remove(peer);
      connectionChanged(peer);
    },
    onCallChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => timers.close(),
  };
}

/**
 * Mostly a ghost that hears nothing any more; else a copied tab, which now knows that it is not in the call. It is not closed:
 * it would come back, take the call and so on for ever.
 */
function tellReplaced(before: Peer, log: CallLog): void {
  for (const { record, state } of log.open.of(before.person)) {
    const participant = state.participants[before.person];
    if (isIn(participant) && participant.device?.id === before.device.id) {
      before.send('replaced', { callId: record.callId });
    }
  }
}
