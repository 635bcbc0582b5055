import { useRef } from 'preact/hooks';
import type { Meeting, OwnDay } from '../../client/types.ts';
import type { PlacedMeeting } from '../../domain/meeting/joinable.ts';
import { offsetName } from '../../ui/text/zones.ts';
import { type DeskTexts, useTexts } from '../desk-texts.ts';
import { type DayPicture, dayPicture, isUnderNow, type PlacedEntry, standsInDay } from './calendar-layout.ts';
import type { MeetingsState } from './meetings-state.ts';
import { type OwnEntry, timedEntries } from './own-entries.ts';
import { OwnDayNotes, OwnEntryCard } from './own-entry.tsx';

interface CalendarProps {
  readonly state: MeetingsState;
  readonly meetings: readonly Meeting[];
  /** What else stands in one's own calendar. */
  readonly own: OwnDay;
  readonly nowMs: number;
}

type Shown = Meeting | OwnEntry;

/** One day as a column of hours. For assistive tools it is a list, in the order of the meetings' start. */
export function Calendar({ state, meetings: ofDay, own, nowMs }: CalendarProps) {
  const { t, language } = useTexts();
  const { zone } = state;
  const date = state.date.value;
  const meetings = ofDay.filter(standsInDay);
  const shown: readonly Shown[] = [...meetings, ...timedEntries(own)];
  const picture = dayPicture(shown, { date, zone, nowMs });
  const hour = new Intl.DateTimeFormat(language, { hour: 'numeric', timeZone: zone });
  const list = useRef<HTMLUListElement>(null);
  const firstMs = picture.hours[0]?.atMs ?? nowMs;
  return (
    <div class="calendar">
      <p class="quiet calendar-zone">
        {zone === 'UTC'
          ? t('day.zoneUtc')
          : t('day.zone', { zone: zone.replaceAll('_', ' '), offset: offsetName(zone, firstMs) })}{' '}
        {picture.dayHours === 24 ? '' : t('day.clocksChange', { hours: picture.dayHours })}
      </p>
      <OwnDayNotes own={own} date={date} />
      {shown.length === 0 ? <p class="list-note">{t('day.empty')}</p> : null}
      <div class="calendar-day card" style={{ '--hours': picture.shownHours }}>
        <div class="calendar-hours" aria-hidden="true">
          {picture.hours.map(({ atMs, top }) => (
            <span key={atMs} style={{ top: percent(top) }}>
              {isUnderNow(top, picture) ? '' : hour.format(atMs)}
            </span>
          ))}
        </div>
        <ul
          class="calendar-entries"
          ref={list}
          aria-label={t('day.list', { date: dateName(date, language) })}
          aria-description={meetings.length === 0 ? undefined : t('day.keys')}
          onKeyDown={(event) => moveByKey(event, list.current, state)}
        >
          {picture.entries.map((placed) => (
            <li key={placed.entry.meeting.meetingId} class="calendar-place" style={placeOf(placed)}>
              <CalendarEntry placed={placed} state={state} nowMs={nowMs} />
            </li>
          ))}
        </ul>
        <NowLine picture={picture} label={t('day.now')} />
      </div>
    </div>
  );
}

/** Where it stands among the hours; as a plain list it needs none of these. */
const placeOf = ({ top, height, left, width }: PlacedEntry<Shown>) => ({
  '--top': percent(top),
  '--height': percent(height),
  '--left': percent(left),
  '--width': percent(width),
});

function NowLine({ picture, label }: { readonly picture: DayPicture<Shown>; readonly label: string }) {
  if (picture.nowTop === null) return null;
  return (
    <div class="calendar-now" style={{ top: percent(picture.nowTop) }} aria-hidden="true">
      <span>{label}</span>
    </div>
  );
}

interface EntryProps {
  readonly placed: PlacedEntry<Shown>;
  readonly state: MeetingsState;
  readonly nowMs: number;
}

function CalendarEntry({ placed, state, nowMs }: EntryProps) {
  const texts = useTexts();
  const { t } = texts;
  const { meeting } = placed.entry;
  const when = entryTime(placed, state.zone, texts);
  if ('own' in meeting) return <OwnEntryCard own={meeting.own} when={when} />;
  const { meetingId, title, cancelled, joinable, waiting } = meeting;
  const chosen = state.chosenId.value === meetingId;
  const marks = [
    ...(cancelled ? [t('day.cancelled')] : []),
    ...(meeting.startMs <= nowMs && joinable ? [t('meetings.running')] : []),
    ...(waiting > 0 ? [t('day.waiting', { count: waiting })] : []),
  ];
  const details = [when, ...marks].join(' · ');
  const kind = cancelled ? ' calendar-cancelled' : joinable ? ' calendar-joinable' : '';
  return (
    <button
      type="button"
      class={`calendar-entry${kind}`}
      aria-pressed={chosen}
      title={`${title}\n${details}`}
      onClick={() => state.choose(chosen ? null : meetingId)}
    >
      <span class="calendar-words">
        <span class="calendar-title">{title}</span>
        <span class="calendar-when">{details}</span>
      </span>
    </button>
  );
}

/** `9:00 – 10:00`, and where it began or ends on another day. */
function entryTime({ entry }: PlacedEntry<PlacedMeeting>, zone: string, { t, language }: DeskTexts): string {
  const clock = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone: zone });
  const { startMs, endMs } = entry.meeting;
  return [
    clock.formatRange(startMs, endMs),
    ...(entry.startsBefore ? [t('day.fromYesterday')] : []),
    ...(entry.endsAfter ? [t('day.toTomorrow')] : []),
  ].join(', ');
}

/** Besides the Tab key, which reaches every meeting: arrows between meetings, pages between days. */
function moveByKey(event: KeyboardEvent, list: HTMLUListElement | null, state: MeetingsState): void {
  const buttons = [...(list?.querySelectorAll('button') ?? [])];
  const at = buttons.findIndex((one) => one.matches(':focus'));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  const days = { PageUp: -1, PageDown: 1 }[event.key];
  if (to === undefined && days === undefined) return;
  event.preventDefault();
  if (days !== undefined) state.move(days);
  else buttons[Math.min(Math.max(to ?? 0, 0), buttons.length - 1)]?.focus();
}

/** A date alone has no zone: its noon in UTC names it. */
export const dateName = (date: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(`${date}T12:00:00Z`));

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;
