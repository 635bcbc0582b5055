import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { decideReach } from '../../../src/domain/reach/decide.ts';
import type { Account, Verdict } from '../../../src/domain/reach/model.ts';
import { reportPolicy } from '../../../src/domain/reach/report.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { parsePolicyText } from '../../../src/hub/policy/policy-file.ts';
import { resolvePolicy } from '../../../src/hub/policy/resolve.ts';
import { ABC, SEED_SETUPS, type SeedCompanies, seedCompanies } from '../../support/seed-companies.ts';
import { SEED_FIGURES, type SeedFigure, type SeedPerson } from '../../support/seed-figures.ts';

const DEMO_FILES = {
  'support-engineers': 'assets/demo/companies.json',
  'vendor-companies-apart': 'assets/demo/policies/vendor-companies-apart.json',
} as const;

/** The published scenarios, told to the rules: once as built here, once as the demo's files have them. */
describe.each(SEED_SETUPS)('the companies with %s', (setup) => {
  const figures = SEED_FIGURES.filter((figure) => figure.setup === setup);

  test.each(titled(figures))('%s', (_title, figure) => expectFigure(seedCompanies(setup), figure));
});

describe.each(Object.entries(DEMO_FILES))('the demo’s companies with %s', (setup, path) => {
  const figures = SEED_FIGURES.filter((figure) => figure.setup === setup);

  test('hold every figure', async () => {
    const companies = await readCompanies(path);
    for (const [title, figure] of titled(figures)) expectFigure(companies, figure, title);
  });
});

test('the seeds’ policies permit both ways or neither', () => {
  for (const setup of SEED_SETUPS) {
    const abc = seedCompanies(setup).policies.find(({ tid }) => tid === ABC);
    const problems = abc === undefined ? null : reportPolicy(abc, seedCompanies(setup).accounts);
    expect(problems?.filter(({ kind }) => kind !== 'own-segment-unlisted')).toEqual([]);
  }
});

function titled(figures: readonly SeedFigure[]): [string, SeedFigure][] {
  return figures.map((figure) => {
    const { source, says, action, from, to, code } = figure;
    return [`${source}: ${says} (${nameOf(from)} ${action} ${nameOf(to)}: ${code ?? 'allowed'})`, figure];
  });
}

const nameOf = ({ mail, domain }: SeedPerson): string => (mail.endsWith(`@${domain}`) ? mail : `${mail} in ${domain}`);

function expectFigure(companies: SeedCompanies, figure: SeedFigure, title = ''): void {
  const world = createWorld(companies.policies);
  const accountOf = ({ mail, domain }: SeedPerson): Account => {
    const tid = world.tenantOfDomain(domain)?.tid;
    const account = companies.accounts.find((one) => one.tid === tid && one.mail === mail);
    if (account === undefined) throw new Error(`${mail} is not in ${domain}`);
    return account;
  };
  const ask = (from: SeedPerson, to: SeedPerson): Verdict =>
    decideReach(world, {
      action: figure.action,
      actor: accountOf(from),
      target: accountOf(to),
      present: figure.present.map(accountOf),
      place: figure.place,
    });
  expect(codeOf(ask(figure.from, figure.to)), title).toBe(figure.code);
  if (figure.bothWays) expect(codeOf(ask(figure.to, figure.from)), title).toBe(figure.code);
}

const codeOf = (verdict: Verdict): string | null => (verdict.allowed ? null : verdict.code);

async function readCompanies(path: string): Promise<SeedCompanies> {
  const parsed = parsePolicyText(await readFile(path, 'utf8'));
  if (!parsed.ok) throw new Error(`${path}: ${JSON.stringify(parsed)}`);
  const { policies, people } = resolvePolicy(parsed.file);
  return { policies, accounts: people.map(({ account }) => account) };
}
