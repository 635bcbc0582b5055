import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolderInUse, takeDataFolder } from '../data-folder.ts';
import { loadCompanies } from '../demo/companies.ts';
import { createOwner, type Owner } from '../owner.ts';
import { parseSettings, type Settings } from '../settings.ts';
import { StartError } from '../start-error.ts';
import { openEmbeddedStore, openServerStore } from '../store/open.ts';
import { type Store, StoreError } from '../store/store.ts';
import { administer, type CommandTenant, type Outcome } from './administer.ts';
import { type AdminCommand, parseArguments, USAGE } from './arguments.ts';

export interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
  /** The folder with `assets/`. */
  readonly rootDir: string;
}

/** `npm run admin`, with the hub's own settings. Lines are for standard output with exit code 0, else for standard error. */
export async function runAdminCommand({ env, argv, rootDir }: RunOptions): Promise<Outcome> {
  const parsed = parseArguments(argv);
  if (!parsed.ok) return { exitCode: 2, lines: [`${parsed.reason}.`, USAGE.trimEnd()] };
  const settings = parseSettings(env, []);
  if (!settings.ok) return { exitCode: 2, lines: settings.problems };
  const owner = createOwner();
  try {
    return await run(settings.settings, parsed.command, { rootDir, owner });
  } catch (error) {
    if (error instanceof StartError || error instanceof StoreError) return { exitCode: 1, lines: [error.message] };
    throw error;
  } finally {
    await owner.close();
  }
}

async function run(
  settings: Settings,
  command: AdminCommand,
  { rootDir, owner }: { readonly rootDir: string; readonly owner: Owner },
): Promise<Outcome> {
  const tenants = tenantsOf(settings, rootDir);
  const store = await openStore(settings, owner);
  owner.own(() => store.close());
  return administer({ store, tenants, nowMs: Date.now }, command);
}

function tenantsOf(settings: Settings, rootDir: string): readonly CommandTenant[] {
  if (!settings.demo) return settings.tenants;
  const result = loadCompanies(join(rootDir, 'assets', 'demo', 'companies.json'));
  if (!result.ok) throw new StartError(`The demo's companies are wrong: ${result.problems.join('; ')}`);
  return result.companies.tenants;
}

async function openStore({ databaseUrl, dataDir }: Settings, owner: Owner): Promise<Store> {
  if (databaseUrl !== undefined) return openServerStore(databaseUrl, () => {});
  if (!existsSync(join(dataDir, 'pg'))) {
    throw new StartError(`There is no database in ${dataDir} yet. Start the hub once, or set DATA_DIR.`);
  }
  try {
    const folder = takeDataFolder(dataDir, { alone: true });
    owner.own(() => folder.release());
    return await openEmbeddedStore({ dataFolder: folder.path });
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    throw new StartError(`A hub is running on ${dataDir}. Stop it, run this again, then start it.`, error);
  }
}
