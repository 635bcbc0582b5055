import { useState } from 'preact/hooks';
import { Icon } from '../../ui/parts/icon.tsx';
import type { CallNotifications } from '../calls/notifications.ts';
import { useTexts } from '../desk-texts.ts';

/** Asks whether to ask: the browser's own question comes only after a click on it. */
export function NotifyCard({ notifications }: { readonly notifications: CallNotifications }) {
  const { t } = useTexts();
  const [later, setLater] = useState(false);
  if (later || notifications.permission.value !== 'unasked') return null;
  return (
    <section class="card notify" aria-labelledby="notify-title">
      <Icon name="bell" size={24} />
      <div>
        <h2 id="notify-title" class="strong">
          {t('notify.title')}
        </h2>
        <p class="quiet">{t('notify.body')}</p>
      </div>
      <div class="notify-actions">
        <button type="button" class="button button-accent-quiet" onClick={() => void notifications.ask()}>
          {t('notify.allow')}
        </button>
        <button type="button" class="button button-bare" onClick={() => setLater(true)}>
          {t('notify.later')}
        </button>
      </div>
    </section>
  );
}
