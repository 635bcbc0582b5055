import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Refusal } from '../../domain/call/refusal.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  /** What it tells about, with the code and the reference to quote; null for news that refuse nothing. */
  readonly refusal: Refusal | null;
}

/** Short sentences that come and go by themselves. */
export interface Toasts {
  readonly shown: ReadonlySignal<readonly Toast[]>;
  say(text: string, refusal?: Refusal): void;
  dismiss(id: number): void;
  /** Somebody is at it, with the pointer or the focus: it stays until `release`. */
  hold(id: number): void;
  release(id: number): void;
  dispose(): void;
}

/** Time to read fifteen words twice. */
const SHOWN_MS = 8_000;
/** Time to see that there is a reference, and to go for it. */
const REFUSED_MS = 20_000;
/** More at once nobody reads. */
const MOST = 3;

export function createToasts(): Toasts {
  const shown = signal<readonly Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let lastId = 0;

  function hold(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  function release(id: number): void {
    hold(id);
    const toast = shown.value.find((one) => one.id === id);
    if (toast === undefined) return;
    const ms = toast.refusal?.reference === undefined ? SHOWN_MS : REFUSED_MS;
    timers.set(
      id,
      setTimeout(() => dismiss(id), ms),
    );
  }

  function dismiss(id: number): void {
    hold(id);
    shown.value = shown.value.filter((toast) => toast.id !== id);
  }

  return {
    shown,
    say(text, refusal) {
      // Saying the same again only keeps it there longer.
      for (const same of shown.value.filter((toast) => toast.text === text)) dismiss(same.id);
      lastId += 1;
      const id = lastId;
      for (const oldest of shown.value.slice(0, Math.max(0, shown.value.length + 1 - MOST))) dismiss(oldest.id);
      shown.value = [...shown.value, { id, text, refusal: refusal ?? null }];
      release(id);
    },
    dismiss,
    hold,
    release,
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
