import type { diagnostics } from '../ui/text/en/diagnostics.ts';

/** Every check has its name in the catalogue. */
export type CheckId = keyof typeof diagnostics extends infer Key
  ? Key extends `check.${infer Id}`
    ? Id
    : never
  : never;

/** What a check found out. `info` is neither good nor bad: a figure, or something that is optional. */
export type Outcome = 'ok' | 'missing' | 'failed' | 'info';

export interface Finding {
  readonly outcome: Outcome;
  readonly detail: string;
}

/** One thing that only the device itself can tell. */
export interface Check {
  readonly id: CheckId;
  /** `page`: by itself; `asks`: may show the browser's question, so a button starts it. */
  readonly kind: 'page' | 'asks';
  run(): Promise<Finding>;
}

export const ok = (detail: string): Finding => ({ outcome: 'ok', detail });
export const missing = (detail: string): Finding => ({ outcome: 'missing', detail });
export const info = (detail: string): Finding => ({ outcome: 'info', detail });

/** Longer than this no check may keep the others waiting. */
const PATIENCE_MS = 15_000;

/** Runs a check to its end, whatever it does: a rejection or silence is a finding too. */
export async function runCheck(check: Check, patienceMs = PATIENCE_MS): Promise<Finding> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(
      () => resolve({ outcome: 'failed', detail: `no answer in ${patienceMs / 1_000} s` }),
      patienceMs,
    );
  });
  try {
    return await Promise.race([check.run(), late]);
  } catch (error) {
    return { outcome: 'failed', detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
