import { randomUUID } from 'node:crypto';
import { instantOf } from '../../../src/domain/meeting/local-time.ts';
import { offsetMinAt } from '../../../src/ui/text/zones.ts';
import { type Answer, graphError, ok } from './answer.ts';
import { selected } from './users.ts';

/** An event as it stands in one mailbox. */
export interface FakeEvent {
  readonly id: string;
  readonly iCalUId: string;
  subject: string;
  startMs: number;
  endMs: number;
  /** The zone that the times came in. */
  zone: string;
  isAllDay: boolean;
  sensitivity: string;
  readonly isOrganizer: boolean;
  /** `singleInstance`, `seriesMaster` or `occurrence`. */
  type: string;
  readonly seriesMasterId: string | null;
  isCancelled: boolean;
  /** Thrown away, but still in the mailbox. */
  isInTrash: boolean;
  attendees: readonly FakeAttendee[];
  readonly text: string;
  readonly transactionId: string | null;
  readonly properties: readonly { readonly id: string; readonly value: string }[];
}

export interface FakeAttendee {
  readonly type?: string;
  readonly status?: { readonly response: string };
  readonly emailAddress: { readonly address: string; readonly name?: string };
}

export interface SentMail {
  readonly to: string;
  readonly what: 'invited' | 'updated' | 'cancelled';
  readonly comment: string;
}

/** Mailboxes by the id of their owner. What people do in Outlook is done to the events here. */
export interface FakeCalendars {
  of(owner: string): FakeEvent[];
  /** Puts something into somebody's calendar by hand. */
  put(owner: string, event: Partial<FakeEvent> & Pick<FakeEvent, 'subject' | 'startMs'>): FakeEvent;
  /** The organizer calls off what they organize: it goes, and copies stand as cancelled. */
  callOff(owner: string, event: FakeEvent): void;
  readonly mails: readonly SentMail[];
  /** False: nobody has consented to Calendars.ReadWrite. */
  consented: boolean;
  /** Owners without a mailbox in Exchange Online. */
  readonly withoutMailbox: Set<string>;
  answer(asked: CalendarRequest): Answer | null;
}

export interface CalendarRequest {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly prefer: string;
  readonly owner: string;
  readonly body: string;
  /** Where the next page is, without its parameters. */
  readonly self: string;
}

