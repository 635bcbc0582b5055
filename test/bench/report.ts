/** A figure's name carries its unit: `gzipKiB`, `latencyMs`. */
type Figures = Readonly<Record<string, number | string | null>>;

/** Prints one line of a benchmark. Lines of one bench belong together: they are measured in one run. */
export function report(bench: string, name: string, figures: Figures): void {
  process.stdout.write(`${JSON.stringify({ bench, case: name, ...figures })}\n`);
}

/** For people who wait; never on stdout, which holds nothing but JSON. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
