import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { buildIfStale } from './build.ts';
import { findOrInstallChromium } from './chromium.ts';
import { findOrInstallServers, type LeftOut } from './servers.ts';

/** `npm test`: everything that must hold before a change lands. The last line counts checks and tests together. */
interface Count {
  readonly passed: number;
  readonly failed: number;
}

const REPORTS = 'test-results/reports';

function run(title: string, command: string, args: readonly string[], env: Record<string, string> = {}): boolean {
  console.log(`\n== ${title}`);
  const done = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  return done.status === 0;
}

const node = (title: string, bin: string, args: readonly string[], env?: Record<string, string>): boolean =>
  run(title, process.execPath, [`node_modules/${bin}`, ...args], env);

function staticChecks(): Count {
  const results = [
    node('Lint, format, boundaries', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
    node('Types: everything', 'typescript/bin/tsc', ['-p', 'tsconfig.json']),
    node('Types: the hub knows no browser', 'typescript/bin/tsc', ['-p', 'tsconfig.hub.json']),
    node('Types: the rules know neither', 'typescript/bin/tsc', ['-p', 'src/domain/tsconfig.json']),
    node('Unused code and packages', 'knip/bin/knip.js', []),
  ];
  return { passed: results.filter(Boolean).length, failed: results.filter((ok) => !ok).length };
}

function unitTests(leftOut: readonly LeftOut[]): Count {
  const report = `${REPORTS}/unit.json`;
  const ok = node('Unit, property and protocol tests', 'vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...leftOut.map(({ testFile }) => `--exclude=${testFile}`),
  ]);
  const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  const counts = readReport(report, none);
  // A skipped test proves nothing: it counts as failed.
  const failed = counts.numFailedTests + counts.numPendingTests + counts.numTodoTests;
  return atLeastOneFailure(ok, { passed: counts.numPassedTests, failed });
}

function endToEndTests(browserPath: string, leftOut: readonly LeftOut[]): Count {
  const report = `${REPORTS}/e2e.json`;
  // Playwright matches against the file's name and the title.
  const names = leftOut.map(({ testFile }) => basename(testFile).replaceAll('.', '\\.'));
  const args = ['test', '--reporter=list,json', ...(names.length > 0 ? [`--grep-invert=${names.join('|')}`] : [])];
  const env = { CHROMIUM_PATH: browserPath, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const ok = node('End to end, in Chromium', '@playwright/test/cli.js', args, env);
  const { stats } = readReport(report, { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } });
  // A flaky or skipped test proves nothing: it counts as failed.
  return atLeastOneFailure(ok, { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped });
}

function readReport<T>(path: string, none: T): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return none;
  }
}

/** A runner that fell over before it could count still fails the run. */
const atLeastOneFailure = (ok: boolean, count: Count): Count =>
  ok || count.failed > 0 ? count : { ...count, failed: 1 };

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const browser = findOrInstallChromium();
console.log(`Browser for the tests: ${browser.path} (${browser.origin})`);
const leftOut = findOrInstallServers();
await buildIfStale();
const counts = [staticChecks(), unitTests(leftOut), endToEndTests(browser.path, leftOut)];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log('');
for (const { testFile, reason } of leftOut) console.log(`Left out, and not counted: ${testFile}: ${reason}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
