import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

export type CodeOutcome = 'accepted' | 'wrong' | 'too-many';

/** A one-time code that only somebody at the hub's console can read. */
export interface ConsoleCode {
  /** Makes sure that a fresh code stands on the console; call it when a sign-in page is shown. */
  offer(): void;
  /** Takes what was typed; spaces and dashes don't count. A right code works once. */
  redeem(typed: string): CodeOutcome;
}

export interface ConsoleCodeOptions {
  /** Prints a code; called again whenever the old one is used up. */
  readonly announce: (code: string) => void;
  readonly nowMs?: () => number;
}

const DIGITS = 8;
/** Long enough to walk from the console to the headset. */
const LIFETIME_MS = 10 * 60_000;
/** With eight digits, five wrong answers in a minute leave a guesser 26 years for an even chance. */
const MAX_WRONG = 5;
const WINDOW_MS = 60_000;

/** The demo has no passwords, so away from its own machine this code is what keeps strangers out. */
export function createConsoleCode({ announce, nowMs = Date.now }: ConsoleCodeOptions): ConsoleCode {
  let current: { readonly code: string; readonly madeAtMs: number } | undefined;
  let wrongAtMs: number[] = [];

  function offer(): void {
    if (current !== undefined && nowMs() - current.madeAtMs < LIFETIME_MS) return;
    const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
    current = { code, madeAtMs: nowMs() };
    announce(`${code.slice(0, DIGITS / 2)}-${code.slice(DIGITS / 2)}`);
  }

  function redeem(typed: string): CodeOutcome {
    wrongAtMs = wrongAtMs.filter((atMs) => nowMs() - atMs < WINDOW_MS);
    // Also a right code is not looked at now, else waiting would be no obstacle.
    if (wrongAtMs.length >= MAX_WRONG) return 'too-many';
    const isFresh = current !== undefined && nowMs() - current.madeAtMs < LIFETIME_MS;
    if (isFresh && current !== undefined && isSame(typed.replace(/[\s-]/g, ''), current.code)) {
      current = undefined;
      return 'accepted';
    }
    wrongAtMs.push(nowMs());
    if (!isFresh) offer();
    return 'wrong';
  }

  return { offer, redeem };
}

/** Takes the same time wherever the texts differ. */
function isSame(a: string, b: string): boolean {
  const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}
