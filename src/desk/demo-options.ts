/** What the address of a demo's desk may ask for: a worse network than the one that is there. */
export interface DemoOptions {
  /** Every received frame is kept back for so long, ms. */
  readonly receiverHoldMs: number;
  readonly relayOnly: boolean;
}

const NONE: DemoOptions = { receiverHoldMs: 0, relayOnly: false };
const MAX_HOLD_MS = 2_000;

/** `/desk?holdMs=150&relayOnly`; nothing of it counts away from a demo. */
export function demoOptions(search: string, demo: boolean): DemoOptions {
  if (!demo) return NONE;
  const query = new URLSearchParams(search);
  const holdMs = Number(query.get('holdMs') ?? 0);
  return {
    receiverHoldMs: holdMs > 0 && holdMs <= MAX_HOLD_MS ? holdMs : 0,
    relayOnly: query.has('relayOnly'),
  };
}
