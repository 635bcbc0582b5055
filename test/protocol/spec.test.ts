import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/protocol/limits.ts';

const spec = readFileSync(new URL('../../src/protocol/SPEC.md', import.meta.url), 'utf8');
const ruleOf = (id: string): string => {
  const from = spec.indexOf(`\n${id} `);
  if (from < 0) throw new Error(`there is no rule ${id}`);
  const rest = spec.slice(from + 1);
  const end = rest.search(/\n(?:\d+\.\d+ |\n)/);
  return rest.slice(0, end < 0 ? undefined : end).replaceAll(/\s+/g, ' ');
};

describe('the specification', () => {
  it.each([
    ['1.6', `${LIMITS.heldCallMs / 3_600_000} hours`],
    ['4.2', `${LIMITS.ringMs / 1000} s`],
    ['5.2', `${LIMITS.reconnectGraceMs / 1000} s`],
    ['6.8', `${LIMITS.annotations} annotations`],
    ['6.9', `${LIMITS.markWaitMs / 1000} s`],
  ])('names the limit that is enforced in rule %s: %s', (id, words) => {
    expect(ruleOf(id)).toContain(words);
  });
});
