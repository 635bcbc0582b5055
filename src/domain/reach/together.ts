import type { PersonKey } from '../call/state.ts';
import { codeOfPresent } from './decide.ts';
import { finding } from './finding.ts';
import type { Account, ReachQuestion, ReachRefusal, ReachWorld, RuleStep } from './model.ts';
import { addStep, askPair, createChain } from './pair.ts';

/** Two people who are together and may not be. */
export interface ForbiddenPair {
  readonly a: PersonKey;
  readonly b: PersonKey;
  readonly code: ReachRefusal;
  readonly decidedBy: RuleStep;
}

/** Every pair that a changed policy forbids among people who are in a call or meeting already. */
export function forbiddenPairs(
  world: ReachWorld,
  people: readonly Account[],
  place: ReachQuestion['place'],
): readonly ForbiddenPair[] {
  const distinct = [...new Map(people.map((person) => [person.key, person])).values()];
  const isGroup = place !== 'meeting' && distinct.length > 2;
  return distinct.flatMap((a, at) =>
    distinct.slice(at + 1).flatMap((b) => {
      const chain = createChain();
      askPair(world, a, b, chain);
      if (isGroup && a.tid !== b.tid) addStep(chain, finding('external-group', false), a, b);
      if (chain.denial === null) return [];
      return [{ a: a.key, b: b.key, code: codeOfPresent(chain.denial.rule), decidedBy: chain.denial }];
    }),
  );
}

/**
 * Who has to leave so that no forbidden pair stays together: always who is in the most pairs, of equals the one who came last,
 * until no pair is left. So the one whom nobody may meet any more leaves the others where they are, and of two the one who
 * was there first stays. The order of the pairs changes nothing.
 * @param order everybody, in the order in which they came
 */
export function whoMustLeave(pairs: readonly ForbiddenPair[], order: readonly PersonKey[]): ReadonlySet<PersonKey> {
  const leaving = new Set<PersonKey>();
  for (let left = pairs; left.length > 0; left = left.filter(({ a, b }) => !leaving.has(a) && !leaving.has(b))) {
    const counts = new Map<PersonKey, number>();
    for (const key of left.flatMap(({ a, b }) => [a, b])) counts.set(key, (counts.get(key) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const concerned = [...counts].filter(([, count]) => count === most).map(([key]) => key);
    const last = concerned.toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0];
    if (last !== undefined) leaving.add(last);
  }
  return leaving;
}
