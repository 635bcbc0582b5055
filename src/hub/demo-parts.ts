import { join } from 'node:path';
import { systemClock } from './clock.ts';
import { loadCompanies } from './demo/companies.ts';
import { createDemoProvider } from './demo/provider.ts';
import { createEmbeddedDirectory } from './directory/embedded-directory.ts';
import { publicConfigOfDemo } from './identity/public-config.ts';
import type { Logger } from './log.ts';
import type { Parts } from './parts.ts';
import { isReachableFromElsewhere, type Settings } from './settings.ts';
import { StartError } from './start-error.ts';
import type { Store } from './store/store.ts';

export interface PartsOptions {
  readonly settings: Settings;
  readonly store: Store;
  readonly origin: string;
  readonly options: {
    readonly rootDir: string;
    readonly announceCode: (code: string) => void;
  };
  readonly logger: Logger;
}

/** The demo's companies, with their sign-in. @throws StartError when their file is wrong */
export async function loadDemo({ settings, store, origin, options, logger }: PartsOptions): Promise<Parts> {
  const assetsDir = join(options.rootDir, 'assets', 'demo');
  const result = loadCompanies(join(assetsDir, 'companies.json'));
  if (!result.ok) throw new StartError(`The demo's companies are wrong: ${result.problems.join('; ')}`);
  const { companies } = result;
  const isPublic = isReachableFromElsewhere({ ...settings, publicOrigin: origin });
  const demo = await createDemoProvider({
    settings,
    origin,
    companies,
    store: store.values,
    assetsDir,
    onError: (error) => logger.error({ err: error }, 'the demo sign-in failed'),
    ...(isPublic ? { announceCode: options.announceCode } : {}),
    accessTokenTtlS: settings.demoTokenTtlS,
  });
  return {
    trusted: demo.trusted,
    directory: createEmbeddedDirectory(companies, systemClock.nowMs()),
    config: publicConfigOfDemo(companies.tenants, origin),
    demo,
  };
}
