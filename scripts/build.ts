import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const STAMP = 'dist/stamp.json';
const SOURCES = ['src', 'assets', 'scripts'] as const;
const FILES = [
  'index.html',
  'desk.html',
  'redirect.html',
  'diagnostics.html',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'vite.config.ts',
  'vite.hub.config.ts',
] as const;

/** Builds pages and hub when anything they are made of changed since the last build. Says so when it does. */
export async function buildIfStale(): Promise<void> {
  const fingerprint = await fingerprintOfSources();
  if ((await readFile(STAMP, 'utf8').catch(() => null)) === fingerprint) return;
  console.log('Building pages and hub (some seconds, only after a change) …');
  await rm(STAMP, { force: true });
  await build({ logLevel: 'warn' });
  await build({ configFile: 'vite.hub.config.ts', logLevel: 'warn' });
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

if (process.argv[1]?.endsWith('build.ts')) await buildIfStale();
