import { useState } from 'preact/hooks';
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
      <p class="lead">{t(account === null ? 'join.welcomeHint' : 'join.asAccountHint')}</p>
    </Frame>
  );
}

export function Naming({ join, problem }: { readonly join: Join; readonly problem: boolean }) {
  const { t } = useTexts();
  const [name, setName] = useState(join.course.value.name);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        join.setName(name);
      }}
    >
      <Frame
        title={t('join.nameTitle')}
        onBack={join.back}
        actions={
          <button type="submit" class="button button-accent button-large">
            {t('join.continue')}
          </button>
        }
      >
        <label for="name">{t('join.name')}</label>
        <input
          id="name"
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
