import * as v from 'valibot';
import type { PersonKey } from '../../domain/call/state.ts';
import { ACCOUNT_KINDS } from '../../domain/reach/model.ts';
import type { ValueStore } from '../store/store.ts';
import { type Directory, type DirectoryPerson, plainAccount } from './directory.ts';
import { fold, matches } from './fold.ts';

const personSchema = v.object({
  key: v.string(),
  name: v.string(),
  mail: v.string(),
  jobTitle: v.string(),
  company: v.string(),
  account: v.object({
    key: v.string(),
    tid: v.string(),
    kind: v.picklist(ACCOUNT_KINDS),
    homeTid: v.optional(v.nullable(v.string()), null),
  }),
});

/**
 * The people who have signed in to this hub, for tenants whose own directory it does not read. Knows no meetings.
 * @param tenantNames by tenant id
 */
export async function createSignedInDirectory(
  values: Pick<ValueStore, 'list' | 'set'>,
  tenantNames: ReadonlyMap<string, string>,
  nowMs: number,
): Promise<Directory> {
  const people = new Map<PersonKey, DirectoryPerson>();
  for (const tid of tenantNames.keys()) {
    for (const { value } of await values.list(collectionOf(tid), nowMs)) {
      const parsed = v.safeParse(personSchema, value);
      if (parsed.success) people.set(parsed.output.key, remembered(parsed.output));
    }
  }
  return {
    tenantName: (tid) => tenantNames.get(tid) ?? tid,
    person: async (key) => people.get(key) ?? null,
    byMail: async (_asker, tid, mail) =>
      [...people.values()].find(({ account }) => account.tid === tid && account.mail === mail.toLowerCase()) ?? null,
    search: async ({ tid }, query, limit, keep = () => true) =>
      [...people.values()]
        .filter((person) => person.account.tid === tid && matches(fold(`${person.name} ${person.mail}`), query))
        .filter(keep)
        .sort((a, b) => a.name.localeCompare(b.name))
        .slice(0, limit),
    async accountsOf(key) {
      const mail = people.get(key)?.account.mail;
      return [...people.values()]
        .filter(({ account }) => account.mail === mail)
        .sort((a, b) => Number(a.account.kind === 'guest') - Number(b.account.kind === 'guest'));
    },
    people: async (tid) => [...people.values()].filter(({ account }) => account.tid === tid),
    knownContacts: async () => [],
    meetingsOf: async () => [],
    meeting: async () => null,
    async signedIn(person) {
      if (JSON.stringify(people.get(person.key)) === JSON.stringify(person)) return;
      people.set(person.key, person);
      await values.set(collectionOf(person.account.tid), person.key, { value: person, group: null, expiresAtMs: null });
    },
  };
}

const remembered = ({ account, ...person }: v.InferOutput<typeof personSchema>): DirectoryPerson => ({
  ...person,
  account: { ...plainAccount({ ...account, mail: person.mail }), homeTid: account.homeTid },
});

const collectionOf = (tid: string): string => `people/${tid}`;
