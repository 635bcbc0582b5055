import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty folder; `remove` takes it away with everything in it. */
export function makeFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'sightline-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A new empty folder that goes with the running test. */
export function folderOfThisTest(): string {
  const folder = makeFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}
