import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../desk.ts';

/** Words about time are of minutes. */
const TICK_MS = 20_000;

/** The hub's clock, ms since the epoch: this page's may be minutes off. */
export function useNow(desk: Desk): number {
  const [pageMs, setPageMs] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setPageMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return pageMs + desk.client.clockOffsetMs.value;
}
