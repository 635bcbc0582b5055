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
  /** What was kept of those who were listed before is forgotten, so that whoever is listed no more is gone. */
  replace(people: readonly ListedPerson[]): Promise<void>;
  /** False when nothing was kept of them. */
  forget(key: PersonKey): boolean;
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
  /** The index has somebody who is gone. */
  let hasForgotten = false;
  let turn: Promise<void> = Promise.resolve();

  const person = (key: PersonKey): DirectoryPerson | undefined => listed.get(key) ?? remembered.get(key);
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
    hasForgotten = [...indexed.keys()].some((key) => !remembered.has(key) && !newListed.has(key));
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
      const isOld =
        late.size > 0 || hasForgotten ? (one: DirectoryPerson): boolean => person(one.key) !== one : () => false;
      const wanted = (one: DirectoryPerson): boolean => !isOld(one) && keep(one);
      const addressed = byMail(toMail(query) ?? '').filter(wanted);
      if (addressed.length > 0) return addressed.slice(0, limit);
      const words = queryWords(query);
      const lateHits = sortedByName([...late.values()].filter((one) => matches(searchTextOf(one), words)));
      return firstHits((wantsMore) => index.visit(words, wantsMore), lateHits, { limit, wanted });
    },
    people: () => sortedByName(new Map([...remembered, ...listed]).values()).map((named) => named.person),
    replace: (people) =>
      inTurn(() => {
        for (const key of listed.keys()) remembered.delete(key);
        return rebuild(byKey(people));
      }),
    forget(key) {
      late.delete(key);
      hasForgotten = true;
      return remembered.delete(key);
    },
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

interface Wanted {
  readonly limit: number;
  readonly wanted: Keep;
}

/** Of two lists in order of the name the first ones that are wanted. The second list is short. */
function firstHits(
  visitMany: (wantsMore: (one: Named) => boolean) => void,
  few: readonly Named[],
  { limit, wanted }: Wanted,
): readonly DirectoryPerson[] {
  const found: DirectoryPerson[] = [];
  const take = (one: DirectoryPerson): boolean => {
    if (found.length < limit && wanted(one)) found.push(one);
    return found.length < limit;
  };
  let at = 0;
  visitMany((one) => {
    for (let next = few[at]; next !== undefined && byName(next, one) < 0; next = few[at]) {
      at += 1;
      take(next.person);
    }
    return take(one.person);
  });
  for (const { person } of few.slice(at)) take(person);
  return found;
}
