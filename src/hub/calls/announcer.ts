import type { LoggedEvent } from '../../domain/call/event.ts';
import { audience, isIn } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { Online } from '../people/online.ts';
import type { PresenceBoard } from '../people/presence.ts';
import type { Reach } from '../reach/reach.ts';
import type { MeetingRef } from '../store/meeting-store.ts';
import type { Store } from '../store/store.ts';
import type { Committed } from './call-log.ts';
import { contactEntries } from './contact-entries.ts';
import { logForReader, withoutDeparted } from './reading.ts';
import { visibleTo } from './visible.ts';

export interface AnnouncerOptions {
  readonly store: Pick<Store, 'eventsAfter'>;
  readonly online: Online;
  readonly presence: PresenceBoard;
  readonly reach: Pick<Reach, 'unfindable'>;
  /** Everybody whom a meeting names. */
  readonly meetingPeople: (meeting: MeetingRef) => Promise<readonly PersonKey[]>;
  /** Nobody waits for an announcement; what fails in one is only told here. */
  readonly onFailure: (error: unknown) => void;
}

/** Tells everybody whom stored events concern: those in the call or rung by it, before or after them. Never rejects. */
export type Announce = (committed: Committed) => Promise<void>;

export function createAnnouncer(options: AnnouncerOptions): Announce {
  const { store, onFailure } = options;
  const waiting = new Map<string, Promise<void>>();

  return async (committed) => {
    const { callId } = committed.call.record;
    const newcomers = committed.before.seq === 0 ? [] : newcomersOf(committed);
    const queue = waiting.get(callId);
    if (queue === undefined && newcomers.length === 0) return announce(options, committed);
    // Who comes into a running call is told its whole log first; everybody hears of a call's events in their order.
    const turn = (queue ?? Promise.resolve())
      .then(() => (newcomers.length === 0 ? [] : store.eventsAfter(callId, 0)))
      // A page that misses events asks for them: better the new ones alone than nothing.
      .catch(() => [])
      .then(async (events) => {
        await Promise.all(newcomers.map((person) => tellEarlier(options, person, { committed, events }))).catch(
          onFailure,
        );
        announce(options, committed);
        if (waiting.get(callId) === turn) waiting.delete(callId);
      });
    waiting.set(callId, turn);
    return turn;
  };
}

/** @param events the call's whole log, with what was committed */
async function tellEarlier(
  { online, reach }: AnnouncerOptions,
  person: PersonKey,
  { committed, events }: { readonly committed: Committed; readonly events: readonly LoggedEvent[] },
): Promise<void> {
  const { callId } = committed.call.record;
  await Promise.all(
    online.of(person).map(async (page) => {
      const log = await logForReader(reach, page, events);
      const earlier = log.filter(({ seq }) => seq <= committed.before.seq);
      if (earlier.length > 0) page.send('events', { callId, events: earlier });
    }),
  );
}

function newcomersOf({ before, call }: Committed): readonly PersonKey[] {
  const there = new Set(audience(before));
  return audience(call.state).filter((person) => !there.has(person));
}

function announce({ online, presence, meetingPeople, onFailure }: AnnouncerOptions, committed: Committed): void {
  const { call, before } = committed;
  const { callId, meetingId, tid } = call.record;
  const present = audience(call.state);
  const concerned = new Set([...audience(before), ...present]);
  const events = withoutDeparted(committed.events, Object.keys(call.state.participants), concerned);
  online.tell(present, 'events', { callId, events });
  for (const person of concerned) {
    if (!present.includes(person)) online.tell([person], 'events', { callId, events: visibleTo(person, events) ?? [] });
  }
  tellReplaced(online, committed);
  const moved = [...concerned].filter((person) => standing(before, person) !== standing(call.state, person));
  presence.changed(moved);
  online.tell(ownersOfContacts(committed), 'listsChanged', { list: 'contacts' });
  if (meetingId === null || moved.length === 0) return;
  meetingPeople({ tid, meetingId })
    .then((people) => online.tell(people, 'listsChanged', { list: 'meetings' }))
    // The lists stay old until they are asked for again; the call goes on.
    .catch(onFailure);
}

const standing = (state: Committed['before'], person: PersonKey): boolean => isIn(state.participants[person]);

/** The state before the batch will do: what a batch says about contacts does not depend on its own earlier events. */
function ownersOfContacts({ before, events }: Committed): ReadonlySet<PersonKey> {
  return new Set(events.flatMap((logged) => contactEntries(before, logged)).map((entry) => entry.owner));
}

/** A call that moved to another page of the same person is over for the page that had it. */
function tellReplaced(online: Online, { call, before, events }: Committed): void {
  for (const { event } of events) {
    if (event.type !== 'joined') continue;
    const earlier = before.participants[event.person];
    if (!isIn(earlier) || earlier.device === null || earlier.device.id === event.device.id) continue;
    online.onDevice(event.person, earlier.device)?.send('replaced', { callId: call.record.callId });
  }
}
