import { useEffect } from 'preact/hooks';
import type { CallNotifications } from './notifications.ts';
import type { Ringer } from './ringer.ts';

interface Attention {
  readonly ringer: Ringer;
  readonly notifications: CallNotifications;
}

/** Rings, shows a notification and marks the tab while somebody calls. `title` is the tab's own. */
export function useAttention(
  { ringer, notifications }: Attention,
  calling: string | null,
  ringsOut: boolean,
  title: string,
) {
  useEffect(() => {
    ringer.ring(calling !== null ? 'incoming' : ringsOut ? 'outgoing' : null);
    return () => ringer.ring(null);
  }, [ringer, calling, ringsOut]);
  useEffect(() => {
    notifications.show(calling);
    return () => notifications.show(null);
  }, [notifications, calling]);
  useEffect(() => {
    document.title = calling === null ? title : `● ${calling}`;
  }, [calling, title]);
}
