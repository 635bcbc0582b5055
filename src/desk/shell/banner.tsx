import { useEffect, useState } from 'preact/hooks';
import type { IconName } from '../../ui/icons.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import type { Desk } from '../desk.ts';
import { type DeskTexts, useTexts } from '../desk-texts.ts';

/** What stands between this desk and the hub; nothing while all is well. */
export function Banner({ desk }: { readonly desk: Desk }) {
  const news = newsOf(desk, useOffline(), useTexts());
  return (
    <div class="banner-slot" role="status">
      {news === null ? null : (
        <p class="banner">
          <Icon name={news.icon} />
          {news.text}
        </p>
      )}
    </div>
  );
}

interface News {
  readonly icon: IconName;
  readonly text: string;
}

/** One thing at a time: what stops the most comes first. */
function newsOf({ client, call }: Desk, offline: boolean, { t }: DeskTexts): News | null {
  const status = client.status.value;
  const inCall = call.value !== null;
  const isAway = status === 'reconnecting' || (status === 'connecting' && client.me.value !== null);
  const minutes = minutesOff(client.clockOffsetMs.value);
  if (offline) return { icon: 'offline', text: t('banner.offline') };
  if (isAway) return { icon: 'sync', text: t(inCall ? 'banner.reconnecting' : 'banner.reconnectingIdle') };
  if (inCall) {
    return client.signInHeldUntilMs.value === null ? null : { icon: 'warning', text: t('banner.signInHeld') };
  }
  return minutes === 0 ? null : { icon: 'warning', text: t('banner.clock', { minutes }) };
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
