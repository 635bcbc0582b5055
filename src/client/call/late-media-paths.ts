import { computed, effect, signal, untracked } from '@preact/signals-core';
import type { PersonKey } from '../../domain/call/state.ts';
import { createLate } from '../fetch-late.ts';
import type { MediaLink } from '../types.ts';
import type { MediaPaths, OpenMediaPaths } from './media-paths.ts';

const NOBODY: ReadonlyMap<PersonKey, MediaLink> = new Map();

/**
 * What carries media, fetched for the first call: a page that waits for one has no use for it. Until it is there, there are no
 * links; what the others signal meanwhile, they repeat until it is answered.
 */
export function createLateMediaPaths(load: () => Promise<OpenMediaPaths>): OpenMediaPaths {
  const { loaded, want } = createLate(load);
  return (request) => {
    want();
    const opened = signal<MediaPaths | null>(null);
    const dispose = effect(() => {
      const open = loaded.value;
      if (open === null) return;
      const paths = untracked(() => open(request));
      opened.value = paths;
      return () => paths.dispose();
    });
    return { links: computed(() => opened.value?.links.value ?? NOBODY), dispose };
  };
}
