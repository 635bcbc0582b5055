import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Asker, Directory } from '../../../src/hub/directory/directory.ts';
import type { DirectoryPerson } from '../../../src/hub/directory/person.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import {
  ABC,
  ANN_LEE,
  ANN_ZOE,
  CONTOSO,
  GIL,
  GIL_AT_HOME,
  JOANN,
  MANY,
  OF_CONTOSO,
  OLGA,
  PUMPS,
  ZOE,
} from './company.ts';

export interface OpenDirectory {
  readonly directory: Directory;
  /** Zoë, of ABC. */
  readonly zoe: Asker;
  close(): Promise<void>;
}

export interface DirectoryKind {
  /** A directory that knows the people of ABC. Those of Contoso come to the hub later. */
  open(store: Store): Promise<OpenDirectory>;
  /** Finds three letters inside a word, and letters without their accents; otherwise only beginnings of words. */
  readonly findsInside: boolean;
  /** Says who there is without being asked for somebody. */
  readonly lists: boolean;
}

/** What every directory does. */
export function describeDirectory(name: string, kind: DirectoryKind): void {
  describe(`the directory by ${name}`, () => {
    let store: Store;
    let directory: Directory;
    let zoe: Asker;
    let close: () => Promise<void>;
    const open = async (): Promise<void> => {
      ({ directory, zoe, close } = await kind.open(store));
    };
    const found = async (query: string, limit = 25, keep?: (one: DirectoryPerson) => boolean) =>
      (await directory.search(zoe, query, limit, keep)).map((one) => one.name);

    beforeEach(async () => {
      store = createMemoryStore();
      await open();
      for (const person of OF_CONTOSO) await directory.signedIn(person);
    });
    afterEach(() => close());

    test('finds beginnings of the words of a name, in any case, in order of the name', async () => {
      expect(await found('AN')).toEqual([ANN_LEE.name, ANN_ZOE.name]);
      expect(await found('le')).toEqual([ANN_LEE.name, JOANN.name]);
      expect(await found('lee an')).toEqual([ANN_LEE.name]);
      expect(await found('zoë')).toEqual([ANN_ZOE.name, ZOE.name]);
    });

    const inside = kind.findsInside
      ? 'three letters inside a word, and letters without their accents'
      : 'no inside of a word';
    test(`finds ${inside}`, async () => {
      expect(await found('oan')).toEqual(kind.findsInside ? [JOANN.name] : []);
      expect(await found('oa')).toEqual([]);
      expect(await found('zak')).toEqual(kind.findsInside ? [ZOE.name] : []);
    });

    test('finds nobody for nothing, and for what is nobody’s', async () => {
      expect(await found('   ')).toEqual([]);
      expect(await found('"')).toEqual([]);
      expect(await found('nobody')).toEqual([]);
      expect(await found('nobody@abc.com')).toEqual([]);
      expect(await found(`o'neil") OR "displayName:ann`)).toEqual([]);
    });

    test('finds exactly one by a full mail address', async () => {
      expect(await found('Ann.Lee@ABC.com')).toEqual([ANN_LEE.name]);
      expect(await found('joann.l')).toEqual([JOANN.name]);
    });

    test('finds nobody of another tenant, neither by name nor by mail', async () => {
      expect(await found(OLGA.name)).toEqual([]);
      expect(await found(OLGA.mail)).toEqual([]);
    });

    test('finds a guest by name in the tenant that invited them, with the home', async () => {
      const [guest] = await directory.search(zoe, 'gil', 25);
      expect(guest).toMatchObject({ key: GIL.key, company: 'Contoso1' });
      expect(guest?.account).toMatchObject({ tid: ABC, kind: 'guest', homeTid: CONTOSO, mail: GIL.mail });
    });

    test('goes on behind those who are not wanted until there are enough', async () => {
      const hidden = new Set(MANY.slice(0, 100).map((one) => one.key));
      const wanted = await found('many', 25, (one) => !hidden.has(one.key));
      expect(wanted).toEqual(MANY.slice(100, 125).map((one) => one.name));
      expect(await found('many', 3)).toEqual(MANY.slice(0, 3).map((one) => one.name));
      expect(await found('many', 25, () => false)).toEqual([]);
    });

    test('passes over somebody with a full address who is not wanted, as over nobody', async () => {
      expect(await found(ANN_LEE.mail, 25, (one) => one.key !== ANN_LEE.key && one.key !== JOANN.key)).toEqual([]);
    });

    test('knows by the key whom somebody has found, and nobody else', async () => {
      const [hit] = await directory.search(zoe, 'joann', 25);
      expect(await directory.person(JOANN.key)).toBe(hit);
      expect(await directory.person(JOANN.key, zoe)).toBe(hit);
      expect(await directory.person(`${ABC}:00000000-0000-4000-8000-000000000000`, zoe)).toBeNull();
      expect(await directory.person('somewhere else', zoe)).toBeNull();
    });

    test('gives the same account while nothing changes', async () => {
      const [first] = await directory.search(zoe, 'joann', 25);
      const [again] = await directory.search(zoe, 'jo', 25);
      expect(again?.account).toBe(first?.account);
    });

    test('looks somebody up for who asks', async () => {
      expect(await directory.person(ANN_LEE.key, zoe)).toMatchObject({ name: 'Ann Lee', mail: 'ann.lee@abc.com' });
    });

    test('says which groups somebody is in', async () => {
      expect((await directory.person(ANN_LEE.key, zoe))?.account.groups).toEqual([PUMPS]);
      expect((await directory.person(JOANN.key, zoe))?.account.groups).toEqual([]);
    });

    test('finds the account with a mail address in the tenant that is named', async () => {
      expect(await directory.byMail(zoe, ABC, 'ANN.LEE@abc.com')).toMatchObject({ key: ANN_LEE.key });
      expect(await directory.byMail(zoe, ABC, 'nobody@abc.com')).toBeNull();
      expect(await directory.byMail(zoe, ABC, "o'neil@abc.com")).toBeNull();
      expect(await directory.byMail(zoe, ABC, 'no address')).toBeNull();
      expect(await directory.byMail(zoe, ABC, GIL.mail)).toMatchObject({ key: GIL.key });
      expect(await directory.byMail(zoe, CONTOSO, GIL.mail)).toMatchObject({ key: GIL_AT_HOME.key });
      expect(await directory.byMail(zoe, CONTOSO, ANN_LEE.mail)).toBeNull();
    });

    test('knows the accounts of one human, the home first', async () => {
      const keysOf = async (key: string) => (await directory.accountsOf(key)).map((one) => one.key);
      await directory.signedIn(GIL);
      expect(await keysOf(GIL.key)).toEqual([GIL_AT_HOME.key, GIL.key]);
      expect(await keysOf(GIL_AT_HOME.key)).toEqual([GIL_AT_HOME.key, GIL.key]);
      expect(await keysOf(OLGA.key)).toEqual([OLGA.key]);
      expect(await keysOf('nobody')).toEqual([]);
    });

    test('lists people for administrators, or says that it does not', async () => {
      const people = await directory.people(ABC);
      expect(people?.map((one) => one.name).slice(0, 3) ?? null).toEqual(
        kind.lists ? ['Ann Lee', 'Ann Zoë', 'Gil Guest'] : null,
      );
    });

    test('remembers whom it knew by a sign-in after a restart', async () => {
      await close();
      await open();
      expect(await directory.person(OLGA.key)).toEqual({ ...OLGA, roles: undefined, usually: undefined });
      expect(directory.tenantName(CONTOSO)).toBe('Contoso1');
    });

    test('takes over what a policy file says of somebody, and drops it again', async () => {
      const hiddenLee = { ...ANN_LEE, account: { ...ANN_LEE.account, hidden: true, groups: ['Extra'] } };
      await directory.search(zoe, 'ann', 25);
      await directory.replacePeople(ABC, [hiddenLee, JOANN]);
      expect((await directory.person(ANN_LEE.key, zoe))?.account).toMatchObject({ hidden: true });
      expect((await directory.person(ANN_LEE.key))?.account.groups).toContain('Extra');
      await close();
      await open();
      expect((await directory.person(ANN_LEE.key, zoe))?.account).toMatchObject({ hidden: true });
      await directory.replacePeople(ABC, [ANN_LEE, JOANN]);
      expect((await directory.person(ANN_LEE.key, zoe))?.account).toMatchObject({ hidden: false });
    });
  });
}
