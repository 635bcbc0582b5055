import { type Signal, signal } from '@preact/signals-core';
import type { Door, Lobby, OwnPlace, Planner } from '../../../src/client/meetings/types.ts';
import type { CalendarEntry, Meeting, MeetingDetails, OwnDay } from '../../../src/client/types.ts';
import { accept, refuse } from '../../../src/domain/call/refusal.ts';
import { overlaps } from '../../../src/domain/meeting/joinable.ts';
import { DEFAULT_MEETING_SETTINGS } from '../../../src/domain/meeting/model.ts';
import { ONE_TIME_TITLE } from '../../../src/domain/meeting/one-time.ts';
import { formProblems, type MeetingDraft } from '../../../src/domain/meeting/schedule.ts';
import { isZone } from '../../../src/ui/text/zones.ts';
import { contacts, ME, meetings as peopleMeetings } from './people.ts';

const MAY = { edit: true, cancel: true, admit: true, invite: true, send: true, add: true };
const MINUTE_MS = 60_000;
/** Of a meeting that its organizer alone is in. */
const PLACES = 3;

export interface FakeMeetings {
  readonly planner: Planner;
  readonly door: Door;
  readonly lobbies: Signal<readonly Lobby[]>;
  readonly place: Signal<OwnPlace | null>;
  /** What was decided about those who wait, e.g. `admit:p`. */
  readonly decided: string[];
}

/** Meetings kept in one page: what is planned is listed, by the same rules as far as a form knows them. */
export function createFakeMeetings(changed: () => void, nowMs: number): FakeMeetings {
  let all: readonly MeetingDetails[] = peopleMeetings(nowMs).map((one) => detailsOf({ ...one, may: MAY }));
  const lobbies = signal<readonly Lobby[]>([]);
  const place = signal<OwnPlace | null>(null);
  const decided: string[] = [];
  let made = 0;

  const keep = (meeting: MeetingDetails): MeetingDetails => {
    all = [...all.filter(({ meetingId }) => meetingId !== meeting.meetingId), meeting];
    changed();
    return meeting;
  };
  const find = (id: string): MeetingDetails | undefined => all.find(({ meetingId }) => meetingId === id);
  const linkOf = (id: string): string => `${location.origin}/join/${id.replaceAll('-', '')}`;
  const create = (meeting: Partial<Meeting>, draft?: MeetingDraft): MeetingDetails => {
    made += 1;
    const meetingId = `00000000-0000-4000-b000-${String(made).padStart(12, '0')}`;
    const base = { ...(peopleMeetings(nowMs)[0] as Meeting), present: [], organizer: ME.name, may: MAY };
    return keep(detailsOf({ ...base, meetingId, ...meeting }, draft));
  };
  const changeTo = (id: string, change: (meeting: MeetingDetails) => MeetingDetails) => {
    const meeting = find(id);
    return meeting === undefined ? refuse('not-found') : accept(keep(change(meeting)));
  };

  const planner: Planner = {
    list: async ({ fromMs, toMs }) => accept(all.filter((one) => overlaps(one, { startMs: fromMs, endMs: toMs }))),
    calendar: async ({ fromMs }) => accept(ownDay(fromMs)),
    async details(id) {
      const meeting = find(id);
      return meeting === undefined ? refuse('not-found') : accept(meeting);
    },
    async check(meetingId, draft) {
      const problems = formProblems(draft, { isZone, nowMs: Date.now(), before: find(meetingId ?? '')?.draft ?? null });
      const waiting = draft.invitees.filter(({ kind }) => kind === 'mail');
      const colleague = draft.invitees.flatMap((one) => (one.kind === 'account' ? [one.person] : []));
      const isAlone = waiting.length > 0 && draft.lobby !== 'everyone' && draft.coOrganizers.length === 0;
      return accept({
        problems,
        warnings:
          problems.length === 0 && isAlone
            ? [{ kind: 'nobody-to-admit', waiting, offerEveryone: true, offerCoOrganizers: colleague }]
            : [],
        settings: DEFAULT_MEETING_SETTINGS,
        inCalendar: wish() !== null,
      });
    },
    async plan(draft) {
      const { title, startMs, endMs, zone } = draft;
      return accept(create({ title, startMs, endMs, zone, joinable: false }, draft));
    },
    change: async (id, revision, draft) => {
      if (find(id)?.revision !== revision) return refuse('meeting-changed');
      const { title, startMs, endMs, zone } = draft;
      return changeTo(id, (one) => ({ ...one, title, startMs, endMs, zone, draft, revision: revision + 1 }));
    },
    cancel: async (id) => changeTo(id, (one) => ({ ...one, cancelled: true, joinable: false })),
    meetNow: async (title) => {
      const meeting = create({ kind: 'meetNow', title, startMs: Date.now(), endMs: Date.now() + 60 * MINUTE_MS });
      return accept({ meeting, url: linkOf(meeting.meetingId) });
    },
    createOneTimeCall: async ({ title, durationMin }) => {
      const meeting = create({
        kind: 'oneTime',
        title: title.trim() === '' ? ONE_TIME_TITLE : title,
        startMs: Date.now(),
        endMs: Date.now() + durationMin * MINUTE_MS,
        oneTime: 'waiting',
      });
      return accept({ meeting, url: linkOf(meeting.meetingId) });
    },
    joinLink: async (id) => accept({ url: linkOf(id) }),
    revokeLink: async (id) => changeTo(id, (one) => ({ ...one, oneTime: 'revoked', joinable: false })),
    invitation: async (id) =>
      accept({
        url: linkOf(id),
        subject: find(id)?.title ?? '',
        text: `${find(id)?.title ?? ''}\n${linkOf(id)}`,
        ics: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
        recipients: ['vendor@oem.example'],
        canSend: true,
      }),
    sendInvitation: async ({ to }) => accept({ sent: to.length, failed: [] }),
  };

  const decide = (what: string) => async (meetingId: string, who: string | readonly string[]) => {
    const people = typeof who === 'string' ? [who] : who;
    decided.push(...people.map((person) => `${what}:${person}`));
    lobbies.value = lobbies.value.flatMap((lobby) => {
      const entries = lobby.entries.filter((one) => lobby.meetingId !== meetingId || !people.includes(one.person));
      return entries.length === 0 ? [] : [{ ...lobby, entries }];
    });
    return accept(null);
  };
  const door: Door = {
    lobbies,
    place,
    admit: decide('admit'),
    deny: decide('deny'),
    admitAll: async (meetingId, people) => {
      await decide('admit')(meetingId, people.slice(0, PLACES));
      return accept({ letIn: Math.min(people.length, PLACES), leftOver: Math.max(0, people.length - PLACES) });
    },
    denyAll: decide('deny'),
    leave: async () => {
      place.value = null;
    },
  };
  return { planner, door, lobbies, place, decided };
}

