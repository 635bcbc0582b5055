import type { Meeting } from '../../client/types.ts';
import { nameList, relativeTime } from '../../ui/text/time.ts';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';

interface JoinableProps {
  readonly desk: Desk;
  /** Said where there is none; nothing else is. */
  readonly empty?: string;
}

/** Beside the contacts and the calendar: what can be joined now. */
export function JoinableMeetings({ desk, empty }: JoinableProps) {
  const { t } = useTexts();
  const meetings = desk.client.meetings.value;
  const joinable =
    meetings.state === 'ready'
      ? meetings.value.filter((meeting) => meeting.joinable).toSorted((a, b) => a.startMs - b.startMs)
      : [];
  if (joinable.length === 0) return empty === undefined ? null : <p class="page-aside quiet">{empty}</p>;
  return (
    <aside class="page-aside" aria-label={t('home.joinMeeting')}>
      <h2 class="list-title">{t('home.joinMeeting')}</h2>
      <ul class="meetings">
        {joinable.map((meeting) => (
          <MeetingCard key={meeting.meetingId} desk={desk} meeting={meeting} />
        ))}
      </ul>
    </aside>
  );
}

interface MeetingCardProps {
  readonly desk: Desk;
  readonly meeting: Meeting;
  /** Where its day does not show from what stands around it. */
  readonly withDate?: boolean;
}

/** One meeting in a few words, and the way in while it is open. */
export function MeetingCard({ desk, meeting, withDate = false }: MeetingCardProps) {
  const { t, language } = useTexts();
  const clock = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const nowMs = hubNowMs(desk);
  const { title, meetingId, startMs, endMs, present, joinable } = meeting;
  const joining = desk.entering.value === meetingId;
  const blocked = desk.entering.value !== null || desk.call.value !== null || desk.client.status.value !== 'online';
  const when =
    startMs > nowMs ? t('meetings.soon', { when: relativeTime(startMs, nowMs, language) }) : t('meetings.running');
  return (
    <li class={`card meeting${joinable ? ' meeting-now' : ''}`}>
      <div class="meeting-words">
        <p class="strong">{title}</p>
        <p class="quiet">
          {t('meetings.time', { start: (withDate ? day : clock).format(startMs), end: clock.format(endMs) })}
        </p>
        {joinable ? <p class="meeting-when">{when}</p> : null}
        <p class="quiet">
          {present.length > 0
            ? t('meetings.present', { names: nameList(present, language) })
            : t('meetings.organizer', { name: meeting.organizer })}
        </p>
      </div>
      {joinable ? (
        <button
          type="button"
          class="button button-accent"
          aria-label={t('meetings.joinNamed', { title })}
          aria-disabled={blocked}
          title={desk.call.value === null ? undefined : t('contacts.inCall')}
          onClick={blocked ? undefined : () => void desk.join(meetingId)}
        >
          {joining ? t('meetings.joining') : t('meetings.join')}
        </button>
      ) : null}
    </li>
  );
}

const hubNowMs = (desk: Desk): number => Date.now() + desk.client.clockOffsetMs.value;
