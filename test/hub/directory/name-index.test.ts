import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainAccount } from '../../../src/hub/directory/directory.ts';
import { queryWords } from '../../../src/hub/directory/fold.ts';
import { buildNameIndex, type NameIndex, sortedByName } from '../../../src/hub/directory/name-index.ts';
import type { DirectoryPerson } from '../../../src/hub/directory/person.ts';
import { matches, searchTextOf } from '../../../src/hub/directory/search-text.ts';

const person = (n: number, name: string, mail: string): DirectoryPerson => ({
  key: `t:${n}`,
  name,
  mail,
  jobTitle: '',
  company: '',
  account: plainAccount({ key: `t:${n}`, tid: 't', kind: n % 5 === 0 ? 'guest' : 'internal', mail }),
});
/** Few letters, so that names have pieces in common. */
const word = fc.string({
  unit: fc.constantFrom('a', 'b', 'Å', 'é', 'ł', '1', '山', '𠮷', '-', "'"),
  minLength: 1,
  maxLength: 8,
});
const people = fc
  .array(fc.tuple(word, word), { maxLength: 40 })
  .map((names) => names.map(([first, last], n) => person(n, `${first} ${last}`, `${last}${n % 7}@abc.com`)));
const query = fc
  .array(
    fc.oneof(
      word,
      word.map((text) => `${text}@ab`),
    ),
    { maxLength: 3 },
  )
  .map((words) => words.join(' '));

/** @param limit after so many hits no more is wanted */
function found(
  index: NameIndex,
  words: readonly string[],
  limit = Number.POSITIVE_INFINITY,
): readonly DirectoryPerson[] {
  const hits: DirectoryPerson[] = [];
  index.visit(words, (one) => hits.push(one.person) < limit);
  return hits;
}

describe('the index of names', () => {
  test('finds whom a look at everybody finds, in order of the name', async () => {
    await fc.assert(
      fc.asyncProperty(people, query, async (everybody, text) => {
        const words = queryWords(text);
        const index = await buildNameIndex(everybody);
        const expected = sortedByName(everybody).filter((one) => matches(searchTextOf(one.person), words));
        expect(found(index, words)).toEqual(expected.map((one) => one.person));
      }),
      { numRuns: 300 },
    );
  });

  test('finds people beyond the number that is taken at a time', async () => {
    const many = Array.from({ length: 4_100 }, (_, n) => person(n, `Name ${n}`, `mail${n}@abc.com`));
    const index = await buildNameIndex(many);
    expect(index.size).toBe(4_100);
    expect(found(index, ['4099']).map(({ name }) => name)).toEqual(['Name 4099']);
    expect(found(index, ['name'])).toHaveLength(4_100);
  });

  test('goes no further than is wanted', async () => {
    const index = await buildNameIndex(Array.from({ length: 50 }, (_, n) => person(n, 'Ann', `ann${n}@abc.com`)));
    expect(found(index, ['ann'], 3)).toHaveLength(3);
  });
});
