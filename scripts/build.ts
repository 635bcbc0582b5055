import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const STAMP = 'dist/stamp.json';
const SOURCES = ['src', 'assets', 'scripts'] as const;
const FILES = [
  'index.html',
  'desk.html',
  'admin.html',
  'join.html',
  'redirect.html',
  'diagnostics.html',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'vite.config.ts',
  'vite.hub.config.ts',
] as const;

/**
 * Builds pages and hub when anything they are made of changed since the last build; says so when it does. In a process of its own,
 * so that a hub started next keeps nothing of the bundler.
 */
export async function buildIfStale(): Promise<void> {
  if (!(await isStale(await fingerprintOfSources()))) return;
  const built = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { stdio: 'inherit' });
  if (built.status !== 0) process.exit(built.status ?? 1);
}

const isStale = async (fingerprint: string): Promise<boolean> =>
  (await readFile(STAMP, 'utf8').catch(() => null)) !== fingerprint;

/** The stamp goes first and comes back last: a build that was cut short is done again. */
async function build(): Promise<void> {
  const fingerprint = await fingerprintOfSources();
  if (!(await isStale(fingerprint))) return;
  console.log('Building pages and hub (about 10 s, only after a change) …');
  const vite = await import('vite');
  await rm(STAMP, { force: true });
  await vite.build({ logLevel: 'warn' });
  await vite.build({ configFile: 'vite.hub.config.ts', logLevel: 'warn' });
  await writeFile(STAMP, fingerprint);
}

/** Names, sizes and times of change: enough to notice an edit, cheap enough for every start. */
async function fingerprintOfSources(): Promise<string> {
  const entries: string[] = [];
  for (const folder of SOURCES) {
    for (const file of await readdir(folder, { recursive: true })) entries.push(join(folder, file));
  }
  const lines = await Promise.all([...FILES, ...entries].sort().map(describe));
  return JSON.stringify(lines.filter((line) => line !== null));
}

async function describe(path: string): Promise<string | null> {
  const info = await stat(path);
  return info.isFile() ? `${path} ${info.size} ${Math.round(info.mtimeMs)}` : null;
}

if (process.argv[1]?.endsWith('build.ts')) await build();
