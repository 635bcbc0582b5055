import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { IconName } from '../../ui/icons.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import type { Join } from '../join.ts';
import { useTexts } from '../join-texts.ts';
import { Frame } from './frame.tsx';

/** Who invites, and the first choice: with an account, or without. */
export function Welcome({ join }: { readonly join: Join }) {
  const { t } = useTexts();
  const { company, organizer, account } = join.course.value;
  const title = company === null ? t('join.welcome') : t('join.welcomeFrom', { company });
  return (
    <Frame
      title={title}
      actions={
        account === null ? (
          <>
            <button type="button" class="button button-accent button-large" onClick={join.chooseGuest}>
              {t('join.asGuest')}
            </button>
            <button type="button" class="button button-large" onClick={join.chooseSignIn}>
              {t('join.signIn')}
            </button>
          </>
        ) : (
          <>
            <button type="button" class="button button-accent button-large" onClick={join.chooseAccount}>
              {t('join.asAccount', { name: account })}
            </button>
            <button type="button" class="button button-bare button-large" onClick={join.chooseGuest}>
              {t('join.noAccount')}
            </button>
          </>
        )
      }
    >
      {organizer === null ? null : <p class="strong">{t('join.organizer', { name: organizer })}</p>}
      <p class="lead">{t('join.welcomeHint')}</p>
      <NextSteps account={account} />
    </Frame>
  );
}

/** What somebody who never did this asks themselves before they press anything. */
function NextSteps({ account }: { readonly account: string | null }) {
  const { t } = useTexts();
  const who = account === null ? t('join.stepNameHint') : t('join.stepAccountHint', { name: account });
  return (
    <section class="next-steps" aria-label={t('join.stepsTitle')}>
      <ol>
        <NextStep icon="person" title={t('join.stepName')} hint={who} />
        <NextStep icon="video" title={t('join.stepShow')} hint={t('join.stepShowHint')} />
        <NextStep icon="bell" title={t('join.stepWait')} hint={t('join.stepWaitHint')} />
      </ol>
    </section>
  );
}

interface NextStepProps {
  readonly icon: IconName;
  readonly title: string;
  readonly hint: string;
}

function NextStep({ icon, title, hint }: NextStepProps) {
  return (
    <li>
      <span class="next-step-icon">
        <Icon name={icon} />
      </span>
      <p>
        <span class="strong">{title}</span>
        <br />
        <span class="quiet">{hint}</span>
      </p>
    </li>
  );
}

export function Naming({ join, problem }: { readonly join: Join; readonly problem: boolean }) {
  const { t } = useTexts();
  const [name, setName] = useState(join.course.value.name);
  const field = useRef<HTMLInputElement>(null);
  // Also after a name of which nothing can be read.
  useLayoutEffect(() => field.current?.focus(), [problem]);
  return (
    <form
      class="step-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        join.setName(name);
      }}
    >
      <Frame
        title={t('join.nameTitle')}
        onBack={join.back}
        focusElsewhere
        actions={
          <button type="submit" class="button button-accent button-large">
            {t('join.continue')}
          </button>
        }
      >
        <label for="name">{t('join.name')}</label>
        <input
          id="name"
          ref={field}
          class="field"
          type="text"
          autocomplete="name"
          autocapitalize="words"
          enterkeyhint="next"
          maxLength={200}
          value={name}
          aria-invalid={problem}
          aria-describedby={problem ? 'name-problem' : 'name-hint'}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        {problem ? (
          <p id="name-problem" class="field-problem" role="alert">
            <Icon name="warning" />
            {t('join.nameEmpty')}
          </p>
        ) : (
          <p id="name-hint" class="quiet">
            {t('join.nameHint')}
          </p>
        )}
      </Frame>
    </form>
  );
}
