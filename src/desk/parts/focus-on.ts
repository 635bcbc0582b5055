import { useEffect, useRef } from 'preact/hooks';

/**
 * Puts the focus on an element, which needs a `tabIndex`, when it appears and the focus is nowhere: what had it is gone, and
 * whoever works by keyboard or hears the page would begin at its top.
 */
export function useFocusIfLost<T extends HTMLElement>() {
  const element = useRef<T>(null);
  useEffect(() => {
    if (isFocusLost()) element.current?.focus();
  }, []);
  return element;
}

export const isFocusLost = (): boolean => document.activeElement === null || document.activeElement === document.body;
