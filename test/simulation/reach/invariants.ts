import type { PersonKey } from '../../../src/domain/call/state.ts';
import { permitted } from '../../support/reach-oracle.ts';
import type { HubWorld } from './hub-world.ts';

/** Looks for what must never be, by the tables and not by the rules under test. @returns how many pairs are together */
export function checkCalls(world: HubWorld): number {
  let pairs = 0;
  for (const call of world.hub().log.open.all()) {
    const people = call.order;
    const isGroup = call.state.kind === 'direct' && people.length > 2;
    people.forEach((a, at) => {
      requireWelcome(world, a);
      for (const b of people.slice(at + 1)) {
        pairs += 1;
        requirePermitted(world, a, b);
        if (isGroup && world.account(a).tid !== world.account(b).tid) throw new Error(`${a} and ${b} are in a group`);
      }
    });
  }
  return pairs;
}

export function requirePermitted(world: HubWorld, a: PersonKey, b: PersonKey): void {
  if (!mayMeet(world, a, b)) throw new Error(`${a} and ${b} are together, and may not be`);
}

export const mayMeet = (world: HubWorld, a: PersonKey, b: PersonKey): boolean =>
  permitted(world.policies(), world.account(a), world.account(b));

function requireWelcome(world: HubWorld, person: PersonKey): void {
  const { tid, kind } = world.account(person);
  const policy = world.policies().find((one) => one.tid === tid);
  if (kind === 'guest' && policy?.guests.enabled !== true) throw new Error(`${person} is no welcome guest`);
}

/** Lists show as reachable only whom one may reach, by name and by address. */
export async function checkLists(world: HubWorld, person: PersonKey, other: PersonKey): Promise<void> {
  const page = world.pageOf(person);
  if (page === undefined) return;
  const { lists } = world.hub();
  const shown = (await lists.contacts(page)).filter(({ refusal }) => refusal === null).map(({ key }) => key);
  for (const query of ['Person', world.account(other).mail]) {
    const found = await lists.search(page, query);
    if (found.ok) shown.push(...found.value.map(({ key }) => key));
  }
  for (const key of shown) requirePermitted(world, person, key);
}
