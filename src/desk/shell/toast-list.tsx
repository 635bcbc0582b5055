import { Icon } from '../../ui/parts/icon.tsx';
import { detailsWords, RefusalDetails } from '../../ui/parts/refusal-details.tsx';
import { useTexts } from '../desk-texts.ts';
import type { Toast, Toasts } from './toasts.ts';

export function ToastList({ toasts }: { readonly toasts: Toasts }) {
  return (
    <div class="toasts" role="status">
      {toasts.shown.value.map((toast) => (
        <ToastView key={toast.id} toast={toast} toasts={toasts} />
      ))}
    </div>
  );
}

function ToastView({ toast, toasts }: { readonly toast: Toast; readonly toasts: Toasts }) {
  const { t } = useTexts();
  const { id, text, refusal, lasts, action } = toast;
  const act = () => {
    toasts.dismiss(id);
    action?.run();
  };
  const hold = () => toasts.hold(id);
  const release = () => toasts.release(id);
  return (
    <div class="toast" onPointerEnter={hold} onPointerLeave={release} onFocusIn={hold} onFocusOut={release}>
      <Icon name={action === null && (lasts || refusal !== null) ? 'warning' : 'info'} />
      <div class="toast-words">
        <p>{text}</p>
        {refusal?.reference === undefined ? null : (
          <RefusalDetails code={refusal.code} reference={refusal.reference} words={detailsWords(t)} />
        )}
      </div>
      {action === null ? null : (
        <button type="button" class="button button-accent" onClick={act}>
          {action.name}
        </button>
      )}
      <button type="button" class="icon-button" aria-label={t('action.close')} onClick={() => toasts.dismiss(id)}>
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
