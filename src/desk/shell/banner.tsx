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
  const clockMin = minutesOff(desk.client.clockOffsetMs.value);
  const text = offline
    ? t('banner.offline')
    : away
      ? t(inCall ? 'banner.reconnecting' : 'banner.reconnectingIdle')
      : signInHeldUntilMs.value !== null && inCall
        ? t('banner.signInHeld')
        : inCall || clockMin === 0
          ? null
          : t('banner.clock', { minutes: clockMin });
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

/** Less is nothing that anybody would miss a meeting by. */
const LEAST_MIN = 2;

/** How far this computer's clock is from the hub's, in whole minutes; 0 where that is not worth a word. */
export function minutesOff(clockOffsetMs: number): number {
  const minutes = Math.round(Math.abs(clockOffsetMs) / 60_000);
  return minutes < LEAST_MIN ? 0 : minutes;
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
