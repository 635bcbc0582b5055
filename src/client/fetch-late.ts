import { type ReadonlySignal, signal } from '@preact/signals-core';

/** The network may be away for a moment; what is fetched late is wanted all the same. */
const RETRY_MS = 2_000;

/** Code that a page fetches once it needs it. */
export interface Late<T> {
  /** Null until it is there. */
  readonly loaded: ReadonlySignal<T | null>;
  /** Fetches it, again and again while that fails; more than once does no more. */
  want(): void;
}

export function createLate<T>(load: () => Promise<T>): Late<T> {
  const loaded = signal<T | null>(null);
  let isWanted = false;
  const fetch = (): void => {
    load().then(
      (value) => {
        loaded.value = value;
      },
      () => setTimeout(fetch, RETRY_MS),
    );
  };
  return {
    loaded,
    want() {
      if (!isWanted) fetch();
      isWanted = true;
    },
  };
}
