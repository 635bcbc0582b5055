import type { PersonKey } from '../../domain/call/state.ts';
import { toMail } from '../policy/address.ts';
import type { Keep } from './directory.ts';
import { queryWords } from './fold.ts';
import { buildNameIndex, byName, type Named, NOBODY, sortedByName } from './name-index.ts';
import type { DirectoryPerson, ListedPerson } from './person.ts';
import { matches, searchTextOf } from './search-text.ts';

/** The people of one tenant, in memory. */
export interface Shelf {
  person(key: PersonKey): DirectoryPerson | undefined;
  listed(key: PersonKey): ListedPerson | undefined;
  /** @param mail in its one spelling (`toMail`) */
  byMail(mail: string): readonly DirectoryPerson[];
  search(query: string, limit: number, keep: Keep): readonly DirectoryPerson[];
  people(): readonly DirectoryPerson[];
  replace(people: readonly ListedPerson[]): Promise<void>;
  /** False when nothing is new. */
  remember(person: DirectoryPerson): Promise<boolean>;
}

/** Looking through so many one by one takes less than a millisecond; then they are indexed with the others. */
const MAX_LATE = 1_000;

export async function createShelf(
  listedAtFirst: readonly ListedPerson[],
  rememberedAtFirst: readonly DirectoryPerson[],
): Promise<Shelf> {
  const remembered = byKey(rememberedAtFirst);
  let listed: ReadonlyMap<PersonKey, ListedPerson> = byKey(listedAtFirst);
  let index = NOBODY;
  let mails = new Map<string, Set<PersonKey>>();
  /** Whom the index does not know, or not as they are now. */
  let late = new Map<PersonKey, DirectoryPerson>();
  let isGrowing = false;
  let turn: Promise<void> = Promise.resolve();

  const person = (key: PersonKey): DirectoryPerson | undefined => listed.get(key) ?? remembered.get(key);
  const isCurrent = (one: DirectoryPerson): boolean => person(one.key) === one;
  const byMail = (mail: string): readonly DirectoryPerson[] =>
    [...(mails.get(mail) ?? [])].flatMap((key) => {
      const one = person(key);
      return one?.account.mail === mail ? [one] : [];
    });
  const rebuild = async (newListed: ReadonlyMap<PersonKey, ListedPerson>): Promise<void> => {
    const indexed = new Map<PersonKey, DirectoryPerson>([...remembered, ...newListed]);
    const built = await buildNameIndex(indexed.values());
    // Somebody may have come meanwhile.
    const missed = [...remembered].filter(([key, one]) => !newListed.has(key) && indexed.get(key) !== one);
    [listed, index, late] = [newListed, built, new Map(missed)];
    mails = new Map();
    for (const one of [...indexed.values(), ...late.values()]) noteMail(mails, one);
  };
  /** One after the other: the last one asked for is the one that stays. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work, work);
    return turn;
  };
  await inTurn(() => rebuild(listed));

  return {
    person,
    listed: (key) => listed.get(key),
    byMail,
    search(query, limit, keep) {
      const wanted = (one: DirectoryPerson): boolean => isCurrent(one) && keep(one);
      const addressed = byMail(toMail(query) ?? '').filter(wanted);
      if (addressed.length > 0) return addressed.slice(0, limit);
      const words = queryWords(query);
      const lateHits = sortedByName([...late.values()].filter((one) => matches(searchTextOf(one), words)));
      return firstOf(merged(index.find(words), lateHits), limit, wanted);
    },
    people: () => sortedByName(new Map([...remembered, ...listed]).values()).map((named) => named.person),
    replace: (people) => inTurn(() => rebuild(byKey(people))),
    async remember(one) {
      const before = remembered.get(one.key);
      if (before !== undefined && JSON.stringify(before) === JSON.stringify(one)) return false;
      remembered.set(one.key, one);
      late.set(one.key, one);
      noteMail(mails, one);
      if (late.size > MAX_LATE && !isGrowing) {
        isGrowing = true;
        await inTurn(() => rebuild(listed));
        isGrowing = false;
      }
      return true;
    },
  };
}

const byKey = <P extends DirectoryPerson>(people: readonly P[]): Map<PersonKey, P> =>
  new Map(people.map((one) => [one.key, one]));

function noteMail(mails: Map<string, Set<PersonKey>>, { key, account }: DirectoryPerson): void {
  const keys = mails.get(account.mail);
  if (keys === undefined) mails.set(account.mail, new Set([key]));
  else keys.add(key);
}

/** Two lists in order of the name as one. The second one is short. */
function* merged(many: Iterable<Named>, few: readonly Named[]): Generator<DirectoryPerson> {
  let at = 0;
  for (const one of many) {
    for (let next = few[at]; next !== undefined && byName(next, one) < 0; next = few[at]) {
      yield next.person;
      at += 1;
    }
    yield one.person;
  }
  for (const { person } of few.slice(at)) yield person;
}

function firstOf(people: Iterable<DirectoryPerson>, limit: number, wanted: Keep): readonly DirectoryPerson[] {
  const found: DirectoryPerson[] = [];
  for (const one of people) {
    if (found.length >= limit) break;
    if (wanted(one)) found.push(one);
  }
  return found;
}
