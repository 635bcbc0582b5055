import { useEffect } from 'preact/hooks';
import type { CallNotifications } from './notifications.ts';
import type { Ringer } from './ringer.ts';

interface Attention {
  readonly ringer: Ringer;
  readonly notifications: CallNotifications;
}

interface Wanted {
  /** Somebody calls. */
  readonly calling: string | null;
  /** Somebody waits to be let into a meeting: that does not ring. */
  readonly waiting: string | null;
}

/** Rings, shows a notification and marks the tab while somebody calls. `title` is the tab's own. */
export function useAttention(
  { ringer, notifications }: Attention,
  { calling, waiting }: Wanted,
  ringsOut: boolean,
  title: string,
) {
  useEffect(() => {
    ringer.ring(calling !== null ? 'incoming' : ringsOut ? 'outgoing' : null);
    return () => ringer.ring(null);
  }, [ringer, calling, ringsOut]);
  useEffect(() => {
    notifications.show(calling ?? waiting);
    return () => notifications.show(null);
  }, [notifications, calling, waiting]);
  useEffect(() => {
    const news = calling ?? waiting;
    document.title = news === null ? title : `● ${news}`;
  }, [calling, waiting, title]);
}
