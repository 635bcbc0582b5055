import { effect, type ReadonlySignal, untracked } from '@preact/signals-core';
import { createLate } from '../../client/fetch-late.ts';
import type { StartRoomTools } from '../types.ts';

export interface LateAnnotationsOptions {
  readonly wanted: ReadonlySignal<boolean>;
  load(): Promise<{ readonly startTools: StartRoomTools }>;
}

/**
 * Fetches what draws in the room the first time that it is wanted, and starts it in every session from then on, also in one
 * that is running already.
 */
export function createLateAnnotations({ wanted, load }: LateAnnotationsOptions): {
  readonly startTools: StartRoomTools;
} {
  const { loaded, want } = createLate(load);
  const stopWaiting = effect(() => {
    if (!wanted.value) return;
    queueMicrotask(() => stopWaiting());
    want();
  });
  return {
    startTools: (context) =>
      effect(() => {
        const annotations = loaded.value;
        return annotations === null ? undefined : untracked(() => annotations.startTools(context));
      }),
  };
}
