import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GIVE_UP_MS, QUIET_MS } from '../../src/domain/still/watching.ts';
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
    ['2.4', `${LIMITS.messageBytes / 1024} KiB`],
    ['2.7', `${LIMITS.callsPerSecond} methods a second, and ${LIMITS.callsBurst} at once`],
    ['2.7', `${LIMITS.relaysPerSecond} relays a second, and ${LIMITS.relaysBurst}`],
    ['2.7', `${LIMITS.smallRelaysPerSecond} relays without a picture a second, and ${LIMITS.smallRelaysBurst} at once`],
    ['8.6', `${LIMITS.snapshotBytes.toLocaleString('en')} bytes`],
    ['8.6', `${LIMITS.stillMarks} marks of at most ${LIMITS.stillPoints} points`],
    ['8.8', `${QUIET_MS / 1000} s`],
    ['8.9', `${GIVE_UP_MS / 1000} s`],
    ['8.4', `${LIMITS.snapshotBytes.toLocaleString('en')} bytes`],
    ['6.9', `${LIMITS.markWaitMs / 1000} s`],
  ])('names the limit that is enforced in rule %s: %s', (id, words) => {
    expect(ruleOf(id)).toContain(words);
  });
});

/** Rules that no test's title names: what somebody else's specification says, and what follows from how things are built. */
const UNNAMED = ['1.1', '5.4', '6.1', '6.3', '7.1', '7.2', '8.2', '8.3'];

describe('the rules in the titles of tests', () => {
  const rules = Array.from(spec.matchAll(/^(\d+\.\d+) /gm), ([, id = '']) => id);
  const folder = new URL('../', import.meta.url);
  const named = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:test|spec)\.ts$/.test(path))
      .flatMap((path) => Array.from(readFileSync(new URL(path, folder), 'utf8').matchAll(/\[SPEC (\d+\.\d+)\]/g)))
      .map(([, id = '']) => id),
  );

  it('exist', () => {
    expect([...named].filter((id) => !rules.includes(id))).toEqual([]);
  });

  it('are all but those that are listed here', () => {
    expect(rules.filter((id) => !named.has(id))).toEqual(UNNAMED);
  });
});
