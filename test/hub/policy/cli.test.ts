import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runPolicy } from '../../../src/hub/policy/cli.ts';
import { folderOfThisTest } from '../support/temporary-folder.ts';

const DEMO = 'assets/demo/companies.json';
const CONTRACTOR_APART = 'assets/demo/policies/contractor-apart.json';

const explainArgs = (from: string, to: string, action: string, ...more: readonly string[]): readonly string[] => [
  'explain',
  '--policy',
  DEMO,
  '--from',
  from,
  '--to',
  to,
  '--action',
  action,
  ...more,
];
const explain = (from: string, to: string, action: string, ...more: readonly string[]) =>
  answerOf(runPolicy(explainArgs(from, to, action, ...more)));

function answerOf({ exitCode, stdout }: { readonly exitCode: number; readonly stdout: string }) {
  const { allowed, code, rules } = JSON.parse(stdout) as { allowed: boolean; code: string | null; rules: unknown[] };
  return { exitCode, allowed, code, rules };
}

/** As `npm run policy -- …` runs it, without npm's own lines. */
const run = (args: readonly string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'scripts/policy.ts', ...args], { encoding: 'utf8' });

describe('the command, as it is run', () => {
  test('prints one object and ends with 0 when it is allowed', { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = run(explainArgs('v1_remoteassistuser@abc.com', 'henrik.dahl@abc.com', 'call'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(answer)).toEqual(['allowed', 'code', 'rules']);
    expect(answer).toMatchObject({ allowed: true, code: null });
  });

  test('prints one object and ends with 3 when it is refused', { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = run(explainArgs('v1_remoteassistuser@abc.com', 'amara.diallo@abc.com', 'call'));
    expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ allowed: false, code: 'not-found' });
  });

  test('prints one line on standard error and ends with 2 when the input is bad', { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = run(explainArgs('nobody@abc.com', 'amara.diallo@abc.com', 'call'));
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'nobody in the file has the address nobody@abc.com\n',
    });
  });

  test('prints who gains and loses', { timeout: 60_000 }, () => {
    const { status, stdout } = run(['diff', DEMO, CONTRACTOR_APART]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ gains: [], losses: [{ pairs: 3 }] });
  });
});

describe('explain', () => {
  test('names every rule that was asked, by people’s addresses', () => {
    const { rules } = explain('v1_remoteassistuser@abc.com', 'amara.diallo@abc.com', 'find');
    expect(rules).toContainEqual({
      tenant: 'ABC',
      rule: 'barrier-allow',
      outcome: 'denies',
      from: 'v1_remoteassistuser@abc.com',
      to: 'amara.diallo@abc.com',
      policy: 'V1 technicians: only their engineers',
      segment: 'V1_RemoteAssistUser',
      entry: 'V2_SupportEngineer',
    });
  });

  test.each([
    ['rosa.delgado@contoso1.com', 'expert3@abc.com', 'call', [], null],
    ['rosa.delgado@contoso1.com', 'isaac.levy@contoso2.com', 'call', [], 'external-off'],
    ['rosa.delgado@contoso1.com', 'noor.rahimi@abc.com', 'call', [], 'not-found'],
    ['rosa.delgado@contoso1.com', 'expert4@abc.com', 'add', ['--with', 'expert3@abc.com'], 'external-no-group'],
    ['rosa.delgado@contoso1.com', 'expert4@abc.com', 'join', ['--with', 'expert3@abc.com'], null],
    [
      'rosa.delgado@contoso1.com',
      'expert4@abc.com',
      'join',
      ['--with', 'expert3@abc.com', '--place', 'call'],
      'external-no-group',
    ],
    ['rosa.delgado@contoso1.com', 'expert4@abc.com', 'shareFiles', [], 'external-no-files'],
    ['rosa.delgado@contoso1.com', 'expert4@abc.com', 'shareScreen', [], null],
    ['dana.okafor@abc.com', 'walter.brandt@abc.com', 'find', [], 'not-found'],
    ['dana.okafor@abc.com', 'dana.okafor@abc.com', 'call', [], 'not-allowed'],
    ['expert1@abc.com', 'marek.nowak@abc.com', 'recent', [], null],
    ['v1_remoteassistuser@abc.com', 'dana.okafor@abc.com', 'recent', [], 'barrier'],
    [
      'v1_remoteassistuser@abc.com',
      'henrik.dahl@abc.com',
      'join',
      ['--with', 'peter.novak@abc.com,amara.diallo@abc.com'],
      'barrier',
    ],
  ] as const)('%s, %s: %s %j is %s', (from, to, action, more, code) => {
    expect(explain(from, to, action, ...more)).toMatchObject({
      exitCode: code === null ? 0 : 3,
      allowed: code === null,
      code,
    });
  });

  describe('of somebody with several accounts', () => {
    const tenantsOf = (more: readonly string[]): readonly unknown[] => {
      const { rules } = explain('expert1@abc.com', 'rosa.delgado@contoso1.com', 'find', ...more);
      return [...new Set(rules.map((rule) => (rule as { tenant: string }).tenant))];
    };

    test('takes the account at home', () => {
      expect(tenantsOf([])).toEqual(['ABC', 'Contoso1']);
    });

    test.each(['Contoso1', 'contoso1.com', 'c0705010-5e1f-4a01-9000-00000c070501'])(
      'takes the one in the tenant that --in names: %s',
      (name) => {
        expect(tenantsOf(['--in', name])).toEqual(['Contoso1']);
      },
    );

    test('takes the account at home where the named tenant has none', () => {
      expect(explain('expert3@abc.com', 'rosa.delgado@contoso1.com', 'call', '--in', 'Contoso1').code).toBeNull();
    });

    test('finds a guest without a home', () => {
      expect(explain('claire.dubois@outlook.com', 'hannah.brooks@contoso1.com', 'call').code).toBeNull();
      expect(explain('claire.dubois@outlook.com', 'rosa.delgado@contoso1.com', 'call').code).toBe('not-found');
    });
  });
});

