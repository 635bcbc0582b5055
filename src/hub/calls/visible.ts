import type { LoggedEvent } from '../../domain/call/event.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { AUDIENCE_OF_EVENT } from '../reach/rules-of-methods.ts';

/**
 * What somebody who is not in the call (any more) may still read of its log: everything up to the own leaving, with the end of
 * the call when it came with it. null for somebody who never was in it nor rung.
 * @param events the whole log, or a part of it in which the person leaves
 */
export function visibleTo(person: PersonKey, events: readonly LoggedEvent[]): readonly LoggedEvent[] | null {
  const last = events.findLastIndex(
    ({ event }) => 'person' in event && event.person === person && isPassage(event.type),
  );
  if (last < 0) return null;
  if (events[last]?.event.type !== 'left') return events;
  const further = events.findIndex(({ event }, at) => at > last && AUDIENCE_OF_EVENT[event.type] === 'present');
  return further < 0 ? events : events.slice(0, further);
}

const isPassage = (type: string): boolean => type === 'rang' || type === 'joined' || type === 'left';
