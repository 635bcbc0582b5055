import { useEffect, useRef } from 'preact/hooks';
import { isFocusLost } from '../parts/focus-on.ts';

/** As Microsoft Teams has it for its lobby notification. */
export const LOBBY_KEYS = 'Control+Shift+Y';

const isLobbyKey = ({ ctrlKey, shiftKey, altKey, key }: KeyboardEvent): boolean =>
  ctrlKey && shiftKey && !altKey && key.toLowerCase() === 'y';

/**
 * Leads from anywhere on the desk to those who wait, by keys, and back to where one was once everybody is decided about.
 * @param waiting changes whenever those who wait do
 */
export function useWayBack(notices: { readonly current: HTMLElement | null }, waiting: unknown): void {
  const before = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const remember = ({ target, relatedTarget }: FocusEvent): void => {
      const { current } = notices;
      if (current === null || !(target instanceof Node) || !current.contains(target)) return;
      if (relatedTarget instanceof HTMLElement && !current.contains(relatedTarget)) before.current = relatedTarget;
    };
    const jump = (event: KeyboardEvent): void => {
      const button = firstButton(notices.current);
      if (!isLobbyKey(event) || button === null) return;
      event.preventDefault();
      button.focus();
    };
    addEventListener('focusin', remember, { signal });
    addEventListener('keydown', jump, { signal });
    return () => listening.abort();
  }, [notices]);
  useEffect(() => {
    if (before.current === null || !isFocusLost()) return;
    const next = firstButton(notices.current);
    if (next !== null) return next.focus();
    // Where one was may be gone, too.
    const back = before.current.isConnected ? before.current : document.querySelector<HTMLElement>('main h1[tabindex]');
    before.current = null;
    back?.focus();
  }, [notices, waiting]);
}

const firstButton = (within: HTMLElement | null): HTMLElement | null => within?.querySelector('button') ?? null;