const HOUR_MS = 3_600_000;
const FILTER = /^singleValueExtendedProperties\/Any\(ep: ep\/id eq '([^']+)' and ep\/value eq '([^']*)'\)$/;
const EXPAND = /^singleValueExtendedProperties\(\$filter=id eq '([^']+)'\)$/;
const PROPERTY_ID = /^String \{[0-9a-f-]{36}\} Name \w+$/;
/** Some that Graph documents, and UTC: others are refused, as mailboxes refuse what they do not know. */
const ZONES = new Set(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Kathmandu']);

export function createFakeCalendars(ownerOf: (mail: string) => string | undefined): FakeCalendars {
  const boxes = new Map<string, FakeEvent[]>();
  const mails: SentMail[] = [];
  const of = (owner: string): FakeEvent[] => {
    const box = boxes.get(owner) ?? [];
    boxes.set(owner, box);
    return box;
  };
  const mail = (to: FakeAttendee, what: SentMail['what'], comment = ''): void =>
    void mails.push({ to: to.emailAddress.address, what, comment });
  const copiesOf = ({ iCalUId, attendees }: FakeEvent): readonly FakeEvent[] =>
    attendees.flatMap(({ emailAddress }) => {
      const owner = ownerOf(emailAddress.address.toLowerCase());
      return owner === undefined ? [] : of(owner).filter((one) => one.iCalUId === iCalUId && !one.isOrganizer);
    });
  const invite = (event: FakeEvent, attendee: FakeAttendee): void => {
    mail(attendee, 'invited');
    const owner = ownerOf(attendee.emailAddress.address.toLowerCase());
    // What an application has noted with an event is not sent along.
    if (owner !== undefined) of(owner).push({ ...event, id: randomUUID(), isOrganizer: false, properties: [] });
  };
  const remove = (owner: string, event: FakeEvent, comment = ''): void => {
    boxes.set(
      owner,
      of(owner).filter((one) => one !== event),
    );
    for (const attendee of event.attendees) mail(attendee, 'cancelled', comment);
    for (const copy of copiesOf(event)) copy.isCancelled = true;
  };

  const calendars: FakeCalendars = {
    of,
    mails,
    consented: true,
    withoutMailbox: new Set(),
    put(owner, event) {
      const whole: FakeEvent = {
        id: randomUUID(),
        iCalUId: randomUUID(),
        endMs: event.startMs + HOUR_MS,
        zone: 'UTC',
        ...{ isAllDay: false, sensitivity: 'normal', isOrganizer: true, isCancelled: false, isInTrash: false },
        ...{ attendees: [], text: '' },
        ...{ transactionId: null, properties: [], type: 'singleInstance', seriesMasterId: null },
        ...event,
      };
      of(owner).push(whole);
      return whole;
    },
    callOff: (owner, event) => remove(owner, event),
    answer(asked) {
      const { path, owner, method } = asked;
      if (path !== '/me/calendarView' && !path.startsWith('/me/events')) return null;
      if (!calendars.consented) return graphError(403, 'ErrorAccessDenied');
      if (calendars.withoutMailbox.has(owner)) return graphError(404, 'MailboxNotEnabledForRESTAPI');
      if (path === '/me/calendarView') return view(of(owner), asked);
      if (path === '/me/events') return method === 'POST' ? create(asked) : madeFor(of(owner), asked);
      const [, , , id = '', action = ''] = path.split('/');
      const event = of(owner).find((one) => one.id === id);
      if (event === undefined) return graphError(404, 'ErrorItemNotFound');
      return change(asked, event, action);
    },
  };

  function create({ owner, body }: CalendarRequest): Answer {
    const wanted = JSON.parse(body) as Record<string, unknown>;
    const made = eventOf(wanted);
    if (made === null) return graphError(400, 'ErrorInvalidRequest');
    if (of(owner).some((one) => one.transactionId === made.transactionId && made.transactionId !== null))
      return graphError(409, 'ErrorDuplicateTransactionId');
    of(owner).push(made);
    for (const attendee of made.attendees) invite(made, attendee);
    return { ...ok(shown(made, null)), status: 201 };
  }

  function change({ owner, method, params, body }: CalendarRequest, event: FakeEvent, action: string): Answer {
    if (method === 'GET') return ok(selected(shown(event, null), params.get('$select')));
    if (method === 'DELETE') {
      remove(owner, event);
      return { status: 204, body: '' };
    }
    if (action === 'cancel') {
      if (!event.isOrganizer || event.attendees.length === 0) return graphError(400, 'ErrorInvalidRequest');
      remove(owner, event, (JSON.parse(body) as { comment: string }).comment);
      return { status: 202, body: '' };
    }
    return method === 'PATCH' ? patch(event, JSON.parse(body) as Record<string, unknown>) : graphError(405, 'Bad');
  }

  function patch(event: FakeEvent, wanted: Record<string, unknown>): Answer {
    const before = event.attendees;
    const next = eventOf({ ...asWritten(event), ...wanted });
    if (next === null) return graphError(400, 'ErrorInvalidRequest');
    const copies = copiesOf(event);
    const { subject, startMs, endMs, zone } = next;
    for (const one of [event, ...copies]) Object.assign(one, { subject, startMs, endMs, zone });
    event.attendees = next.attendees;
    const isIn = (list: readonly FakeAttendee[], one: FakeAttendee): boolean =>
      list.some(({ emailAddress }) => emailAddress.address === one.emailAddress.address);
    for (const one of next.attendees) if (!isIn(before, one)) invite(event, one);
    for (const one of before) if (!isIn(next.attendees, one)) mail(one, 'cancelled');
    const isForAll = Object.keys(wanted).some((name) => name !== 'attendees');
    if (isForAll) for (const one of next.attendees) if (isIn(before, one)) mail(one, 'updated');
    return ok(shown(event, null));
  }
  return calendars;
}

function eventOf(wanted: Record<string, unknown>): FakeEvent | null {
  const [startMs, endMs] = [momentOf(wanted.start), momentOf(wanted.end)];
  const properties = (wanted.singleValueExtendedProperties ?? []) as FakeEvent['properties'];
  if (startMs === null || endMs === null || endMs < startMs) return null;
  if (properties.some(({ id }) => !PROPERTY_ID.test(id))) return null;
  if ('isOnlineMeeting' in wanted) return null;
  return {
    id: `AAMk${randomUUID()}=`,
    iCalUId: `040000008200E00074C5B7101A82E008${randomUUID()}`,
    subject: String(wanted.subject ?? ''),
    startMs,
    endMs,
    zone: (wanted.start as { timeZone: string }).timeZone,
    type: 'singleInstance',
    seriesMasterId: null,
    isAllDay: false,
    sensitivity: 'normal',
    isOrganizer: true,
    isCancelled: false,
    isInTrash: false,
    attendees: (wanted.attendees ?? []) as FakeEvent['attendees'],
    text: (wanted.body as { content: string } | undefined)?.content ?? '',
    transactionId: (wanted.transactionId ?? null) as string | null,
    properties,
  };
}

function momentOf(time: unknown): number | null {
  const { dateTime = '', timeZone = '' } = (time ?? {}) as { dateTime?: string; timeZone?: string };
  const [, date = '', hour, minute, second] = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(dateTime) ?? [];
  if (date === '' || !ZONES.has(timeZone)) return null;
  const local = { date, minuteOfDay: Number(hour) * 60 + Number(minute) };
  return instantOf(local, timeZone, offsetMinAt).instantMs + Number(second) * 1000;
}

const asWritten = (event: FakeEvent) => ({
  subject: event.subject,
  start: { dateTime: new Date(event.startMs).toISOString().slice(0, 19), timeZone: 'UTC' },
  end: { dateTime: new Date(event.endMs).toISOString().slice(0, 19), timeZone: 'UTC' },
  attendees: event.attendees,
});

function shown(event: FakeEvent, property: string | null, timeZone = 'UTC') {
  const at = (ms: number) => ({ dateTime: new Date(ms).toISOString().replace('Z', '0000'), timeZone });
  const { startMs, endMs, zone: _, text, properties, transactionId: __, ...rest } = event;
  const found = properties.filter(({ id }) => id === property);
  return {
    ...rest,
    start: at(startMs),
    end: at(endMs),
    body: { contentType: 'text', content: text },
    ...(found.length === 0 ? {} : { singleValueExtendedProperties: found }),
  };
}

/** In another zone than UTC unless that is preferred, as mailboxes may be. */
const zoneOf = (prefer: string): string => (prefer === 'outlook.timezone="UTC"' ? 'UTC' : 'W. Europe Standard Time');

function view(events: readonly FakeEvent[], { params, prefer, self }: CalendarRequest): Answer {
  const [from, to] = [Date.parse(params.get('startDateTime') ?? ''), Date.parse(params.get('endDateTime') ?? '')];
  if (Number.isNaN(from) || Number.isNaN(to)) return graphError(400, 'ErrorInvalidParameter');
  const property = EXPAND.exec(params.get('$expand') ?? '')?.[1] ?? null;
  // Of a series its occurrences.
  const inCalendar = events.filter(({ type, isInTrash }) => type !== 'seriesMaster' && !isInTrash);
  const inRange = inCalendar.filter(({ startMs, endMs }) => endMs > from && startMs < to);
  const ordered = inRange.toSorted((a, b) => a.startMs - b.startMs);
  const [top, skip] = [Number(params.get('$top') ?? 10), Number(params.get('$skip') ?? 0)];
  const next = new URLSearchParams(params);
  next.set('$skip', String(skip + top));
  // What is expanded comes besides what is selected.
  const names = `${params.get('$select')},singleValueExtendedProperties`;
  const value = ordered.slice(skip, skip + top).map((one) => selected(shown(one, property, zoneOf(prefer)), names));
  return ok({ value, ...(skip + top < ordered.length ? { '@odata.nextLink': `${self}?${next}` } : {}) });
}

function madeFor(events: readonly FakeEvent[], { params, prefer }: CalendarRequest): Answer {
  const [, id, value] = FILTER.exec(params.get('$filter') ?? '') ?? [];
  if (id === undefined) return graphError(400, 'ErrorInvalidUrlQueryFilter');
  const found = events.filter(({ properties }) => properties.some((one) => one.id === id && one.value === value));
  const names = params.get('$select');
  return ok({ value: found.map((one) => selected(shown(one, null, zoneOf(prefer)), names)) });
}
