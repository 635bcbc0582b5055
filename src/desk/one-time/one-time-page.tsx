import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import type { MeetingDetails } from '../../client/types.ts';
import { ONE_TIME_MINUTES } from '../../domain/meeting/one-time.ts';
import { MAX_DURATION_HOURS } from '../../domain/meeting/schedule.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { ownZone } from '../../ui/text/zones.ts';
import { type Desk, refusalText } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { MeetingForm } from '../meetings/meeting-form.tsx';
import { useFocusIfLost } from '../parts/focus-on.ts';
import { RefusedNote } from '../parts/refused-note.tsx';
import { OneTimeCard } from './one-time-card.tsx';
import { createOneTimeCalls, type OneTimeCalls } from './one-time-state.ts';

/** Links for customers: making them, sharing them, and what became of each. */
export function OneTimePage({ desk }: { readonly desk: Desk }) {
  const { t } = useTexts();
  const calls = useMemo(() => createOneTimeCalls(desk.client), [desk]);
  useEffect(() => () => calls.dispose(), [calls]);
  const [editing, setEditing] = useState<MeetingDetails | null>(null);
  const [newest, setNewest] = useState<string | null>(null);
  if (editing !== null) {
    return (
      <main class="page page-form">
        <MeetingForm
          desk={desk}
          details={editing}
          date=""
          zone={editing.zone}
          onSaved={() => {
            setEditing(null);
            desk.toasts.say(t('details.changed'));
            void calls.reload();
          }}
          onClose={() => setEditing(null)}
        />
      </main>
    );
  }
  return <Links desk={desk} calls={calls} newest={newest} onMade={setNewest} onEdit={setEditing} />;
}

interface LinksProps {
  readonly desk: Desk;
  readonly calls: OneTimeCalls;
  readonly newest: string | null;
  readonly onMade: (meetingId: string) => void;
  readonly onEdit: (details: MeetingDetails) => void;
}

function Links({ desk, calls, newest, onMade, onEdit }: LinksProps) {
  const { t } = useTexts();
  const heading = useFocusIfLost<HTMLHeadingElement>();
  const list = calls.list.value;
  return (
    <main class="page">
      <h1 ref={heading} tabIndex={-1}>
        {t('oneTime.title')}
      </h1>
      <div class="page-column">
        <p>{t('oneTime.lead')}</p>
        {calls.settings.value?.anonymousJoin === false ? <p class="refused-note">{t('oneTime.anonymousOff')}</p> : null}
        <NewLink desk={desk} calls={calls} onMade={onMade} />
        <section aria-label={t('oneTime.list')}>
          <h2 class="list-title">{t('oneTime.list')}</h2>
          {list.state === 'loading' ? <p class="list-note">{t('meetings.loading')}</p> : null}
          {list.state === 'failed' ? <RefusedNote refusal={list.refusal} onRetry={() => void calls.reload()} /> : null}
          {list.state === 'ready' && list.value.length === 0 ? <p class="list-note">{t('oneTime.empty')}</p> : null}
          {list.state === 'ready' ? (
            <ul class="meetings">
              {list.value.map((meeting) => (
                <OneTimeCard
                  key={meeting.meetingId}
                  desk={desk}
                  calls={calls}
                  meeting={meeting}
                  isNewest={meeting.meetingId === newest}
                  onEdit={onEdit}
                />
              ))}
            </ul>
          ) : null}
        </section>
      </div>
      <p class="page-aside quiet">{t('oneTime.caution')}</p>
    </main>
  );
}

interface NewLinkProps {
  readonly desk: Desk;
  readonly calls: OneTimeCalls;
  readonly onMade: (meetingId: string) => void;
}

function NewLink({ desk, calls, onMade }: NewLinkProps) {
  const texts = useTexts();
  const { t } = texts;
  const id = useId();
  const [title, setTitle] = useState('');
  const [duration, setDuration] = useState(String(ONE_TIME_MINUTES));
  const [busy, setBusy] = useState(false);
  const create = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const minutes = Number(duration);
    const durationMin = Math.round(Math.min(Math.max(minutes || ONE_TIME_MINUTES, 1), MAX_DURATION_HOURS * 60));
    const made = await desk.client.planner.createOneTimeCall({ title, zone: ownZone(), durationMin });
    setBusy(false);
    if (!made.ok) return desk.toasts.say(refusalText(texts, made.refusal), { refusal: made.refusal });
    const { meeting, url } = made.value;
    calls.keepLink(meeting.meetingId, url);
    onMade(meeting.meetingId);
    setTitle('');
    desk.toasts.say(t('oneTime.created'));
    await calls.reload();
  };
  return (
    <form
      class="new-link card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <div class="form-field">
        <label for={`${id}-name`}>{t('oneTime.name')}</label>
        <input
          id={`${id}-name`}
          class="field"
          type="text"
          placeholder={t('oneTime.nameHint')}
          value={title}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
      </div>
      <div class="form-field">
        <label for={`${id}-duration`}>{t('oneTime.duration')}</label>
        <input
          id={`${id}-duration`}
          class="field"
          type="number"
          min={1}
          max={MAX_DURATION_HOURS * 60}
          value={duration}
          onInput={(event) => setDuration(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="button button-accent button-large" aria-disabled={busy}>
        <Icon name="link" />
        {t(busy ? 'oneTime.creating' : 'oneTime.create')}
      </button>
    </form>
  );
}
