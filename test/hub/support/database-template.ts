import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPglite } from '../../../src/hub/store/pglite.ts';

/**
 * Puts an empty database, without any schema, into a data folder. Making one takes seconds, so one is kept in the
 * machine's temporary folder for each version of the engine.
 */
export async function placeEmptyDatabase(dataFolder: string): Promise<void> {
  const template = join(tmpdir(), `sightline-empty-database-${engineVersion()}`);
  if (!existsSync(template)) await makeTemplate(template);
  cpSync(template, join(dataFolder, 'pg'), { recursive: true });
}

async function makeTemplate(template: string): Promise<void> {
  const folder = mkdtempSync(`${template}-`);
  await (await openPglite(folder)).close();
  try {
    renameSync(folder, template);
  } catch (error) {
    // Another test file was quicker.
    rmSync(folder, { recursive: true });
    if (!existsSync(template)) throw error;
  }
}

function engineVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync('node_modules/@electric-sql/pglite/package.json', 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}
