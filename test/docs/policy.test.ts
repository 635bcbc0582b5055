import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REFUSALS } from '../../src/domain/call/refusal.ts';
import { REACH_ACTIONS, REACH_REFUSALS, REACH_RULES } from '../../src/domain/reach/model.ts';
import { runPolicy } from '../../src/hub/policy/cli.ts';
import { parsePolicyText } from '../../src/hub/policy/policy-file.ts';
import { FILE_LIMITS } from '../../src/hub/policy/schema.ts';
import { refusals } from '../../src/ui/text/en/refusals.ts';

const TEXT = readFileSync('docs/policy.md', 'utf8');

const section = (title: string): string => {
  const found = TEXT.split(/^## /m).find((part) => part.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`docs/policy.md has no section "${title}"`);
  return found;
};

/** The cells of the rows of a table whose first cell is code. */
const rows = (title: string): readonly (readonly string[])[] =>
  [...section(title).matchAll(/^\| `(.+?)` \|(.*)\|$/gm)].map(([, name = '', rest = '']) => [
    name,
    ...rest.split('|').map((cell) => cell.trim()),
  ]);

const block = (title: string, language: string): string => {
  const [, content] = section(title).match(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm')) ?? [];
  if (content === undefined) throw new Error(`no block of ${language} below "${title}"`);
  return content;
};

describe('the document on policies', () => {
  test('has an example file that is taken as it stands, comments and all', () => {
    const result = parsePolicyText(block('The policy file', 'jsonc'));
    expect(result.ok ? [] : result.problems).toEqual([]);
  });

  test('names every part of the format in its example or below it', () => {
    const demo = JSON.parse(readFileSync('assets/demo/companies.json', 'utf8')) as { tenants: object[] };
    const parts = demo.tenants.flatMap((tenant) => Object.keys(tenant));
    const unnamed = [...new Set(parts)].filter((part) => !section('The policy file').includes(part));
    expect(unnamed).toEqual([]);
  });

  test('lists every refusal with the sentence that people read', () => {
    expect(rows('What is said to the person').map(([code, sentence]) => [code, sentence])).toEqual(
      REACH_REFUSALS.map((code) => [code, refusals[`refusal.${code}`]]),
    );
  });

  test('lists every other refusal that somebody can meet, with its sentence', () => {
    const reach: ReadonlySet<string> = new Set(REACH_REFUSALS);
    expect(rows('Other refusals')).toEqual(
      REFUSALS.filter((code) => !reach.has(code)).map((code) => [code, refusals[`refusal.${code}`]]),
    );
  });

  test('names every field of the format, and how much it takes', () => {
    const fields = rows('The fields of the policy file');
    const text = fields.flat().join(' ');
    const demo = JSON.parse(readFileSync('assets/demo/companies.json', 'utf8')) as { tenants: object[] };
    const names = new Set<string>();
    const collect = (value: unknown, inDemo = false): void => {
      if (Array.isArray(value)) for (const one of value) collect(one, inDemo);
      else if (typeof value === 'object' && value !== null) {
        for (const [name, inner] of Object.entries(value)) {
          if (!inDemo) names.add(name);
          collect(inner, inDemo || name === 'demo');
        }
      }
    };
    collect(demo);
    expect(names.size).toBeGreaterThan(25);
    expect([...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
    const { meetings: _, ...limits } = FILE_LIMITS;
    const limitOf = (field: string) => fields.find(([name]) => name === field)?.at(-1) ?? '';
    const listed = {
      tenants: 'tenants',
      domains: 'tenants[].domains',
      people: 'tenants[].people',
      groups: 'segments[].groups',
      segments: 'tenants[].segments',
      members: 'teams[].members',
      policies: 'barriers.policies',
      teams: 'tenants[].teams',
    } as const satisfies Record<keyof typeof limits, string>;
    for (const [name, field] of Object.entries(listed)) {
      expect(limitOf(field)).toMatch(new RegExp(`\\b${limits[name as keyof typeof limits]}$`));
    }
  });

  test('lists every rule', () => {
    expect(rows('What is said to the administrator').map(([rule]) => rule)).toEqual([...REACH_RULES]);
  });

  test('lists every action', () => {
    const [, meaning = ''] = rows('The command line').find(([option]) => option === '--action') ?? [];
    expect([...meaning.matchAll(/`(\w+)`/g)].map(([, action]) => action)).toEqual([...REACH_ACTIONS]);
  });

  const commands = block('The command line', 'sh').trimEnd().split('\n');
  test.each(commands)('shows a command that ends as it says: %s', (line) => {
    const [, args = '', exitCode] = line.match(/^npm run policy -- (.+) # (\d)$/) ?? [];
    expect(runPolicy(args.split(' ')).exitCode).toBe(Number(exitCode));
  });

  test('names policy files that are there', () => {
    const files = rows("The demo's companies").map(([name]) => `assets/demo/policies/${name}`);
    expect(files.length).toBe(3);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});
