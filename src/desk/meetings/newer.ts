import { type FormFields, type FormPerson, samePerson } from './form-fields.ts';

/** What of a meeting changes together, in the order of the form. */
export const PARTS = ['title', 'when', 'people', 'lobby', 'anonymous'] as const;
export type Part = (typeof PARTS)[number];

/** A form whose meeting somebody else has changed meanwhile. */
export interface Merged {
  readonly fields: FormFields;
  /** Changed by them alone: their version stands in the form. */
  readonly taken: readonly Part[];
  /** Changed by both: what was typed stands in the form. */
  readonly kept: readonly Part[];
}

interface Versions {
  /** What the form began with. */
  readonly before: FormFields;
  readonly newer: FormFields;
  readonly typed: FormFields;
}

/** Nothing that was typed is lost, and nothing that nobody touched here overrules the newer version. */
export function mergeNewer({ before, newer, typed }: Versions): Merged {
  const theirs = PARTS.filter((part) => !isSame(part, before, newer));
  const kept = theirs.filter((part) => !isSame(part, before, typed) && !isSame(part, newer, typed));
  const taken = theirs.filter((part) => isSame(part, before, typed) && !isSame(part, newer, typed));
  return { fields: takeParts(typed, newer, taken), taken, kept };
}

/** Some parts of another version, the rest as it is. */
export function takeParts(fields: FormFields, from: FormFields, parts: readonly Part[]): FormFields {
  let merged = fields;
  for (const part of parts) merged = { ...merged, ...partOf(part, from) };
  return merged;
}

function partOf(part: Part, fields: FormFields): Partial<FormFields> {
  const { title, date, time, durationMin, zone, people, lobby, anonymousAllowed } = fields;
  switch (part) {
    case 'title':
      return { title };
    case 'when':
      return { date, time, durationMin, zone };
    case 'people':
      return { people };
    case 'lobby':
      return { lobby };
    case 'anonymous':
      return { anonymousAllowed };
  }
}

function isSame(part: Part, a: FormFields, b: FormFields): boolean {
  if (part === 'people') return isSamePeople(a.people, b.people);
  return JSON.stringify(partOf(part, a)) === JSON.stringify(partOf(part, b));
}

/** In any order, with the same roles; a name may be spelled otherwise by now. */
const isSamePeople = (a: readonly FormPerson[], b: readonly FormPerson[]): boolean =>
  a.length === b.length && a.every((one) => b.some((other) => samePerson(one, other) && roleOf(one) === roleOf(other)));

const roleOf = (one: FormPerson): string => (one.kind === 'account' ? one.role : '');
