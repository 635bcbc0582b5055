import { type ReadonlySignal, signal } from '@preact/signals-core';

export interface Toast {
  readonly id: number;
  readonly text: string;
}

/** Short sentences that come and go by themselves. */
export interface Toasts {
  readonly shown: ReadonlySignal<readonly Toast[]>;
  say(text: string): void;
  dismiss(id: number): void;
  dispose(): void;
}

/** Time to read fifteen words twice. */
const SHOWN_MS = 8_000;
/** More at once nobody reads. */
const MOST = 3;

export function createToasts(): Toasts {
  const shown = signal<readonly Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let lastId = 0;

  function dismiss(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    shown.value = shown.value.filter((toast) => toast.id !== id);
  }

  return {
    shown,
    say(text) {
      // Saying the same again only keeps it there longer.
      for (const same of shown.value.filter((toast) => toast.text === text)) dismiss(same.id);
      lastId += 1;
      const id = lastId;
      for (const oldest of shown.value.slice(0, Math.max(0, shown.value.length + 1 - MOST))) dismiss(oldest.id);
      shown.value = [...shown.value, { id, text }];
      timers.set(
        id,
        setTimeout(() => dismiss(id), SHOWN_MS),
      );
    },
    dismiss,
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
