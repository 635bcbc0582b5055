import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Refusal } from '../../domain/call/refusal.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  /** What it tells about, with the code and the reference to quote; null for news that refuse nothing. */
  readonly refusal: Refusal | null;
  /** Nobody must miss it: it stays longer. */
  readonly lasts: boolean;
  /** What to do about it, at once. */
  readonly action: ToastAction | null;
}

export interface ToastAction {
  readonly name: string;
  run(): void;
}

export interface ToastOptions {
  readonly action?: ToastAction;
  readonly refusal?: Refusal;
  /** By itself, what has a reference to quote does. */
  readonly lasts?: boolean;
}

/** Short sentences that come and go by themselves. */
export interface Toasts {
  readonly shown: ReadonlySignal<readonly Toast[]>;
  say(text: string, options?: ToastOptions): void;
  dismiss(id: number): void;
  /** Somebody is at it, with the pointer or the focus: it stays until `release`. */
  hold(id: number): void;
  release(id: number): void;
  dispose(): void;
}

/** Time to read fifteen words twice. */
const SHOWN_MS = 8_000;
/** Time to look up from what one was doing, or to see that there is a reference and to go for it. */
const LASTING_MS = 20_000;
/** More at once nobody reads. */
const MOST = 3;

const isMereNews = ({ refusal, lasts }: Toast): boolean => refusal === null && !lasts;

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
    timers.set(
      id,
      setTimeout(() => dismiss(id), toast.lasts ? LASTING_MS : SHOWN_MS),
    );
  }

  function dismiss(id: number): void {
    hold(id);
    shown.value = shown.value.filter((toast) => toast.id !== id);
  }

  return {
    shown,
    say(text, { refusal, action, lasts = refusal?.reference !== undefined || action !== undefined } = {}) {
      // Saying the same again only keeps it there longer.
      for (const same of shown.value.filter((toast) => toast.text === text)) dismiss(same.id);
      // News of one's own doing gives way to the next; what was refused, or waits for an answer, does not.
      if (!lasts && refusal === undefined) for (const news of shown.value.filter(isMereNews)) dismiss(news.id);
      lastId += 1;
      const id = lastId;
      for (const oldest of shown.value.slice(0, Math.max(0, shown.value.length + 1 - MOST))) dismiss(oldest.id);
      shown.value = [...shown.value, { id, text, refusal: refusal ?? null, lasts, action: action ?? null }];
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
