import { join } from 'node:path';
import { NO_OWN_CALENDARS } from './calendar/own-calendar.ts';
import { systemClock } from './clock.ts';
import { loadCompanies } from './demo/companies.ts';
import { createDemoProvider } from './demo/provider.ts';
import { openDemoDirectory } from './directory/demo-directory.ts';
import { listedOfFile } from './directory/listed-people.ts';
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
  /** Whether the rules of a tenant look at groups. */
  readonly needsGroups: (tid: string) => boolean;
}

/** The demo's companies, with their sign-in. @throws StartError when their file is wrong */
export async function loadDemo({ settings, store, origin, options, logger }: PartsOptions): Promise<Parts> {
  const assetsDir = join(options.rootDir, 'assets', 'demo');
  const result = loadCompanies(join(assetsDir, 'companies.json'));
  if (!result.ok) throw new StartError(`The demo's companies are wrong: ${result.problems.join('; ')}`);
  const { companies, resolved, file } = result;
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
  // Where somebody has applied a policy by hand, the file says nothing more: of people no more than of rules.
  const byHand = (await store.policies.current()).filter(({ by }) => by !== 'file').map(({ tid }) => tid);
  const listed = new Map([...listedOfFile(file)].filter(([tid]) => !byHand.includes(tid)));
  return {
    trusted: demo.trusted,
    directory: await openDemoDirectory({
      companies,
      listed,
      store,
      startMs: systemClock.nowMs(),
    }),
    seeds: { from: 'file', policies: resolved.policies },
    config: publicConfigOfDemo(companies.tenants, origin),
    calendars: NO_OWN_CALENDARS,
    demo,
  };
}
