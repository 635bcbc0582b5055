import { computed, effect, signal, untracked } from '@preact/signals-core';
import type { PersonKey } from '../../domain/call/state.ts';
import type { MediaLink } from '../types.ts';
import type { MediaPaths, OpenMediaPaths } from './media-paths.ts';

/** The network may be away for a moment; a call without sound and picture is not worth having. */
const RETRY_MS = 2_000;
const NOBODY: ReadonlyMap<PersonKey, MediaLink> = new Map();

/**
 * What carries media, fetched for the first call: a page that waits for one has no use for it. While it is fetched, again and
 * again while that fails, there are no links; what the others signal meanwhile, they repeat until it is answered.
 */
export function createLateMediaPaths(load: () => Promise<OpenMediaPaths>): OpenMediaPaths {
  const loaded = signal<OpenMediaPaths | null>(null);
  let isWanted = false;

  const fetch = (): void => {
    load().then(
      (open) => {
        loaded.value = open;
      },
      () => setTimeout(fetch, RETRY_MS),
    );
  };

  return (request) => {
    if (!isWanted) fetch();
    isWanted = true;
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
