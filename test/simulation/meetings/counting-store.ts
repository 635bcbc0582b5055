import type { Store } from '../../../src/hub/store/store.ts';

/** Knows whether somebody waits for the store: a database in another thread takes its own time. */
export function countingStore(store: Store): { readonly store: Store; isBusy(): boolean } {
  let waiting = 0;
  const counted = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value === 'object' && value !== null) return counted(value);
        if (typeof value !== 'function') return value;
        return async (...args: readonly unknown[]) => {
          waiting += 1;
          try {
            return await value.apply(target, args);
          } finally {
            waiting -= 1;
          }
        };
      },
    });
  return { store: counted(store), isBusy: () => waiting > 0 };
}
