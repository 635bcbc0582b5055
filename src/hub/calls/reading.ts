import type { CallEvent, LoggedEvent } from '../../domain/call/event.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { Somebody } from '../reach/accounts.ts';
import type { Reach } from '../reach/reach.ts';

/**
 * A call's log as one person may read it: of people who were never there together with the reader, and whom the reader may not
 * find, neither key, name nor device. What they drew stays.
 * @param events the log from its first event on, up to where the reader may read it
 */
export async function logForReader(
  reach: Pick<Reach, 'unfindable'>,
  reader: Somebody,
  events: readonly LoggedEvent[],
): Promise<readonly LoggedEvent[]> {
  const passages = passagesOf(reader.person, events);
  const strangers = passages.people.filter((person) => !passages.met.has(person));
  if (strangers.length === 0) return events;
  const hidden = await reach.unfindable(reader, strangers);
  if (hidden.size === 0) return events;
  const names = new Map([...hidden].map((person) => [person, pseudonym(passages.people.indexOf(person))]));
  return events.map((logged) => ({ ...logged, event: veiled(logged.event, names) }));
}

/** Refuses a mark of an author who has left before: whoever came since does not learn whose it was. */
export function withoutDeparted(
  events: readonly LoggedEvent[],
  participants: readonly PersonKey[],
  present: ReadonlySet<PersonKey>,
): readonly LoggedEvent[] {
  return events.map((logged) => {
    const { event } = logged;
    if (event.type !== 'markRefused' || present.has(event.author)) return logged;
    return { ...logged, event: { ...event, author: pseudonym(participants.indexOf(event.author)) } };
  });
}

interface Passages {
  /** In the order of their first coming, which never changes: a pseudonym stays the same however much of the log there is. */
  readonly people: readonly PersonKey[];
  /** Who was there, or rung, while the reader was: they know of each other. */
  readonly met: ReadonlySet<PersonKey>;
}

function passagesOf(reader: PersonKey, events: readonly LoggedEvent[]): Passages {
  const [people, met, there] = [new Set<PersonKey>(), new Set([reader]), new Set<PersonKey>()];
  for (const { event } of events) {
    if (event.type === 'left') there.delete(event.person);
    if (event.type !== 'rang' && event.type !== 'joined') continue;
    people.add(event.person);
    there.add(event.person);
    if (there.has(reader)) for (const person of there) met.add(person);
  }
  return { people: [...people], met };
}

const NOBODYS_TENANT = '00000000-0000-0000-0000-000000000000';

/** In the form of a person's key, of a tenant that cannot be: it says no more than that it was the n-th one to come. */
const pseudonym = (index: number): PersonKey =>
  `${NOBODYS_TENANT}:00000000-0000-0000-0000-${String(index + 1).padStart(12, '0')}`;

/** `apply` makes the same of it as of the event itself, but for who it was. */
function veiled(event: CallEvent, names: ReadonlyMap<PersonKey, PersonKey>): CallEvent {
  const as = (person: PersonKey): PersonKey => names.get(person) ?? person;
  switch (event.type) {
    case 'rang':
      return { ...event, person: as(event.person), from: as(event.from), ...nameless(event.person, names) };
    case 'joined': {
      const { person, device } = event;
      const alias = names.get(person);
      if (alias === undefined) return event;
      return { ...event, person: alias, name: '', device: { ...device, id: alias.slice(alias.indexOf(':') + 1) } };
    }
    case 'editingStarted':
      return { ...event, person: as(event.person), target: as(event.target) };
    case 'marked':
      return { ...event, author: as(event.author), target: as(event.target) };
    case 'markRefused':
    case 'annotated':
      return { ...event, author: as(event.author) };
    case 'left':
    case 'connectionLost':
    case 'connectionBack':
    case 'mediaChanged':
    case 'cameraDescribed':
    case 'editingStopped':
    case 'erased':
    case 'restored':
      return { ...event, person: as(event.person) };
    case 'callCreated':
    case 'ended':
    case 'markPlaced':
    case 'anchorMoved':
      return event;
  }
}

const nameless = (person: PersonKey, names: ReadonlyMap<PersonKey, PersonKey>): { readonly name?: string } =>
  names.has(person) ? { name: '' } : {};
