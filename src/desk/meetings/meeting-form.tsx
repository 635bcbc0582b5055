import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { MeetingDetails } from '../../client/types.ts';
import { LOBBY_MODES } from '../../domain/meeting/model.ts';
import type { ScheduleProblem } from '../../domain/meeting/schedule.ts';
import { offsetName } from '../../ui/text/zones.ts';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { RefusedNote } from '../parts/refused-note.tsx';
import { fieldOf } from './form-fields.ts';
import { problemWords } from './form-words.ts';
import { FieldProblems, PeopleField } from './people-field.tsx';
import { type DraftForm, useDraft } from './use-draft.ts';
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
  return (
    <form
      class="meeting-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <h1 ref={heading} tabIndex={-1}>
        {t(details === null ? 'form.newTitle' : 'form.editTitle')}
      </h1>
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
          {t(saving ? 'form.saving' : details === null ? 'form.schedule' : 'form.save')}
        </button>
        <button type="button" class="button button-large" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}

interface LabelledProps {
  readonly label: string;
  readonly problems?: readonly string[];
  readonly children: (id: string, wrong: boolean) => ComponentChildren;
}

function Labelled({ label, problems = [], children }: LabelledProps) {
  const id = useId();
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      {children(id, problems.length > 0)}
      <FieldProblems id={`${id}-wrong`} problems={problems} />
    </div>
  );
}

interface PartProps {
  readonly form: DraftForm;
  readonly problems: readonly string[];
}

function TimeFields({ form, problems }: PartProps) {
  const { t, language } = useTexts();
  const { fields, read } = form;
  const { zone } = fields;
  const { startMs, endMs } = read.draft;
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: zone });
  const id = useId();
  const isTime = Number.isFinite(startMs) && Number.isFinite(endMs);
  const inputs = [
    { name: 'date', label: t('form.date'), type: 'date' },
    { name: 'time', label: t('form.start'), type: 'time' },
    { name: 'durationMin', label: t('form.duration'), type: 'number' },
  ] as const;
  return (
    <div class="form-field">
      <div class="time-fields">
        {inputs.map(({ name, label, type }) => (
          <label key={name}>
            <span>{label}</span>
            <input
              class="field"
              type={type}
              {...(type === 'number' ? { min: 1, max: 1_440, step: 'any' } : {})}
              value={fields[name]}
              aria-invalid={problems.length > 0}
              aria-describedby={`${id}-wrong ${id}-zone`}
              onInput={(event) => form.set({ [name]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      <p class="quiet" id={`${id}-zone`} aria-live="polite">
        {t('form.zone', { zone: zone.replaceAll('_', ' '), offset: offsetName(zone, isTime ? startMs : Date.now()) })}.{' '}
        {isTime ? t('form.ends', { end: clock.format(endMs) }) : ''}{' '}
        {read.clocks === 'gap' ? t('form.gap', { time: clock.format(startMs) }) : ''}
        {read.clocks === 'overlap' ? t('form.overlap') : ''}
      </p>
      <FieldProblems id={`${id}-wrong`} problems={problems} />
    </div>
  );
}

function LobbyFields({ form, problems }: PartProps) {
  const { t } = useTexts();
  const { fields, check } = form;
  const allowed = check?.settings.lobby.allowed ?? LOBBY_MODES;
  // One that was allowed once may stay.
  const choices = LOBBY_MODES.filter((mode) => allowed.includes(mode) || mode === fields.lobby);
  const anonymousOff = check?.settings.anonymousJoin === false;
  const id = useId();
  return (
    <>
      <Labelled label={t('form.lobby')} problems={problems}>
        {(selectId, wrong) => (
          <>
            <select
              id={selectId}
              class="field"
              value={fields.lobby}
              aria-invalid={wrong}
              aria-describedby={`${selectId}-wrong ${id}-hint`}
              onChange={(event) => {
                const lobby = choices.find((mode) => mode === event.currentTarget.value);
                if (lobby !== undefined) form.set({ lobby });
              }}
            >
              {choices.map((mode) => (
                <option key={mode} value={mode}>
                  {t(`lobby.${mode}`)}
                </option>
              ))}
            </select>
            <p class="quiet" id={`${id}-hint`}>
              {t('form.lobbyHint')}
            </p>
          </>
        )}
      </Labelled>
      <div class="form-check">
        <input
          type="checkbox"
          id={`${id}-anonymous`}
          checked={fields.anonymousAllowed && !anonymousOff}
          disabled={anonymousOff}
          aria-describedby={`${id}-off`}
          onChange={(event) => form.set({ anonymousAllowed: event.currentTarget.checked })}
        />
        <label for={`${id}-anonymous`}>{t('form.anonymous')}</label>
        <p class="quiet" id={`${id}-off`}>
          {anonymousOff ? t('form.anonymousOff') : ''}
        </p>
      </div>
    </>
  );
}
