import { useId, useRef } from 'preact/hooks';
import { useTexts } from '../admin-texts.ts';

interface ConfirmDialogProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly onConfirm: () => void;
}

/** A button that asks once more; the browser's own dialog keeps the focus inside and gives it back. */
export function ConfirmDialog({ label, disabled, title, text, confirm, onConfirm }: ConfirmDialogProps) {
  const { t } = useTexts();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        type="button"
        class="button button-accent button-large"
        aria-disabled={disabled}
        onClick={disabled ? undefined : () => dialog.current?.showModal()}
      >
        {label}
      </button>
      <dialog ref={dialog} class="confirm" aria-labelledby={id}>
        <h2 id={id}>{title}</h2>
        <p>{text}</p>
        <div class="form-actions">
          <button
            type="button"
            class="button button-accent button-large"
            onClick={() => {
              dialog.current?.close();
              onConfirm();
            }}
          >
            {confirm}
          </button>
          <button type="button" class="button button-large" onClick={() => dialog.current?.close()}>
            {t('action.cancel')}
          </button>
        </div>
      </dialog>
    </>
  );
}