/** In tests without a browser there is no address to wish by. */
const wish = (): string | null => new URLSearchParams('location' in globalThis ? location.search : '').get('calendar');

/** With `?calendar=own` things besides meetings, from 9 o'clock; with `?calendar=away` only that there is no answer. */
function ownDay(midnightMs: number): OwnDay {
  const at = (hour: number, title: string, changes: Partial<CalendarEntry> = {}): CalendarEntry => {
    const startMs = midnightMs + hour * 60 * MINUTE_MS;
    return {
      entryId: `at ${hour}`,
      title,
      isPrivate: false,
      startMs,
      endMs: startMs + 60 * MINUTE_MS,
      allDay: false,
      ...changes,
    };
  };
  if (wish() === 'away') return { state: 'failed', entries: [], refusal: { code: 'calendar-unavailable' } };
  if (wish() !== 'own') return { state: 'none', entries: [], refusal: null };
  const dayMs = Math.round(midnightMs / (24 * 60 * MINUTE_MS)) * 24 * 60 * MINUTE_MS;
  const allDay = { allDay: true, startMs: dayMs, endMs: dayMs + 24 * 60 * MINUTE_MS };
  const entries = [at(9, 'Team round'), at(11, '', { isPrivate: true }), at(15, ''), at(0, 'Trade fair', allDay)];
  return { state: 'ready', entries, refusal: null };
}

function detailsOf(meeting: Meeting, draft?: MeetingDraft): MeetingDetails {
  const { title, startMs, endMs, zone } = meeting;
  const everybody = contacts(startMs);
  const invitees = everybody.slice(1, 3).map(({ key }) => ({ kind: 'account', person: key }) as const);
  const inCalendar = wish() !== null && meeting.kind === 'scheduled';
  return {
    ...meeting,
    may: { ...meeting.may, send: meeting.may.send && !inCalendar },
    revision: 1,
    draft: draft ?? {
      title,
      startMs,
      endMs,
      zone,
      invitees: meeting.kind === 'scheduled' ? [...invitees, { kind: 'mail', mail: 'vendor@oem.example' }] : [],
      coOrganizers: [],
      presenters: [],
      lobby: 'organization',
      anonymousAllowed: true,
    },
    people: everybody,
    inCalendar,
    linkExpiresAtMs: meeting.kind === 'oneTime' ? endMs + 24 * 60 * MINUTE_MS : null,
  };
}
