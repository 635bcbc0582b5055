import { useEffect, useRef, useState } from 'preact/hooks';

/** A small panel beside its button: a click elsewhere or Escape closes it, and Escape gives the focus back. */
export function usePopover() {
  const root = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    const listening = new AbortController();
    const { signal } = listening;
    const onPointer = (event: PointerEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // Before anybody else hears of it: this Escape means the panel.
      event.stopPropagation();
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', onPointer, { signal });
    document.addEventListener('keydown', onKey, { signal, capture: true });
    return () => listening.abort();
  }, [open]);
  return { root, open, toggle: () => setOpen(!open), close: () => setOpen(false) };
}