describe('bad input is one line, and ends with 2:', () => {
  const dana = 'dana.okafor@abc.com';
  const wrong = (name: string, content: string): string => {
    const path = join(folderOfThisTest(), name);
    writeFileSync(path, content);
    return path;
  };

  test.each<[string, readonly string[], RegExp]>([
    ['no command', [], /^Usage: /],
    ['an unknown command', ['explode'], /^Usage: /],
    ['an unknown option', explainArgs(dana, dana, 'call', '--loud'), /^Unknown option '--loud'/],
    ['an unknown action', explainArgs(dana, dana, 'fire'), /^--action must be one of: find, /],
    [
      'an unknown place',
      explainArgs(dana, dana, 'call', '--place', 'moon'),
      /^--place must be one of: call, meeting, none/,
    ],
    ['an unknown tenant', explainArgs(dana, dana, 'call', '--in', 'Contoso9'), /^no tenant Contoso9 in the file/],
    ['no address', explainArgs(dana, 'dana', 'call'), /^dana is no e-mail address/],
    ['an address of nobody', explainArgs(dana, 'x@abc.com', 'call'), /^nobody in the file has the address x@abc.com/],
    ['no action', ['explain', '--policy', DEMO, '--from', dana, '--to', dana], /^--action is missing/],
    ['no file', ['explain', '--policy', 'no/such.json', '--from', dana], /^no\/such.json cannot be read/],
    ['one file to compare', ['diff', DEMO], /^Usage: /],
    ['three files to compare', ['diff', DEMO, DEMO, DEMO], /^Usage: /],
  ])('%s', (_, args, line) => {
    const { exitCode, stdout, stderr } = runPolicy(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });

  test('a file that is no JSON', () => {
    expect(runPolicy(['diff', DEMO, wrong('text.json', '{\n\n"a": }')]).stderr).toMatch(
      /text\.json: \$: is no JSON: .*\n$/,
    );
  });

  test('a file with mistakes: the first, and how many more', () => {
    const path = wrong('many.json', '{"version": 1, "tenants": [{}]}');
    expect(runPolicy(['diff', path, DEMO])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `${path}: tenants[0].tenantId: is missing (and 2 more)\n`,
    });
  });
});

test('an ambiguous guest is asked for with --in', () => {
  const path = join(folderOfThisTest(), 'guests.json');
  const guest = {
    oid: '00000000-0000-4000-8000-000000000001',
    displayName: 'Gil',
    mail: 'gil@mail.com',
    kind: 'guest',
  };
  const tenant = (n: number) => ({
    tenantId: `00000000-0000-4000-8000-00000000010${n}`,
    name: `T${n}`,
    domains: [`t${n}.com`],
    people: [guest],
  });
  writeFileSync(path, JSON.stringify({ version: 1, tenants: [tenant(1), tenant(2)] }));
  const args = ['explain', '--policy', path, '--from', 'gil@mail.com', '--to', 'gil@mail.com', '--action', 'find'];
  expect(runPolicy(args).stderr).toBe(
    'mail.com is no tenant in the file, and gil@mail.com is a guest in T1 and T2: add --in\n',
  );
  expect(runPolicy([...args, '--in', 'T2']).exitCode).toBe(0);
});

describe('diff', () => {
  const text = (before: string, after: string): readonly string[] =>
    runPolicy(['diff', before, after, '--text']).stdout.trimEnd().split('\n');

  test('of a file with itself is nothing', () => {
    expect(text(DEMO, DEMO)).toEqual(['Nobody gains or loses reach.']);
  });

  test('tells people who loses whom, and why, and that other tenants stay as they are', () => {
    expect(text(DEMO, CONTRACTOR_APART)).toEqual([
      'As before: Contoso1, Contoso2',
      '- ABC [Vendors] x3 <-> ABC [OutlookContractor] x1: 3 pairs, e.g. vendor1_a_sa@abc.com and vendor_sa@abc.com (barrier-block “Vendors: not the contractor”)',
    ]);
  });

  test('tells who gains whom', () => {
    expect(text(CONTRACTOR_APART, 'assets/demo/policies/vendors-all-meet.json')).toEqual([
      '+ ABC [no segment] x3 <-> ABC [no segment] x1: 3 pairs, e.g. vendor1_a_sa@abc.com and vendor_sa@abc.com (barrier-block “Vendors: not the contractor”)',
    ]);
  });

  test('names people who came or went', () => {
    const path = join(folderOfThisTest(), 'abc.json');
    const abc = (people: readonly string[]): string =>
      JSON.stringify({
        version: 1,
        tenants: [
          {
            tenantId: '00000000-0000-4000-8000-000000000100',
            name: 'ABC',
            domains: ['abc.com'],
            people: people.map((name, n) => ({
              oid: `00000000-0000-4000-8000-00000000000${name.length + n}`,
              displayName: name,
              mail: `${name}@abc.com`,
            })),
          },
        ],
      });
    writeFileSync(path, abc(['a', 'bb']));
    writeFileSync(`${path}.new`, abc(['a', 'ccc']));
    expect(text(path, `${path}.new`)).toEqual([
      'New: ccc@abc.com',
      'No longer listed: bb@abc.com',
      'Nobody gains or loses reach.',
    ]);
    writeFileSync(`${path}.new`, abc([]));
    expect(text(path, `${path}.new`)).toEqual(['Nobody gains or loses reach.']);
  });
});
