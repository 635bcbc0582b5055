import { REACH_ACTIONS } from '../../domain/reach/model.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../admin-texts.ts';
import { type Administration, isAmongOthers } from '../administration.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { PersonField } from '../parts/person-field.tsx';
import { Verdict } from './verdict.tsx';

interface TryViewProps {
  readonly administration: Administration;
  readonly company: string;
}

/** Two people and an action in, the verdict with its rules out. */
export function TryView({ administration, company }: TryViewProps) {
  const { t } = useTexts();
  return (
    <>
      <div class="view-head">
        <h1>{t('admin.try')}</h1>
        <p class="quiet">{t('try.lead')}</p>
      </div>
      <Form administration={administration} />
      <div class="live" aria-live="polite">
        <Outcome administration={administration} company={company} />
      </div>
    </>
  );
}

function Form({ administration }: { readonly administration: Administration }) {
  const { t } = useTexts();
  const { client, fill, verdict } = administration;
  const form = administration.form.value;
  const isComplete = form.from.text.trim() !== '' && form.to.text.trim() !== '';
  return (
    <form
      class="card try-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) void verdict.ask(form);
      }}
    >
      <PersonField client={client} label={t('try.from')} value={form.from} onChange={(from) => fill({ from })} />
      <div class="try-action">
        <label for="try-action">{t('try.action')}</label>
        <select
          id="try-action"
          class="field"
          value={form.action}
          onChange={(event) => {
            const wanted = event.currentTarget.value;
            const action = REACH_ACTIONS.find((one) => one === wanted);
            if (action !== undefined) fill({ action });
          }}
        >
          {REACH_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {t(`action.${action}`)}
            </option>
          ))}
        </select>
      </div>
      <PersonField client={client} label={t('try.to')} value={form.to} onChange={(to) => fill({ to })} />
      {isAmongOthers(form.action) ? (
        <PersonField
          client={client}
          label={t('try.present')}
          value={form.present}
          onChange={(present) => fill({ present })}
        />
      ) : null}
      <div class="form-actions">
        <button
          type="submit"
          class="button button-accent button-large"
          aria-disabled={!isComplete}
          aria-description={isComplete ? undefined : t('try.incomplete')}
        >
          {t('try.ask')}
        </button>
        <button type="button" class="button button-bare" onClick={() => fill({ from: form.to, to: form.from })}>
          <Icon name="sync" />
          {t('try.swap')}
        </button>
      </div>
    </form>
  );
}

function Outcome({ administration, company }: TryViewProps) {
  const { t } = useTexts();
  const state = administration.verdict.state.value;
  switch (state.kind) {
    case 'idle':
      return null;
    case 'loading':
      return <p class="quiet list-note">{t('admin.loading')}</p>;
    case 'failed':
      return (
        <FailureNote
          failure={state.failure}
          onRetry={() => void administration.verdict.ask(administration.form.value)}
        />
      );
    case 'ready': {
      const answer = state.value;
      if (answer.kind === 'verdict') return <Verdict verdict={answer} />;
      return (
        <p class="note">
          <Icon name="info" />
          {answer.kind === 'nobody' ? t('try.nobody', { company, who: answer.who }) : t('try.notYours', { company })}
        </p>
      );
    }
  }
}
