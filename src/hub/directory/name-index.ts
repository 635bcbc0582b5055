import { fold, wordsOf } from './fold.ts';
import type { DirectoryPerson } from './person.ts';
import { bucketOf, buildPostings, type Postings, turnOfOthers } from './postings.ts';
import { INFIX_CHARS, matches, type SearchText, searchTextOf } from './search-text.ts';

/** Finds people of one tenant. Read-only: what changes later is not in it. */
export interface NameIndex {
  readonly size: number;
  /** In order of the name, one at a time: who needs no more hits asks for none. @param words folded */
  find(words: readonly string[]): Iterable<Named>;
}

/** Somebody with the folded name, which is dear to make. */
export interface Named {
  readonly person: DirectoryPerson;
  readonly name: string;
}

/** Order of the name as a search gives it: without case and accents; then by key, so that it is always the same. */
export const byName = (a: Named, b: Named): number =>
  compareText(a.name, b.name) || compareText(a.person.key, b.person.key);

export const sortedByName = (people: Iterable<DirectoryPerson>): readonly Named[] =>
  Array.from(people, (person) => ({ person, name: fold(person.name) })).sort(byName);

/** So many people are taken at a time; in between the hub does its other work. */
const CHUNK = 2_000;
/** Any shorter word than this has a list of its own. */
const TRIGRAM = INFIX_CHARS;

export const NOBODY: NameIndex = { size: 0, find: () => [] };

type Entry = Named & SearchText;

/**
 * Built from whole lists: people are numbered in order of the name, so that the smallest numbers of a posting list are the
 * first hits. Beginnings of one and two letters have their lists; longer words are looked up by their rarest three letters
 * in a row, and then compared.
 */
export async function buildNameIndex(people: Iterable<DirectoryPerson>): Promise<NameIndex> {
  const entries: Entry[] = [];
  for (const person of people) {
    entries.push({ ...searchTextOf(person), person, name: fold(person.name) });
    if (entries.length % CHUNK === 0) await turnOfOthers();
  }
  if (entries.length === 0) return NOBODY;
  entries.sort(byName);
  const postings = await buildPostings(entries.length, (number, note) => notePieces(entries[number]?.text ?? '', note));
  return createIndex(entries, postings);
}

function notePieces(text: string, note: (bucket: number) => void): void {
  for (const word of wordsOf(text)) {
    for (let length = 1; length < INFIX_CHARS && length <= word.length; length += 1) note(bucketOf(word, 0, length));
  }
  for (let at = 0; at + TRIGRAM <= text.length; at += 1) note(bucketOf(text, at, TRIGRAM));
}

function createIndex(entries: readonly Entry[], postings: Postings): NameIndex {
  function* found(words: readonly string[]): Generator<Named> {
    const numbers = candidates(postings, words);
    const count = numbers?.length ?? entries.length;
    for (let at = 0; at < count; at += 1) {
      const entry = entries[numbers === null ? at : (numbers[at] ?? -1)];
      if (entry !== undefined && matches(entry, words)) yield entry;
    }
  }
  return { size: entries.length, find: (words) => (words.length === 0 ? [] : found(words)) };
}

/** The shortest list that everybody who matches stands in; null when there is none, for words that are too short for one. */
function candidates(postings: Postings, words: readonly string[]): Uint32Array | null {
  let shortest: Uint32Array | null = null;
  const offer = (bucket: number): void => {
    const list = postings.of(bucket);
    if (shortest === null || list.length < shortest.length) shortest = list;
  };
  for (const word of words) {
    const listed = listedPart(word);
    // People are listed by letters and digits: of `a-` by a.
    const [beginning = ''] = word.length < INFIX_CHARS && !word.includes('@') ? wordsOf(word) : [];
    if (beginning !== '') offer(bucketOf(beginning, 0, beginning.length));
    for (let at = 0; at + TRIGRAM <= listed.length; at += 1) offer(bucketOf(listed, at, TRIGRAM));
  }
  return shortest;
}

/** Of a mail address only what comes before the domain is listed, the `@` included. */
const listedPart = (word: string): string => (word.includes('@') ? word.slice(0, word.lastIndexOf('@') + 1) : word);

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
