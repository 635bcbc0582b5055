import { randomInt } from 'node:crypto';
import { walkReach } from '../test/simulation/reach/walk.ts';

/**
 * `npm run soak [-- STEPS [SEED]]`: a long walk of random calls at a hub whose policies and people change. It ends with a count of
 * what it has seen, or with the seed and the step at which somebody was with somebody whom the rules forbid.
 */
const STEPS = 100_000;
/** Each part begins with other companies. */
const STEPS_OF_ONE_SEED = 10_000;

const [steps = STEPS, firstSeed = randomInt(2 ** 31)] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(steps) || steps < 1 || !Number.isSafeInteger(firstSeed)) {
  console.error('Usage: npm run soak [-- STEPS [SEED]]');
  process.exit(2);
}

console.log(`${steps} steps, seeds from ${firstSeed}`);
for (let done = 0, seed = firstSeed; done < steps; seed += 1) {
  const walked = await walkReach(seed, Math.min(STEPS_OF_ONE_SEED, steps - done));
  done += walked.steps;
  const { pairsTogether, removed, accepted, refused, signals } = walked;
  console.log(
    `seed ${seed}: ${done} steps; ${pairsTogether} pairs together, ${removed} people taken out of calls, ` +
      `${accepted} requests accepted, ${refused} refused, ${signals} signals passed on`,
  );
}
console.log('Nobody was with anybody whom the rules forbid.');
