import { useEffect, useRef, useState } from 'preact/hooks';
import type { MeetingDetails } from '../../client/types.ts';
import { localOf } from '../../domain/meeting/local-time.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { nameList } from '../../ui/text/time.ts';
import { offsetMinAt } from '../../ui/text/zones.ts';
import { type Desk, refusalText } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { MeetingCard } from '../home/joinable-meetings.tsx';
import { AskDialog } from '../parts/ask-dialog.tsx';
import { isFocusLost } from '../parts/focus-on.ts';
import { RefusedNote } from '../parts/refused-note.tsx';
import { fieldsOf } from './form-fields.ts';
import { InvitationTools } from './invitation-tools.tsx';
import type { MeetingsState } from './meetings-state.ts';

interface DetailsProps {
  readonly desk: Desk;
  readonly state: MeetingsState;
  readonly nowMs: number;
}

/** The chosen meeting, and what may be done with it. */
export function MeetingDetailsCard({ desk, state, nowMs }: DetailsProps) {
  const { t } = useTexts();
  const details = state.details.value;
  const section = useRef<HTMLElement>(null);
  const cancelled = details?.state === 'ready' && details.value.cancelled;
  useEffect(() => {
    // What cancelled it is gone with it.
    if (cancelled && isFocusLost()) section.current?.focus({ preventScroll: true });
  }, [cancelled]);
  const shownId = details?.state === 'ready' ? details.value.meetingId : null;
  useEffect(() => {
    // On a narrow page it stands below the day.
    if (shownId !== null) section.current?.scrollIntoView({ block: 'nearest' });
  }, [shownId]);
  return (
    <section aria-label={t('details.label')} class="details" ref={section} tabIndex={-1}>
      {details === null || details.state === 'loading' ? <p class="list-note">{t('meetings.loading')}</p> : null}
      {details?.state === 'failed' ? <RefusedNote refusal={details.refusal} onRetry={() => state.reload()} /> : null}
      {details?.state === 'ready' ? (
        <>
          <ul class="meetings">
            <MeetingCard desk={desk} meeting={details.value} withDate={isOfAnotherDay(details.value, state)} />
          </ul>
          {details.value.cancelled ? <p class="field-problem">{t('details.cancelled')}</p> : null}
          <People details={details.value} />
          {details.value.inCalendar ? <p class="quiet">{t('details.calendarSends')}</p> : null}
          {details.value.endMs <= nowMs ? null : (
            <>
              <InvitationTools
                key={`${details.value.meetingId} ${details.value.revision}`}
                desk={desk}
                details={details.value}
              />
              {details.value.cancelled ? null : <Changes desk={desk} state={state} details={details.value} />}
            </>
          )}
        </>
      ) : null}
    </section>
  );
}

/** A chosen meeting stays while one looks at other days. */
const isOfAnotherDay = ({ startMs }: MeetingDetails, { zone, date }: MeetingsState): boolean =>
  localOf(startMs, zone, offsetMinAt).date !== date.value;

function People({ details }: { readonly details: MeetingDetails }) {
  const { t, language } = useTexts();
  const people = fieldsOf(details).people;
  const words = {
    presenter: 'form.rolePresenter',
    coOrganizer: 'form.roleCoOrganizer',
    invited: 'form.roleInvited',
  } as const;
  return (
    <>
      {details.kind === 'scheduled' ? (
        <p class="quiet">{t('details.lobby', { who: t(`lobby.${details.draft.lobby}`) })}</p>
      ) : null}
      {details.present.length === 0 ? null : (
        <p>{t('meetings.present', { names: nameList(details.present, language) })}</p>
      )}
      {people.length === 0 ? null : (
        <div class="details-people-block">
          <h3 class="list-title">{t('details.people')}</h3>
          <ul class="details-people">
            {people.map((one) => (
              <li key={one.kind === 'account' ? one.person : one.mail}>
                <span>{one.kind === 'account' ? one.name : one.mail}</span>
                <span class="quiet">{one.kind === 'mail' ? t('form.byMail') : t(words[one.role])}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

interface ChangesProps {
  readonly desk: Desk;
  readonly state: MeetingsState;
  readonly details: MeetingDetails;
}

function Changes({ desk, state, details }: ChangesProps) {
  const texts = useTexts();
  const { t } = texts;
  const [asking, setAsking] = useState(false);
  const { title, meetingId, revision, may } = details;
  const cancel = async (): Promise<void> => {
    setAsking(false);
    const result = await desk.client.planner.cancel(meetingId, revision);
    if (!result.ok) {
      state.reload();
      return desk.toasts.say(refusalText(texts, result.refusal), { refusal: result.refusal });
    }
    state.take(result.value);
    desk.toasts.say(t('details.cancelledNow', { title }));
  };
  if (!may.edit && !may.cancel) return null;
  return (
    <div class="button-row">
      {may.edit ? (
        <button type="button" class="button" onClick={() => state.openForm({ kind: 'edit', details })}>
          <Icon name="edit" />
          {t('details.edit')}
        </button>
      ) : null}
      {may.cancel ? (
        <button type="button" class="button" onClick={() => setAsking(true)}>
          <Icon name="close" />
          {t('details.cancel')}
        </button>
      ) : null}
      {asking ? (
        <AskDialog
          title={t('details.cancelAsk', { title })}
          body={t('details.cancelBody')}
          keep={t('details.keep')}
          go={t('details.cancel')}
          onKeep={() => setAsking(false)}
          onGo={() => void cancel()}
        />
      ) : null}
    </div>
  );
}
