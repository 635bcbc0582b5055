import { type AlikePeople, classesOf, type KnownPerson } from './alike.ts';
import { decideReach } from './decide.ts';
import type { Account, ReachWorld, Verdict } from './model.ts';

/** The rules and the people at one moment. A changed policy has the same people; two files may differ in both. */
export interface ReachSnapshot {
  readonly world: ReachWorld;
  readonly accounts: readonly Account[];
}

/** Two classes of alike people between whom reach changes, both ways; the same class twice: among each other. */
export interface ReachChange {
  readonly a: AlikePeople;
  readonly b: AlikePeople;
  /** How many pairs of people it is about. */
  readonly pairs: number;
  /** One of these pairs, from `a` to `b`, and what is said to the one about the other. */
  readonly example: { readonly a: Account; readonly b: Account; readonly before: Verdict; readonly after: Verdict };
}

export interface ReachComparison {
  readonly gains: readonly ReachChange[];
  readonly losses: readonly ReachChange[];
  /** Accounts that only one of the two knows: they are in no change. */
  readonly added: readonly Account[];
  readonly removed: readonly Account[];
}

/**
 * Who gains and who loses reach. People whom the rules cannot tell apart are compared once for all of them, so that it
 * takes classes of people squared, not people squared.
 */
export function compareReach(before: ReachSnapshot, after: ReachSnapshot): ReachComparison {
  const earlier = new Map(before.accounts.map((account) => [account.key, account]));
  const later = new Map(after.accounts.map((account) => [account.key, account]));
  const people = [...later.values()].flatMap((account): readonly KnownPerson[] => {
    const known = earlier.get(account.key);
    return known === undefined ? [] : [{ before: known, after: account }];
  });
  const worlds = { before: before.world, after: after.world };
  const gains: ReachChange[] = [];
  const losses: ReachChange[] = [];
  for (const [a, b] of comparedPairs(worlds, people)) {
    const change = compareClasses(worlds, a, b);
    if (change !== null) (change.example.after.allowed ? gains : losses).push(change);
  }
  return {
    gains: largestFirst(gains),
    losses: largestFirst(losses),
    added: [...later.values()].filter(({ key }) => !earlier.has(key)),
    removed: [...earlier.values()].filter(({ key }) => !later.has(key)),
  };
}

interface Worlds {
  readonly before: ReachWorld;
  readonly after: ReachWorld;
}

type ClassPair = readonly [AlikePeople, AlikePeople];

/**
 * Each pair of people is in exactly one pair of classes: teams matter only where a guest is concerned, segments only inside
 * a tenant, and domains and personal settings only between tenants.
 */
function* comparedPairs(worlds: Worlds, people: readonly KnownPerson[]): Iterable<ClassPair> {
  const tenants = new Map<string, KnownPerson[]>();
  for (const person of people) {
    const ofTenant = tenants.get(person.after.tid);
    if (ofTenant === undefined) tenants.set(person.after.tid, [person]);
    else ofTenant.push(person);
  }
  const abroad = [...tenants.values()].map((own) => classesOf(worlds, own, 'abroad'));
  for (const own of tenants.values()) {
    yield* unordered(
      classesOf(
        worlds,
        own.filter((person) => !isGuest(person)),
        'members',
      ),
    );
    const withGuests = classesOf(worlds, own, 'guests');
    for (const pair of unordered(withGuests)) if (pair.some(({ guests }) => guests)) yield pair;
  }
  for (const [at, own] of abroad.entries()) {
    for (const others of abroad.slice(at + 1)) {
      for (const a of own) for (const b of others) yield [a, b];
    }
  }
}

const isGuest = ({ before, after }: KnownPerson): boolean => before.kind === 'guest' || after.kind === 'guest';

function* unordered(classes: readonly AlikePeople[]): Iterable<ClassPair> {
  for (const [at, a] of classes.entries()) for (const b of classes.slice(at)) yield [a, b];
}

function compareClasses(worlds: Worlds, a: AlikePeople, b: AlikePeople): ReachChange | null {
  const one = a.people[0];
  const other = a === b ? a.people[1] : b.people[0];
  if (one === undefined || other === undefined) return null;
  const before = mayFind(worlds.before, one.before, other.before);
  const after = mayFind(worlds.after, one.after, other.after);
  if (before.allowed === after.allowed) return null;
  const size = a.people.length;
  const pairs = a === b ? (size * (size - 1)) / 2 : size * b.people.length;
  return { a, b, pairs, example: { a: one.after, b: other.after, before, after } };
}

const mayFind = (world: ReachWorld, actor: Account, target: Account): Verdict =>
  decideReach(world, { action: 'find', actor, target, present: [], place: 'none' });

const largestFirst = (changes: readonly ReachChange[]): readonly ReachChange[] =>
  [...changes].sort((x, y) => y.pairs - x.pairs);
