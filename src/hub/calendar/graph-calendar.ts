import * as v from 'valibot';
import type { CalendarRef } from '../../domain/meeting/model.ts';
import type { Asker } from '../directory/directory.ts';
import { DirectoryError } from '../directory/directory-error.ts';
import { type GraphAnswer, type GraphClient, MissingError } from '../directory/graph/graph-client.ts';
import {
  attendeesSchema,
  changeBody,
  changedAttendees,
  EVENT_EXPAND,
  EVENT_SELECT,
  eventSchema,
  IN_UTC,
  madeForFilter,
  madeSchema,
  newEventBody,
} from './graph-event.ts';
import type { CalendarEvent, EventChange, NewEvent, OwnCalendar } from './own-calendar.ts';

const EVENTS_PER_PAGE = 50;
const PAGES = 4;
/** Of one meeting: the event, and copies that people make of it. */
const COPIES = 10;
/** Who has no mailbox in Exchange Online. Source: "Resolve Microsoft Graph authorization errors" and its error codes. */
const NO_MAILBOX = new Set(['MailboxNotEnabledForRESTAPI', 'MailboxNotSupportedForRESTAPI', 'ErrorNonExistentMailbox']);

/** The default calendar of a mailbox, by Microsoft Graph. */
export function createGraphCalendar(client: GraphClient): OwnCalendar {
  const madeFor = async (asker: Asker, meetingId: string): Promise<readonly CalendarEvent[]> => {
    const query = { $filter: madeForFilter(meetingId), $select: EVENT_SELECT, $top: String(COPIES) };
    const pages = client.pages(asker, { path: '/me/events', query, headers: IN_UTC, schema: eventSchema, maxPages: 1 });
    for await (const page of pages) return page;
    return [];
  };
  /** What came of the first of two requests nobody knows, but the second one does the same. */
  const add = async (asker: Asker, event: NewEvent): Promise<GraphAnswer<CalendarRef>> => {
    const request = { method: 'POST', path: '/me/events', body: newEventBody(event), schema: madeSchema } as const;
    try {
      return await client.change(asker, request);
    } catch (error) {
      if (!(error instanceof DirectoryError) || error.failure.code !== 'unavailable') throw error;
      return client.change(asker, request);
    }
  };

  return {
    madeFor,
    async add(asker, event) {
      const answer = await add(asker, event);
      switch (answer.kind) {
        case 'ok':
          return answer.value;
        case 'missing':
          if (NO_MAILBOX.has(answer.code)) return null;
          throw new DirectoryError({ code: 'unavailable' }, `Graph has no calendar: ${answer.code}`);
        case 'conflict':
          return onlyOne(await madeFor(asker, event.meetingId));
      }
    },
    async change(asker, ref, change) {
      const attendees = await attendeesAfter(client, { asker, ref, change });
      if (attendees === 'gone') return 'gone';
      const body = { ...changeBody(change), ...(attendees === null ? {} : { attendees }) };
      const answer = await client.change(asker, { method: 'PATCH', path: pathOf(ref), body, schema: v.unknown() });
      return outcomeOf(answer);
    },
    async remove(asker, ref, comment) {
      const event = await client.get(asker, {
        path: pathOf(ref),
        query: { $select: 'attendees' },
        schema: attendeesSchema,
      });
      if (event === null) return;
      // Only what somebody is invited to can be called off with a word to them.
      const request =
        event.attendees.length === 0
          ? ({ method: 'DELETE', path: pathOf(ref) } as const)
          : ({ method: 'POST', path: `${pathOf(ref)}/cancel`, body: { comment } } as const);
      outcomeOf(await client.change(asker, { ...request, schema: v.unknown() }));
    },
    async read(asker, { fromMs, toMs }) {
      const query = {
        startDateTime: new Date(fromMs).toISOString(),
        endDateTime: new Date(toMs).toISOString(),
        $select: EVENT_SELECT,
        $expand: EVENT_EXPAND,
        $orderby: 'start/dateTime',
        $top: String(EVENTS_PER_PAGE),
      };
      const request = { path: '/me/calendarView', query, headers: IN_UTC, schema: eventSchema, maxPages: PAGES };
      const events: CalendarEvent[] = [];
      try {
        for await (const page of client.pages(asker, request)) events.push(...page);
      } catch (error) {
        if (error instanceof MissingError && NO_MAILBOX.has(error.graphCode)) return null;
        throw error;
      }
      return { events, complete: events.length < PAGES * EVENTS_PER_PAGE };
    },
  };
}

const pathOf = ({ eventId }: CalendarRef): string => `/me/events/${encodeURIComponent(eventId)}`;

function outcomeOf(answer: GraphAnswer<unknown>): 'done' | 'gone' {
  if (answer.kind !== 'conflict') return answer.kind === 'ok' ? 'done' : 'gone';
  throw new DirectoryError({ code: 'unavailable' }, 'somebody changes the event at the same moment');
}

/** Of a request that was sent twice: the event that the first one made, which nobody has had the time to copy. */
function onlyOne(events: readonly CalendarEvent[]): CalendarRef {
  const made = events.find(({ isOrganizer, cancelled }) => isOrganizer && !cancelled);
  if (made === undefined) throw new DirectoryError({ code: 'unavailable' }, 'Graph does not show what it has made');
  return made.ref;
}

interface ChangedEvent {
  readonly asker: Asker;
  readonly ref: CalendarRef;
  readonly change: EventChange;
}

/** Everybody is named anew, or nobody. @returns null where nobody comes or goes */
async function attendeesAfter(
  client: GraphClient,
  { asker, ref, change }: ChangedEvent,
): Promise<readonly object[] | 'gone' | null> {
  if (change.added.length + change.removed.length === 0) return null;
  const query = { $select: 'attendees' };
  const event = await client.get(asker, { path: pathOf(ref), query, schema: attendeesSchema });
  return event === null ? 'gone' : changedAttendees(event.attendees, change);
}
