import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainAccount } from '../../../src/hub/directory/directory.ts';
import { fold, queryWords, wordsOf } from '../../../src/hub/directory/fold.ts';
import type { DirectoryPerson } from '../../../src/hub/directory/person.ts';
import { matches, searchTextOf } from '../../../src/hub/directory/search-text.ts';

const person = (name: string, mail: string, kind: 'internal' | 'guest' = 'internal'): DirectoryPerson => ({
  key: 't:1',
  name,
  mail,
  jobTitle: 'Engineer',
  company: 'ABC',
  account: plainAccount({ key: 't:1', tid: 't', kind, mail }),
});
const finds = (query: string, somebody: DirectoryPerson): boolean => matches(searchTextOf(somebody), queryWords(query));

describe('a search text', () => {
  test.each([
    ['jose mu', true, 'beginnings of two words'],
    ['MÜLLER josé', true, 'in any order and case'],
    ['ll', false, 'two letters inside a word'],
    ['j', true, 'one letter at the beginning'],
    ['ull', true, 'three letters inside a word'],
    ['jose xyz', false, 'one word that does not fit'],
    ['j.mu', true, 'the mail address up to its domain'],
    ['abc', false, 'the domain that all colleagues share'],
    ['mul@ab', true, 'a part of the address around its @'],
    ['J.Mul@ABC.com', true, 'the whole address'],
    ['(jo', true, 'without what stands before the first letter'],
    ['-', false, 'no letter at all'],
    ['   ', false, 'nothing'],
    ['engineer', false, 'the title'],
  ])('"%s" finds José Müller, j.mul@abc.com: %s (%s)', (query, expected) => {
    expect(finds(query, person('José Müller', 'j.mul@abc.com'))).toBe(expected);
  });

  test('finds guests by their domain too', () => {
    expect(finds('ann contoso', person('Ann Lee', 'ann@contoso1.com', 'guest'))).toBe(true);
  });

  test.each([
    ['Łukasz Żak', 'lukasz'],
    ['Søren Ærø', 'soren aero'],
    ['Straße', 'strasse'],
    ['İpek', 'ipek'],
    ['Ｄａｎａ', 'dana'],
    ['O’Neil-Strauß', 'strauss'],
    ['Νίκος', 'ΝΙΚΟΣ'],
    ['Νίκοσμος', 'ΝΙΚΟΣ'],
  ])('finds %s as "%s"', (name, query) => {
    expect(finds(query, person(name, 'x@abc.com'))).toBe(true);
  });

  test('finds everybody by every beginning of every word of the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (name, length) => {
        for (const word of wordsOf(fold(name))) {
          const letters = [...word];
          const beginning = letters.slice(0, 1 + (length % letters.length)).join('');
          expect(finds(beginning, person(name, 'x@abc.com'))).toBe(true);
        }
      }),
    );
  });
});
