import type { CheckId, Finding } from './check.ts';

export interface ReportLine {
  readonly id: CheckId;
  readonly finding: Finding;
}

/** The report as text to paste into a mail: one line for each check, the same words on every device. */
export function reportText(
  lines: readonly ReportLine[],
  device: { readonly userAgent: string; readonly atIso: string },
): string {
  const width = Math.max(0, ...lines.map(({ id }) => id.length));
  return [
    'Sightline diagnostics',
    `date     ${device.atIso}`,
    `browser  ${device.userAgent}`,
    '',
    ...lines.map(({ id, finding }) => `${finding.outcome.padEnd(8)} ${id.padEnd(width)}  ${finding.detail}`),
  ].join('\n');
}

/** The version of the browser's engine and of Edge, as the user agent has them; null where it does not say. */
export function browserVersions(userAgent: string): { readonly edge: string | null; readonly chromium: string | null } {
  return {
    edge: /\bEdg(?:A|e)?\/([\d.]+)/.exec(userAgent)?.[1] ?? null,
    chromium: /Chrom(?:e|ium)\/([\d.]+)/.exec(userAgent)?.[1] ?? null,
  };
}

/** Median and 95th percentile of the times between frames, as "60.0 per second, 95 % within 17.1 ms". */
export function paceOf(timesMs: readonly number[]): string {
  const gaps = timesMs.slice(1).map((time, i) => time - (timesMs[i] ?? time));
  if (gaps.length === 0) return 'no frames';
  const sorted = [...gaps].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const meanMs = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return `${(1_000 / meanMs).toFixed(1)} per second, 95 % within ${at(0.95).toFixed(1)} ms, ${gaps.length} frames`;
}
