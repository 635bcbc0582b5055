import { describe, expect, test } from 'vitest';
import { type Asker, type DirectoryPerson, plainAccount } from '../../src/hub/directory/directory.ts';
import { fold, matches } from '../../src/hub/directory/fold.ts';
import { createSignedInDirectory } from '../../src/hub/directory/signed-in-directory.ts';
import { createMemoryStore } from '../../src/hub/store/memory-store.ts';

const person = (oid: string, name: string, tid = 'abc'): DirectoryPerson => ({
  key: `${tid}:${oid}`,
  name,
  mail: `${oid}@abc.com`,
  jobTitle: '',
  company: 'ABC',
  account: plainAccount({ key: `${tid}:${oid}`, tid, kind: 'internal', mail: `${oid}@abc.com` }),
});
const ASKER: Asker = { person: 'abc:0', tid: 'abc', accessToken: () => null };
const TENANTS = new Map([
  ['abc', 'ABC'],
  ['xyz', 'XYZ'],
]);

describe('the directory of people who signed in', () => {
  test('knows them after a restart, by tenant', async () => {
    const { values } = createMemoryStore();
    const first = await createSignedInDirectory(values, TENANTS, 0);
    await first.signedIn(person('1', 'Zoë Żak'));
    await first.signedIn(person('2', 'Ann Zoe'));
    await first.signedIn(person('3', 'Zoe Other', 'xyz'));
    const second = await createSignedInDirectory(values, TENANTS, 0);
    expect((await second.search(ASKER, 'zoe', 10)).map((one) => one.name)).toEqual(['Ann Zoe', 'Zoë Żak']);
    expect(await second.search(ASKER, 'zoe', 1)).toHaveLength(1);
    expect(await second.person('abc:1')).toEqual(person('1', 'Zoë Żak'));
    expect(await second.person('abc:9')).toBeNull();
    expect(second.tenantName('xyz')).toBe('XYZ');
  });

  test('takes over what a newer token says', async () => {
    const { values } = createMemoryStore();
    const directory = await createSignedInDirectory(values, TENANTS, 0);
    await directory.signedIn(person('1', 'Ann Before'));
    await directory.signedIn(person('1', 'Ann After'));
    expect(await directory.search(ASKER, 'ann', 10)).toMatchObject([{ name: 'Ann After' }]);
  });
});

describe('a search text', () => {
  test.each([
    ['José Müller', 'jose mu', true],
    ['José Müller', 'muller josé', true],
    ['José Müller', 'ull', true],
    ['José Müller', 'ose xyz', false],
    ['ann.lee@abc.com', 'lee abc', true],
    ['José Müller', '   ', false],
  ])('in "%s" the words "%s" are found: %s', (text, query, expected) => {
    expect(matches(fold(text), query)).toBe(expected);
  });
});
