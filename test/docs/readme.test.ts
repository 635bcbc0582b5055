import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCompanies } from '../../src/hub/demo/companies.ts';
import { OPTIONS, SETTINGS } from '../../src/hub/settings-table.ts';
import { admin } from '../../src/ui/text/en/admin.ts';
import { common } from '../../src/ui/text/en/common.ts';
import { desk } from '../../src/ui/text/en/desk.ts';
import { headset } from '../../src/ui/text/en/headset.ts';
import { meetings } from '../../src/ui/text/en/meetings.ts';
import { signIn } from '../../src/ui/text/en/sign-in.ts';

const README = readFileSync('README.md', 'utf8');

const section = (title: string): string => {
  const found = README.split(/^## /m).find((part) => part.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`README.md has no section "${title}"`);
  return found;
};

describe('the README', () => {
  test('lists every setting as the hub knows it, and no other', () => {
    const rows = section('Settings').match(/^\| `.*$/gm);
    expect(rows).toEqual(
      [...SETTINGS, ...OPTIONS].map((row) => `| \`${row.name}\` | ${row.default} | ${row.meaning} |`),
    );
  });

  test('calls controls by the names that are on them', () => {
    const steps =
      section('Five minutes with the emulated headset') +
      section('Who may reach whom') +
      section('Meetings and one-time calls') +
      section('On a HoloLens 2');
    const bold = [...steps.matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name);
    const result = loadCompanies('assets/demo/companies.json');
    if (!result.ok) throw new Error(result.problems.join('\n'));
    const companies = result.companies.tenants.flatMap(({ name, people }) => [
      name,
      ...people.map(({ displayName }) => displayName),
    ]);
    const words: readonly string[] = [
      ...Object.values({ ...common, ...desk, ...headset, ...meetings, ...signIn, ...admin }),
      ...companies,
    ];
    expect(bold.length).toBeGreaterThan(5);
    expect(bold.filter((name) => name !== undefined && !words.includes(name))).toEqual([]);
  });

  test('names commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = [...README.matchAll(/npm (?:run )?([a-z]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => name !== 'ci' && scripts[name] === undefined)).toEqual([]);
  });
});

test('documents point only to files that are there', () => {
  const documents = [
    'README.md',
    ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((f) => join('docs', f)),
  ];
  const broken = documents
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) =>
        existsSync(join(dirname(file), target)) ? '' : `${file}: ${target}`,
      ),
    );
  expect(broken.filter((line) => line !== '')).toEqual([]);
});
