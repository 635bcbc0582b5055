import { useId, useLayoutEffect, useRef } from 'preact/hooks';

interface AskProps {
  readonly title: string;
  readonly body: string;
  readonly keep: string;
  readonly go: string;
  readonly onKeep: () => void;
  readonly onGo: () => void;
}

/** Asks before something that cannot be taken back. Escape and the first button leave everything as it is. */
export function AskDialog({ title, body, keep, go, onKeep, onGo }: AskProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      class="ask-dialog"
      ref={dialog}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-body`}
      onCancel={(event) => {
        event.preventDefault();
        onKeep();
      }}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      <p id={`${id}-body`}>{body}</p>
      <div class="ask-answers">
        <button type="button" class="button" onClick={onKeep}>
          {keep}
        </button>
        <button type="button" class="button button-danger" onClick={onGo}>
          {go}
        </button>
      </div>
    </dialog>
  );
}
