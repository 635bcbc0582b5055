import type { ChangeSummary, PeopleSummary, PolicyDiff } from './diff.ts';

/** A difference for people to read, one line for each change. */
export function diffText({ untouched, gains, losses, isTooLarge, addedPeople, removedPeople }: PolicyDiff): string {
  const lines = [
    ...(untouched.length > 0 ? [`As before: ${untouched.join(', ')}`] : []),
    ...addedPeople.map((mail) => `New: ${mail}`),
    ...removedPeople.map((mail) => `No longer listed: ${mail}`),
    ...gains.map((change) => `+ ${changeText(change)}`),
    ...losses.map((change) => `- ${changeText(change)}`),
  ];
  const changed = gains.length + losses.length > 0;
  if (isTooLarge) return `${[...lines, 'People differ in too many ways to be compared.'].join('\n')}\n`;
  return `${[...lines, ...(changed ? [] : ['Nobody gains or loses reach.'])].join('\n')}\n`;
}

function changeText({ a, b, pairs, example }: ChangeSummary): string {
  const refusal = example.after.allowed ? example.before : example.after;
  const why = [refusal.rule, refusal.policy === null ? null : `“${refusal.policy}”`].filter((part) => part !== null);
  const count = pairs === 1 ? '1 pair' : `${pairs} pairs`;
  return `${peopleText(a)} <-> ${peopleText(b)}: ${count}, e.g. ${example.from} and ${example.to} (${why.join(' ')})`;
}

function peopleText({ tenant, guests, hidden, segments, count }: PeopleSummary): string {
  const traits = [
    ...(segments.length > 0 ? segments : ['no segment']),
    ...(guests ? ['guests'] : []),
    ...(hidden ? ['hidden'] : []),
  ];
  return `${tenant} [${traits.join(', ')}] x${count}`;
}
