import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/hub/clock.ts';
import { NO_GRAPH, openTenantsDirectory } from '../../../src/hub/directory/tenants-directory.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import { ABC, ANN_LEE, asks, JOANN, OF_ABC, OLGA, TENANTS, ZOE } from './company.ts';
import { describeDirectory } from './contract.ts';

const openOn = (store: Store) => openTenantsDirectory({ tenants: TENANTS, store, clock: systemClock, graph: NO_GRAPH });
const asOpened = (directory: Awaited<ReturnType<typeof openOn>>) => ({
  directory,
  zoe: asks(ZOE),
  close: async () => {},
});

describeDirectory('policy files', {
  async open(store) {
    const directory = await openOn(store);
    if ((await store.people.list(ABC)).length === 0) await directory.replacePeople(ABC, OF_ABC);
    return asOpened(directory);
  },
  findsInside: true,
  lists: true,
});

describeDirectory('sign-ins', {
  async open(store) {
    const directory = await openOn(store);
    for (const { roles: _, usually: __, ...person } of OF_ABC) await directory.signedIn(person);
    return asOpened(directory);
  },
  findsInside: true,
  lists: true,
});

describe('the directory by policy files and sign-ins', () => {
  test('takes over what a newer token says of somebody whom no file lists', async () => {
    const directory = await openOn(createMemoryStore());
    await directory.signedIn(ANN_LEE);
    await directory.signedIn({ ...ANN_LEE, name: 'Ann After' });
    expect((await directory.search(asks(ZOE), 'ann', 25)).map((one) => one.name)).toEqual(['Ann After']);
    expect(await directory.search(asks(ZOE), 'lee', 25)).toEqual([{ ...ANN_LEE, name: 'Ann After' }]);
  });

  test('lets the file be right where a token says something else', async () => {
    const directory = await openOn(createMemoryStore());
    await directory.signedIn({ ...ANN_LEE, name: 'Ann Token' });
    await directory.replacePeople(ABC, [ANN_LEE]);
    await directory.signedIn({ ...ANN_LEE, name: 'Ann Token again' });
    expect(await directory.person(ANN_LEE.key)).toBe(ANN_LEE);
    expect(await directory.search(asks(ZOE), 'token', 25)).toEqual([]);
    await directory.replacePeople(ABC, []);
    expect(await directory.person(ANN_LEE.key)).toBeNull();
    expect(await directory.search(asks(ZOE), 'token', 25)).toEqual([]);
    await directory.signedIn({ ...ANN_LEE, name: 'Ann Token again' });
    expect(await directory.search(asks(ZOE), 'token', 25)).toHaveLength(1);
  });

  test('keeps nobody whom the file lists no more, also after a restart, but those who came by themselves [SPEC 9.7]', async () => {
    const store = createMemoryStore();
    const directory = await openOn(store);
    const hidden = { ...JOANN, account: { ...JOANN.account, hidden: true } };
    await directory.signedIn(ANN_LEE);
    await directory.signedIn(ZOE);
    await directory.replacePeople(ABC, [ANN_LEE, hidden]);
    await directory.signedIn(hidden);
    await directory.replacePeople(ABC, [ANN_LEE]);
    for (const now of [directory, await openOn(store)]) {
      expect((await now.people(ABC))?.map((one) => one.name)).toEqual([ANN_LEE.name, ZOE.name]);
      expect(await now.byMail(asks(ZOE), ABC, JOANN.mail)).toBeNull();
    }
  });

  test('puts those who came by themselves among the listed ones, in order of the name', async () => {
    const directory = await openOn(createMemoryStore());
    await directory.replacePeople(ABC, [JOANN]);
    await directory.signedIn(ANN_LEE);
    await directory.signedIn({ ...ZOE, name: 'Zoë Lee' });
    const names = (await directory.search(asks(ZOE), 'lee', 25)).map((one) => one.name);
    expect(names).toEqual(['Ann Lee', 'Joann Lee', 'Zoë Lee']);
  });

  test('finds more newcomers than it looks through one by one', async () => {
    const directory = await openOn(createMemoryStore());
    const many = Array.from({ length: 1_200 }, (_, n) => ({
      ...ANN_LEE,
      key: `${ABC}:n${n}`,
      name: `Newcomer ${String(n).padStart(4, '0')}`,
      account: { ...ANN_LEE.account, key: `${ABC}:n${n}`, mail: `n${n}@abc.com` },
    }));
    await Promise.all(many.map((one) => directory.signedIn(one)));
    const names = (await directory.search(asks(ZOE), 'newcomer', 1_200)).map((one) => one.name);
    expect(names).toEqual(many.map((one) => one.name));
  });

  test('of two lists that are put in place at once keeps the later one whole', async () => {
    const directory = await openOn(createMemoryStore());
    await Promise.all([directory.replacePeople(ABC, OF_ABC), directory.replacePeople(ABC, [JOANN])]);
    expect((await directory.people(ABC))?.map((one) => one.key)).toEqual([JOANN.key]);
    expect(await directory.search(asks(ZOE), 'zo', 25)).toEqual([]);
  });

  test('has no contacts, meetings and presences of its own', async () => {
    const directory = await openOn(createMemoryStore());
    expect(await directory.knownContacts(asks(ZOE))).toEqual([]);
    expect(await directory.meetingsOf(asks(ZOE))).toEqual([]);
    expect(await directory.meeting(ABC, 'any')).toBeNull();
    expect(await directory.presences(asks(ZOE), [OLGA.key])).toEqual(new Map());
  });
});
