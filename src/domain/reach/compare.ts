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
  /** People differ in so many ways that nobody was compared: there are neither gains nor losses. */
  readonly isTooLarge: boolean;
}

/** Of classes of people. Each asks the rules twice: all of them take about a second. */
const MAX_COMPARED = 150_000;
/** So many are compared at a time. */
const PART = 2_000;

/** As `compareReach`, but in parts of some milliseconds each, between which somebody else may have a turn. */
export async function compareReachInParts(
  before: ReachSnapshot,
  after: ReachSnapshot,
  turnOfOthers: () => Promise<void>,
): Promise<ReachComparison> {
  const parts = comparing(before, after);
  for (;;) {
    const { done, value } = parts.next();
    if (done === true) return value;
    await turnOfOthers();
  }
}

/**
 * Who gains and who loses reach. People whom the rules cannot tell apart are compared once for all of them, so that it
 * takes classes of people squared, not people squared.
 */
export function compareReach(before: ReachSnapshot, after: ReachSnapshot): ReachComparison {
  const parts = comparing(before, after);
  for (;;) {
    const { done, value } = parts.next();
    if (done === true) return value;
  }
}

function* comparing(before: ReachSnapshot, after: ReachSnapshot): Generator<undefined, ReachComparison> {
  const earlier = new Map(before.accounts.map((account) => [account.key, account]));
  const later = new Map(after.accounts.map((account) => [account.key, account]));
  const people = [...later.values()].flatMap((account): readonly KnownPerson[] => {
    const known = earlier.get(account.key);
    return known === undefined ? [] : [{ before: known, after: account }];
  });
  const worlds = { before: before.world, after: after.world };
  const gains: ReachChange[] = [];
  const losses: ReachChange[] = [];
  const classes = yield* sortPeople(worlds, people);
  const isTooLarge = countPairs(classes) > MAX_COMPARED;
  let compared = 0;
  for (const [a, b] of isTooLarge ? [] : comparedPairs(classes)) {
    const change = compareClasses(worlds, a, b);
    if (change !== null) (change.example.after.allowed ? gains : losses).push(change);
    compared += 1;
    if (compared % PART === 0) yield;
  }
  return {
    gains: largestFirst(gains),
    losses: largestFirst(losses),
    added: [...later.values()].filter(({ key }) => !earlier.has(key)),
    removed: [...earlier.values()].filter(({ key }) => !later.has(key)),
    isTooLarge,
  };
}

interface Worlds {
  readonly before: ReachWorld;
  readonly after: ReachWorld;
}

type ClassPair = readonly [AlikePeople, AlikePeople];

interface ClassesOfTenant {
  readonly members: readonly AlikePeople[];
  readonly withGuests: readonly AlikePeople[];
  readonly abroad: readonly AlikePeople[];
}

function* sortPeople(worlds: Worlds, people: readonly KnownPerson[]): Generator<undefined, readonly ClassesOfTenant[]> {
  const tenants = new Map<string, KnownPerson[]>();
  for (const person of people) {
    const ofTenant = tenants.get(person.after.tid);
    if (ofTenant === undefined) tenants.set(person.after.tid, [person]);
    else ofTenant.push(person);
  }
  const sorted: ClassesOfTenant[] = [];
  for (const own of tenants.values()) {
    const members = classesOf(
      worlds,
      own.filter((person) => !isGuest(person)),
      'members',
    );
    yield;
    const withGuests = own.some(isGuest) ? classesOf(worlds, own, 'guests') : [];
    yield;
    sorted.push({ members, withGuests, abroad: tenants.size > 1 ? classesOf(worlds, own, 'abroad') : [] });
    yield;
  }
  return sorted;
}

function countPairs(tenants: readonly ClassesOfTenant[]): number {
  const among = ({ length }: readonly AlikePeople[]): number => (length * (length + 1)) / 2;
  let [count, abroadSoFar] = [0, 0];
  for (const { members, withGuests, abroad } of tenants) {
    count += among(members) + among(withGuests) + abroadSoFar * abroad.length;
    abroadSoFar += abroad.length;
  }
  return count;
}

/**
 * Each pair of people is in exactly one pair of classes: teams matter only where a guest is concerned, segments only inside
 * a tenant, and domains and personal settings only between tenants.
 */
function* comparedPairs(tenants: readonly ClassesOfTenant[]): Iterable<ClassPair> {
  for (const { members, withGuests } of tenants) {
    yield* unordered(members);
    for (const pair of unordered(withGuests)) if (pair.some(({ guests }) => guests)) yield pair;
  }
  for (const [at, { abroad }] of tenants.entries()) {
    for (const others of tenants.slice(at + 1)) {
      for (const a of abroad) for (const b of others.abroad) yield [a, b];
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
