import type { CallState, PersonKey } from '../../domain/call/state.ts';

/** How a person's marks differ from others' of the same colour: for eyes that do not tell colours apart. */
export interface AuthorStyle {
  readonly initial: string;
  /** Lengths of dash and gap in units of the line's width; empty is a solid line. */
  readonly dash: readonly number[];
}

/** Apart from each other at a glance; the round caps take one width off each gap. */
const DASHES: readonly (readonly number[])[] = [[], [4, 3], [1, 3], [6, 3, 1, 3], [2, 2.5]];

/** Everybody keeps their style for the whole call, as people are never taken off a call's list. */
export function authorStyle(state: CallState, author: PersonKey): AuthorStyle {
  const index = Object.keys(state.participants).indexOf(author);
  return {
    initial: initialOf(state.participants[author]?.name ?? ''),
    dash: DASHES[Math.max(0, index) % DASHES.length] ?? [],
  };
}

/** The first letter of a name, as people write it. */
export function initialOf(name: string): string {
  return (Array.from(name.trim())[0] ?? '?').toLocaleUpperCase();
}
