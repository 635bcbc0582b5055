import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { AdminFailure, AdminResult } from '../client/admin-api/admin-client.ts';

/** Something asked of the hub, as far as it has come. */
export type LoadState<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: AdminFailure };

export interface Load<Args extends readonly unknown[], T> {
  readonly state: ReadonlySignal<LoadState<T>>;
  /** Asks anew; an answer to an earlier question is dropped. */
  ask(...args: Args): Promise<void>;
  forget(): void;
}

export function createLoad<Args extends readonly unknown[], T>(
  ask: (...args: Args) => Promise<AdminResult<T>>,
): Load<Args, T> {
  const state = signal<LoadState<T>>({ kind: 'idle' });
  let latest = 0;
  return {
    state,
    async ask(...args) {
      latest += 1;
      const own = latest;
      state.value = { kind: 'loading' };
      const result = await ask(...args);
      if (own !== latest) return;
      state.value = result.ok ? { kind: 'ready', value: result.value } : { kind: 'failed', failure: result.failure };
    },
    forget() {
      latest += 1;
      state.value = { kind: 'idle' };
    },
  };
}
