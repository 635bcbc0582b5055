import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../join-texts.ts';

interface EndDialogProps {
  /** The call ends for both; else only this person goes. */
  readonly oneTime: boolean;
  readonly onEnd: () => void;
  readonly onStay: () => void;
}

/** Asks first: a thumb on a phone slips, and a one-time call does not open again. */
export function EndDialog({ oneTime, onEnd, onStay }: EndDialogProps) {
  const { t } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const stay = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // A key pressed twice must not end the call: the focus is here before the next key is read.
    stay.current?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby="end-title" aria-describedby="end-hint" onCancel={onStay}>
      <h2 id="end-title">{t(oneTime ? 'join.endTitle' : 'join.leaveTitle')}</h2>
      <p id="end-hint">{t(oneTime ? 'join.endHint' : 'join.leaveHint')}</p>
      <button type="button" class="button button-danger button-large" onClick={onEnd}>
        <Icon name="end-call" />
        {t(oneTime ? 'join.endCall' : 'join.leaveCall')}
      </button>
      <button ref={stay} type="button" class="button button-large" onClick={onStay}>
        {t('join.stay')}
      </button>
    </dialog>
  );
}
