import { useEffect, useMemo } from 'preact/hooks';
import { Icon } from '../../ui/parts/icon.tsx';
import { ownZone } from '../../ui/text/zones.ts';
import { type Desk, refusalText } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { JoinableMeetings } from '../home/joinable-meetings.tsx';
import { useFocusIfLost } from '../parts/focus-on.ts';
import { RefusedNote } from '../parts/refused-note.tsx';
import { useNow } from '../parts/use-now.ts';
import { Calendar, dateName } from './calendar.tsx';
import { MeetingDetailsCard } from './details.tsx';
import { MeetingForm } from './meeting-form.tsx';
import { createMeetingsState, type MeetingsState, type OpenForm } from './meetings-state.ts';

/** The day's meetings, and planning them. */
export function MeetingsPage({ desk }: { readonly desk: Desk }) {
  const { t } = useTexts();
  const state = useMemo(() => createMeetingsState(desk.client, ownZone()), [desk]);
  useEffect(() => () => state.dispose(), [state]);
  const nowMs = useNow(desk);
  const form = state.form.value;
  if (form !== null) {
    return (
      <main class="page page-form">
        <MeetingForm
          desk={desk}
          details={form.kind === 'edit' ? form.details : null}
          date={state.date.value}
          zone={state.zone}
          onSaved={(details) => {
            state.take(details);
            desk.toasts.say(t(savedWords(form.kind, details.draft.invitees.length > 0)));
          }}
          onClose={() => state.openForm(null)}
        />
      </main>
    );
  }
  const day = state.day.value;
  return (
    <main class="page meetings-page">
      <MeetingsHead desk={desk} state={state} />
      <div class="page-column">
        <DayControls state={state} />
        {day.state === 'loading' ? <p class="list-note">{t('meetings.loading')}</p> : null}
        {day.state === 'failed' ? <RefusedNote refusal={day.refusal} onRetry={() => state.reload()} /> : null}
        {day.state === 'ready' ? (
          <Calendar state={state} meetings={day.value} own={state.own.value} nowMs={nowMs} />
        ) : null}
      </div>
      <div class="page-aside meetings-aside">
        {state.chosenId.value === null ? (
          <JoinableMeetings desk={desk} empty={t('meetings.chosenNone')} />
        ) : (
          <MeetingDetailsCard desk={desk} state={state} nowMs={nowMs} />
        )}
      </div>
    </main>
  );
}

/** Who is invited learns of it by an invitation alone. */
function savedWords(kind: OpenForm['kind'], invites: boolean) {
  if (!invites) return 'details.changed';
  return kind === 'new' ? 'details.planned' : 'details.changedTell';
}

function MeetingsHead({ desk, state }: { readonly desk: Desk; readonly state: MeetingsState }) {
  const texts = useTexts();
  const { t } = texts;
  const heading = useFocusIfLost<HTMLHeadingElement>();
  const meetNow = async (): Promise<void> => {
    const name = desk.client.me.value?.name ?? '';
    const made = await desk.client.planner.meetNow(t('meetings.meetNowTitle', { name }), state.zone);
    if (!made.ok) return desk.toasts.say(refusalText(texts, made.refusal), { refusal: made.refusal });
    state.take(made.value.meeting);
    desk.toasts.say(t('meetings.meetNowHint'));
  };
  return (
    <div class="page-head">
      <h1 ref={heading} tabIndex={-1}>
        {t('meetings.title')}
      </h1>
      <div class="page-actions">
        <button type="button" class="button" onClick={() => void meetNow()}>
          <Icon name="video" />
          {t('meetings.meetNow')}
        </button>
        <button type="button" class="button button-accent" onClick={() => state.openForm({ kind: 'new' })}>
          <Icon name="meeting" />
          {t('meetings.new')}
        </button>
      </div>
    </div>
  );
}

function DayControls({ state }: { readonly state: MeetingsState }) {
  const { t, language } = useTexts();
  const date = state.date.value;
  const isToday = date === state.today();
  return (
    <fieldset class="day-controls">
      <legend class="visually-hidden">{t('day.label')}</legend>
      <button type="button" class="icon-button" aria-label={t('day.previous')} onClick={() => state.move(-1)}>
        <Icon name="previous" />
      </button>
      <button type="button" class="icon-button" aria-label={t('day.next')} onClick={() => state.move(1)}>
        <Icon name="next" />
      </button>
      <h2 aria-live="polite">{dateName(date, language)}</h2>
      <input
        type="date"
        class="field field-small"
        aria-label={t('day.date')}
        value={date}
        onChange={(event) => {
          if (event.currentTarget.value !== '') state.show(event.currentTarget.value);
        }}
      />
      <button type="button" class="button" aria-disabled={isToday} onClick={() => state.show(state.today())}>
        {t('day.today')}
      </button>
    </fieldset>
  );
}
