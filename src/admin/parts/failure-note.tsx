import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AdminFailure } from '../../client/admin-api/admin-client.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../admin-texts.ts';
import { failureText } from '../words.ts';

/** Signs in again. */
export const SignInAgainContext = createContext<() => void>(() => {});

interface FailureNoteProps {
  readonly failure: AdminFailure;
  readonly onRetry?: () => void;
}

/** Why there is no answer, and what helps. */
export function FailureNote({ failure, onRetry }: FailureNoteProps) {
  const texts = useTexts();
  const signInAgain = useContext(SignInAgainContext);
  return (
    <div class="note note-problem" role="alert">
      <Icon name={failure.kind === 'offline' ? 'offline' : 'warning'} />
      <p>{failureText(texts, failure)}</p>
      {failure.kind === 'signed-out' ? (
        <button type="button" class="button" onClick={signInAgain}>
          {texts.t('action.signIn')}
        </button>
      ) : onRetry === undefined ? null : (
        <button type="button" class="button" onClick={onRetry}>
          {texts.t('action.retry')}
        </button>
      )}
    </div>
  );
}
