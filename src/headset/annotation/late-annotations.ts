import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { StartRoomTools } from '../types.ts';

export interface LateAnnotationsOptions {
  readonly wanted: ReadonlySignal<boolean>;
  load(): Promise<{ readonly startTools: StartRoomTools }>;
}

/** The network may be away for a moment; a call without marks is not worth having. */
const RETRY_MS = 2_000;

/**
 * Fetches what draws in the room the first time that it is wanted, again and again while that fails, and starts it in every
 * session from then on, also in one that is running already.
 */
export function createLateAnnotations({ wanted, load }: LateAnnotationsOptions): {
  readonly startTools: StartRoomTools;
} {
  const loaded = signal<{ readonly startTools: StartRoomTools } | null>(null);
  const fetch = (): void => {
    load().then(
      (annotations) => {
        loaded.value = annotations;
      },
      () => setTimeout(fetch, RETRY_MS),
    );
  };
  const stopWaiting = effect(() => {
    if (!wanted.value) return;
    queueMicrotask(() => stopWaiting());
    fetch();
  });
  return {
    startTools: (context) =>
      effect(() => {
        const annotations = loaded.value;
        return annotations === null ? undefined : untracked(() => annotations.startTools(context));
      }),
  };
}
