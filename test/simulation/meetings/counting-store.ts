import type { Store } from '../../../src/hub/store/store.ts';

/** Knows whether somebody waits for the store: a database in another thread takes its own time. */
/** @param turns how many turns of the event loop an answer takes besides */
export function countingStore(
  store: Store,
  turns: () => number = () => 0,
): { readonly store: Store; isBusy(): boolean } {
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
            for (let left = turns(); left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
            return await value.apply(target, args);
          } finally {
            waiting -= 1;
          }
        };
      },
    });
  return { store: counted(store), isBusy: () => waiting > 0 };
}
