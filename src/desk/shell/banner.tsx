import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../ui/parts/icon.tsx';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';

/** What stands between this desk and the hub; nothing while all is well. */
export function Banner({ desk }: { readonly desk: Desk }) {
  const { t } = useTexts();
  const offline = useOffline();
  const { status, signInHeldUntilMs } = desk.client;
  const inCall = desk.call.value !== null;
  const away = status.value === 'reconnecting' || (status.value === 'connecting' && desk.client.me.value !== null);
  const text = offline
    ? t('banner.offline')
    : away
      ? t(inCall ? 'banner.reconnecting' : 'banner.reconnectingIdle')
      : signInHeldUntilMs.value !== null && inCall
        ? t('banner.signInHeld')
        : null;
  return (
    <div class="banner-slot" role="status">
      {text === null ? null : (
        <p class="banner">
          <Icon name={offline ? 'offline' : away ? 'sync' : 'warning'} />
          {text}
        </p>
      )}
    </div>
  );
}

function useOffline(): boolean {
  const [offline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const read = () => setOffline(!navigator.onLine);
    const listening = new AbortController();
    addEventListener('online', read, { signal: listening.signal });
    addEventListener('offline', read, { signal: listening.signal });
    return () => listening.abort();
  }, []);
  return offline;
}
