import { type ReadonlySignal, signal } from '@preact/signals-core';

/** Notifications of the system, where the browser has them. */
export interface CallNotifications {
  /** `unasked`: may be asked for, by a button and never by itself. */
  readonly permission: ReadonlySignal<'granted' | 'denied' | 'unasked'>;
  ask(): Promise<void>;
  /** Shows one notification while the page is out of sight; null takes it away. */
  show(text: string | null): void;
}

export function createCallNotifications(page: Pick<Window, 'focus'>, isHidden: () => boolean): CallNotifications {
  const api = 'Notification' in globalThis ? globalThis.Notification : null;
  const permission = signal(read(api));
  let open: Notification | null = null;

  return {
    permission,
    async ask() {
      await api?.requestPermission();
      permission.value = read(api);
    },
    show(text) {
      open?.close();
      open = null;
      if (api === null || text === null || permission.value !== 'granted' || !isHidden()) return;
      open = new api(text, { tag: 'sightline-call', requireInteraction: true });
      open.addEventListener('click', () => page.focus());
    },
  };
}

function read(api: typeof Notification | null): 'granted' | 'denied' | 'unasked' {
  if (api === null) return 'denied';
  return api.permission === 'default' ? 'unasked' : api.permission;
}
