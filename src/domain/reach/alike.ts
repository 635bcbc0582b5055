import { domainOf } from './external.ts';
import { isGuest } from './guests.ts';
import type { Account, ReachWorld } from './model.ts';
import { indexOf } from './tenant-index.ts';

/** One person before and after. */
export interface KnownPerson {
  readonly before: Account;
  readonly after: Account;
}

/** People of one tenant whom the rules cannot tell apart, neither before nor after. */
export interface AlikePeople {
  readonly tid: string;
  /** Whether they are guests before or after. */
  readonly guests: boolean;
  readonly hidden: boolean;
  readonly segmentsBefore: readonly string[];
  readonly segments: readonly string[];
  /** At least one. */
  readonly people: readonly KnownPerson[];
}

/** With whom the people are compared: members with members, everybody with guests, or all with other tenants. */
export type Concern = 'members' | 'guests' | 'abroad';

export interface TwoWorlds {
  readonly before: ReachWorld;
  readonly after: ReachWorld;
}

/** The classes of these people of one tenant, as far as it concerns the rules that will be asked. */
export function classesOf(worlds: TwoWorlds, people: readonly KnownPerson[], concern: Concern): readonly AlikePeople[] {
  const traitsBefore = createTraits(
    worlds.before,
    people.map((person) => person.before),
    concern,
  );
  const traitsAfter = createTraits(
    worlds.after,
    people.map((person) => person.after),
    concern,
  );
  const classes = new Map<string, KnownPerson[]>();
  for (const person of people) {
    const id = JSON.stringify([traitsBefore(person.before), traitsAfter(person.after)]);
    const alike = classes.get(id);
    if (alike === undefined) classes.set(id, [person]);
    else alike.push(person);
  }
  return [...classes.values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [toClass(worlds, first, alike)];
  });
}

function toClass(worlds: TwoWorlds, { before, after }: KnownPerson, people: readonly KnownPerson[]): AlikePeople {
  return {
    tid: after.tid,
    guests: isGuest(before) || isGuest(after),
    hidden: after.hidden,
    segmentsBefore: segmentsOf(worlds.before, before),
    segments: segmentsOf(worlds.after, after),
    people,
  };
}

/** Everything about somebody that the rules ask for. */
function createTraits(
  world: ReachWorld,
  accounts: readonly Account[],
  concern: Concern,
): (account: Account) => readonly unknown[] {
  const guestTeams = concern === 'guests' ? teamsOfGuests(world, accounts) : new Set<number>();
  return (account) => {
    const common = [isGuest(account), account.hidden];
    switch (concern) {
      case 'members':
        return [...common, segmentsOf(world, account)];
      case 'guests':
        return [...common, segmentsOf(world, account), teamsOf(world, account).filter((team) => guestTeams.has(team))];
      case 'abroad':
        return [...common, abroadDomain(world, account), account.external];
    }
  };
}

/** Only these decide about anybody: a team of members alone would split the classes for nothing. */
function teamsOfGuests(world: ReachWorld, accounts: readonly Account[]): ReadonlySet<number> {
  return new Set(accounts.filter(isGuest).flatMap((guest) => teamsOf(world, guest)));
}

function segmentsOf(world: ReachWorld, account: Account): readonly string[] {
  const tenant = world.tenant(account.tid);
  return tenant === undefined ? [] : indexOf(tenant).segmentsOf(account).names;
}

function teamsOf(world: ReachWorld, account: Account): readonly number[] {
  const tenant = world.tenant(account.tid);
  return tenant === undefined ? [] : [...indexOf(tenant).teamsOf(account)];
}

function abroadDomain(world: ReachWorld, account: Account): string | null {
  const tenant = world.tenant(account.tid);
  return tenant === undefined ? null : domainOf(world, tenant, account);
}
