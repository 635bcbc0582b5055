import type { Meeting } from '../../client/types.ts';
import { nameList, relativeTime } from '../../ui/text/time.ts';
import { type Desk, refusalText } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { groupMeetings } from './group-meetings.ts';

export function MeetingsView({ desk }: { readonly desk: Desk }) {
  const texts = useTexts();
  const { t } = texts;
  const meetings = desk.client.meetings.value;
  const groups = meetings.state === 'ready' ? groupMeetings(meetings.value, hubNowMs(desk)) : null;
  return (
    <main class="page">
      <h1>{t('meetings.title')}</h1>
      <div class="page-column">
        {meetings.state === 'loading' ? <p class="list-note">{t('meetings.loading')}</p> : null}
        {meetings.state === 'failed' ? <p class="list-note">{refusalText(texts, meetings.refusal)}</p> : null}
        {meetings.state === 'ready' && meetings.value.length === 0 ? (
          <p class="list-note">{t('meetings.empty')}</p>
        ) : null}
        <MeetingGroup desk={desk} title={t('meetings.now')} meetings={groups?.now ?? []} />
        <MeetingGroup desk={desk} title={t('meetings.later')} meetings={groups?.later ?? []} />
        <MeetingGroup desk={desk} title={t('meetings.earlier')} meetings={groups?.earlier ?? []} />
      </div>
    </main>
  );
}

/** Beside the contacts: what can be joined now. */
export function JoinableMeetings({ desk }: { readonly desk: Desk }) {
  const { t } = useTexts();
  const meetings = desk.client.meetings.value;
  const joinable = meetings.state === 'ready' ? meetings.value.filter((meeting) => meeting.joinable) : [];
  if (joinable.length === 0) return null;
  return (
    <aside class="page-aside" aria-label={t('home.joinMeeting')}>
      <MeetingGroup desk={desk} title={t('home.joinMeeting')} meetings={joinable} />
    </aside>
  );
}

interface MeetingGroupProps {
  readonly desk: Desk;
  readonly title: string;
  readonly meetings: readonly Meeting[];
}

function MeetingGroup({ desk, title, meetings }: MeetingGroupProps) {
  if (meetings.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 class="list-title">{title}</h2>
      <ul class="meetings">
        {meetings.map((meeting) => (
          <MeetingCard key={meeting.meetingId} desk={desk} meeting={meeting} />
        ))}
      </ul>
    </section>
  );
}

function MeetingCard({ desk, meeting }: { readonly desk: Desk; readonly meeting: Meeting }) {
  const { t, language } = useTexts();
  const clock = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
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
        <p class="quiet">{t('meetings.time', { start: clock.format(startMs), end: clock.format(endMs) })}</p>
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
