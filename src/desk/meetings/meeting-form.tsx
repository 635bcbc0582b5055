import { useEffect, useRef, useState } from 'preact/hooks';
import type { MeetingDetails } from '../../client/types.ts';
import type { ScheduleProblem } from '../../domain/meeting/schedule.ts';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { AskDialog } from '../parts/ask-dialog.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { fieldOf } from './form-fields.ts';
import { problemWords } from './form-words.ts';
import { Labelled } from './labelled.tsx';
import { LobbyFields } from './lobby-fields.tsx';
import { NewerNote } from './newer-note.tsx';
import { PeopleField } from './people-field.tsx';
import { TimeFields } from './time-fields.tsx';
import { useDraft } from './use-draft.ts';
import { Warnings } from './warnings.tsx';

export interface MeetingFormProps {
  readonly desk: Desk;
  /** Null for a new meeting. */
  readonly details: MeetingDetails | null;
  readonly date: string;
  readonly zone: string;
  readonly onSaved: (details: MeetingDetails) => void;
  readonly onClose: () => void;
}

/** Plans a meeting or changes one. Of a one-time call only its name and times are anybody's to change. */
export function MeetingForm(props: MeetingFormProps) {
  const { desk, details, onClose } = props;
  const texts = useTexts();
  const { t } = texts;
  const form = useDraft(props);
  const { fields, problems, saving, refused } = form;
  const isOneTime = details?.kind === 'oneTime';
  const wordsOf = (field: ReturnType<typeof fieldOf>): readonly string[] =>
    problems
      .filter((problem: ScheduleProblem) => fieldOf(problem) === field)
      .map((problem) => problemWords(texts, problem, fields.people));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [asking, setAsking] = useState(false);
  const close = (): void => {
    if (form.touched) setAsking(true);
    else onClose();
  };
  return (
    <form
      class="meeting-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !asking) close();
      }}
    >
      <h1 ref={heading} tabIndex={-1}>
        {t(details === null ? 'form.newTitle' : details.kind === 'oneTime' ? 'form.editOneTime' : 'form.editTitle')}
      </h1>
      <NewerNote form={form} />
      <Labelled label={t('form.subject')} problems={wordsOf('title')}>
        {(id, wrong) => (
          <input
            id={id}
            class="field"
            type="text"
            value={fields.title}
            aria-invalid={wrong}
            aria-describedby={`${id}-wrong`}
            onInput={(event) => form.set({ title: event.currentTarget.value })}
          />
        )}
      </Labelled>
      <TimeFields form={form} problems={wordsOf('time')} />
      {isOneTime ? null : (
        <>
          <PeopleField
            desk={desk}
            people={fields.people}
            onChange={(people) => form.set({ people })}
            problems={wordsOf('people')}
          />
          {form.check?.inCalendar === true ? <p class="quiet">{t('form.calendarSends')}</p> : null}
          <LobbyFields form={form} problems={wordsOf('lobby')} />
          <Warnings desk={desk} form={form} />
        </>
      )}
      {refused === null ? null : <RefusedNote refusal={refused} />}
      <p class="field-problem" role="alert">
        {problems.length > 0 && !saving && wordsOf('title').length > 0 ? t('form.fix') : ''}
      </p>
      <div class="button-row">
        <button type="submit" class="button button-accent button-large" aria-disabled={saving}>
          {t(saving ? 'form.saving' : form.isAnew ? 'form.schedule' : 'form.save')}
        </button>
        <button type="button" class="button button-large" onClick={close}>
          {t('action.cancel')}
        </button>
      </div>
      {asking ? (
        <AskDialog
          title={t('form.discardAsk')}
          body={t('form.discardBody')}
          keep={t('form.discardKeep')}
          go={t('form.discard')}
          onKeep={() => setAsking(false)}
          onGo={onClose}
        />
      ) : null}
    </form>
  );
}
