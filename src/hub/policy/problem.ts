/** What is wrong in a policy file, and where. */
export interface FileProblem {
  /** JSON path of the bad value, e.g. `tenants[0].barriers.policies[2].allow[1]`; `$` is the whole file. */
  readonly path: string;
  readonly message: string;
}

export type PathPart = string | number;

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function pathOf(parts: readonly PathPart[]): string {
  const text = parts.map((part) => {
    if (typeof part === 'number') return `[${part}]`;
    return PLAIN_KEY.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
  });
  return text.join('').replace(/^\./, '') || '$';
}

export const problemAt = (parts: readonly PathPart[], message: string): FileProblem => ({
  path: pathOf(parts),
  message,
});

export const lineOf = ({ path, message }: FileProblem): string => `${path}: ${message}`;

/** The second and every further one of equal values. */
export function repeated(
  values: readonly string[],
  at: (index: number) => readonly PathPart[],
): readonly FileProblem[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (seen.has(value)) return [problemAt(at(index), `${value} stands twice`)];
    seen.add(value);
    return [];
  });
}
