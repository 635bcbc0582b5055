import { fold, wordsOf } from './fold.ts';
import type { DirectoryPerson } from './person.ts';
import { bucketOf, buildPostings, type Postings, turnOfOthers } from './postings.ts';
import { INFIX_CHARS, matches, type SearchText, searchTextOf } from './search-text.ts';

/** Finds people of one tenant. Read-only: what changes later is not in it. */
export interface NameIndex {
  readonly size: number;
  /**
   * Hands over hits in order of the name until one is answered with false. Called back rather than iterated: somebody who may find
   * next to nobody goes through tens of thousands.
   * @param words folded
   */
  visit(words: readonly string[], wantsMore: (one: Named) => boolean): void;
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

export const NOBODY: NameIndex = { size: 0, visit: () => {} };

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
  const beginnings = await listBeginnings(entries);
  const trigrams = await buildPostings(entries.length, (number, note) => {
    const text = entries[number]?.text ?? '';
    for (let at = 0; at + TRIGRAM <= text.length; at += 1) note(bucketOf(text, at, TRIGRAM));
  });
  return createIndex(entries, { beginnings, trigrams });
}

interface Lists {
  /** By one or two letters that a word begins with: exactly those who have such a word. */
  readonly beginnings: ReadonlyMap<string, Uint32Array>;
  readonly trigrams: Postings;
}

async function listBeginnings(entries: readonly Entry[]): Promise<Lists['beginnings']> {
  const lists = new Map<string, number[]>();
  for (const [number, { text }] of entries.entries()) {
    for (const word of wordsOf(text)) {
      for (let length = 1; length < INFIX_CHARS && length <= word.length; length += 1) {
        append(lists, word.slice(0, length), number);
      }
    }
    if ((number + 1) % CHUNK === 0) await turnOfOthers();
  }
  return new Map(Array.from(lists, ([beginning, numbers]) => [beginning, Uint32Array.from(numbers)]));
}

function append(lists: Map<string, number[]>, beginning: string, number: number): void {
  const list = lists.get(beginning);
  if (list === undefined) lists.set(beginning, [number]);
  else if (list.at(-1) !== number) list.push(number);
}

function createIndex(entries: readonly Entry[], lists: Lists): NameIndex {
  return {
    size: entries.length,
    visit(words, wantsMore) {
      if (words.length === 0) return;
      const { numbers, areExact } = candidates(lists, words);
      const count = numbers?.length ?? entries.length;
      for (let at = 0; at < count; at += 1) {
        const entry = entries[numbers === null ? at : (numbers[at] ?? -1)];
        if (entry !== undefined && (areExact || matches(entry, words)) && !wantsMore(entry)) return;
      }
    },
  };
}

interface Candidates {
  /** null: everybody. */
  readonly numbers: Uint32Array | null;
  /** All of them match: there is nothing to compare. */
  readonly areExact: boolean;
}

const NO_NUMBERS = new Uint32Array(0);

/** The shortest list that everybody who matches stands in; there may be none, for words that are too short for one. */
function candidates({ beginnings, trigrams }: Lists, words: readonly string[]): Candidates {
  let shortest: Uint32Array | null = null;
  const offer = (list: Uint32Array): void => {
    if (shortest === null || list.length < shortest.length) shortest = list;
  };
  let areExact = words.length === 1;
  for (const word of words) {
    const listed = listedPart(word);
    // People are listed by letters and digits: of `a-` by a.
    const [beginning = ''] = word.length < INFIX_CHARS && !word.includes('@') ? wordsOf(word) : [];
    if (beginning !== '') offer(beginnings.get(beginning) ?? NO_NUMBERS);
    areExact &&= beginning === word;
    for (let at = 0; at + TRIGRAM <= listed.length; at += 1) offer(trigrams.of(bucketOf(listed, at, TRIGRAM)));
  }
  return { numbers: shortest, areExact };
}

/** Of a mail address only what comes before the domain is listed, the `@` included. */
const listedPart = (word: string): string => (word.includes('@') ? word.slice(0, word.lastIndexOf('@') + 1) : word);

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
