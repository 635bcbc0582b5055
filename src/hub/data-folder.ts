import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { tryLock, unlock } from 'fs-native-extensions';
import { StartError } from './start-error.ts';

export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** Gives the folder to the next hub. Idempotent. */
  release(): void;
}

/** A running hub holds it. */
export class DataFolderInUse extends StartError {
  constructor(path: string) {
    super(`The data folder ${path} is in use by another hub. Stop that one, or set DATA_DIR.`);
  }
}

/**
 * Makes the folder and, unless several hubs may share it, takes it for this process alone. The operating system drops the lock with the process, however it
 * ends, so nothing stale is ever left behind.
 * @throws StartError when it cannot be written or another hub has it
 */
export function takeDataFolder(dataDir: string, { alone }: { readonly alone: boolean }): DataFolder {
  const path = resolve(dataDir);
  const descriptor = openLockFile(path);
  if (!alone) {
    closeSync(descriptor);
    return { path, release() {} };
  }
  let locked = false;
  try {
    locked = tryLock(descriptor);
  } catch (error) {
    closeSync(descriptor);
    throw new StartError(`The data folder ${path} cannot be locked: ${(error as Error).message}.`, error);
  }
  if (!locked) {
    closeSync(descriptor);
    throw new DataFolderInUse(path);
  }
  let held = true;
  return {
    path,
    release() {
      if (!held) return;
      held = false;
      unlock(descriptor);
      closeSync(descriptor);
    },
  };
}

function openLockFile(path: string): number {
  try {
    makeFolder(path);
    return openSync(join(path, 'lock'), 'a+', 0o600);
  } catch (error) {
    throw new StartError(
      `The data folder ${path} cannot be written (${errorCode(error)}). Set DATA_DIR to another one.`,
      error,
    );
  }
}

/** Folder by folder: Node's own recursive way never comes back from a folder that takes none, such as /proc. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

const errorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
