import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../desk-texts.ts';
import type { Toasts } from './toasts.ts';

export function ToastList({ toasts }: { readonly toasts: Toasts }) {
  const { t } = useTexts();
  return (
    <div class="toasts" role="status">
      {toasts.shown.value.map((toast) => (
        <p class="toast" key={toast.id}>
          <Icon name="info" />
          <span>{toast.text}</span>
          <button
            type="button"
            class="icon-button"
            aria-label={t('action.close')}
            onClick={() => toasts.dismiss(toast.id)}
          >
            <Icon name="close" size={16} />
          </button>
        </p>
      ))}
    </div>
  );
}
