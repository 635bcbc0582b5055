import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { needsGroups as groupsCount } from '../domain/reach/tenant-index.ts';
import { createAdminApi } from './admin-api/api.ts';
import { createGrants } from './admin-api/grants.ts';
import { createGraphCalendar } from './calendar/graph-calendar.ts';
import { systemClock } from './clock.ts';
import { takeDataFolder } from './data-folder.ts';
import { loadDemo, type PartsOptions } from './demo-parts.ts';
import { openGraphAccess } from './directory/graph/graph-access.ts';
import { openTenantsDirectory } from './directory/tenants-directory.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';
import { createRequestListener, createUpgradeListener } from './http/routes.ts';
import { listStaticFiles } from './http/static-files.ts';
import { lanAddresses, loadTlsMaterial } from './https.ts';
import { createHub } from './hub.ts';
import { publicConfigOfTenants, signInOriginsOf } from './identity/public-config.ts';
import { createTokenValidator, trustEntraTenant } from './identity/validate-token.ts';
import { createJoinApi } from './join-api/api.ts';
import { createTickets } from './join-api/tickets.ts';
import { createLogger, type Logger } from './log.ts';
import { createMailer } from './meetings/mailer.ts';
import { createEndpoint } from './methods/endpoint.ts';
import { createMetrics } from './metrics.ts';
import { defaultOrigin } from './origin.ts';
import { createOwner, type Owner } from './owner.ts';
import type { Parts } from './parts.ts';
import { defaultPolicy } from './reach/policies.ts';
import { prunePolicy } from './reach/policies-prune.ts';
import type { PolicyDesk } from './reach/policy-desk.ts';
import { newReference } from './reach/reference.ts';
import type { Settings } from './settings.ts';
import { StartError } from './start-error.ts';
import { openEmbeddedStore, openServerStore } from './store/open.ts';
import { type Store, StoreError } from './store/store.ts';

export interface RunningHub {
  /** Under which browsers reach it. */
  readonly origin: string;
  /** Pages are told to come back, the database is closed, the data folder is free. Idempotent. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** The folder with `assets/` and `dist/pages/`. */
  readonly rootDir: string;
  /** For the person at the console: one-time codes of the demo's sign-in. */
  readonly announceCode: (code: string) => void;
  readonly logger?: Logger;
}

const DAY_MS = 86_400_000;
const FOLLOW_MS = 3_000;

/**
 * Starts a hub and answers when it is ready.
 * @throws StartError with one line for the console; everything that was opened is closed again
 */
export async function startHub(settings: Settings, options: StartOptions): Promise<RunningHub> {
  const owner = createOwner();
  try {
    return await start(settings, options, owner);
  } catch (error) {
    await owner.close();
    throw error;
  }
}

async function start(settings: Settings, options: StartOptions, owner: Owner): Promise<RunningHub> {
  const logger = options.logger ?? createLogger(settings.logLevel);
  const dataFolder = takeDataFolder(settings.dataDir, { alone: settings.databaseUrl === undefined });
  owner.own(() => dataFolder.release());
  const tls = settings.https ? await loadTlsMaterial(settings, dataFolder.path) : undefined;
  const listener = await listen({ port: settings.port, host: settings.host, tls });
  owner.own(() => listener.close());
  const origin = settings.publicOrigin ?? defaultOrigin(settings, listener.port, lanAddresses());
  const store = await openStore(settings, dataFolder.path, logger);
  owner.own(() => store.close());

  // Until the policies are read, groups count.
  let needsGroups = (_tid: string): boolean => true;
  const load: PartsOptions = { settings, store, origin, options, logger, needsGroups: (tid) => needsGroups(tid) };
  const parts = await (settings.demo ? loadDemo : loadTenants)(load);
  const mailer = settings.mail === undefined ? null : createMailer(settings.mail);
  owner.own(() => mailer?.close());
  const hub = await createHub({
    store,
    directory: parts.directory,
    seeds: parts.seeds,
    clock: systemClock,
    newId: randomUUID,
    invitations: { publicOrigin: origin, mailer },
    calendars: parts.calendars,
    onFailure: (error) => logger.error({ err: error }, 'work that nobody waits for failed'),
  });
  owner.own(() => hub.close());
  needsGroups = (tid) => {
    const current = hub.policies.of(tid);
    return current === undefined || groupsCount(current.policy);
  };
  if (settings.databaseUrl !== undefined) owner.own(followPolicies(hub.policies, logger));
  owner.own(pruneDaily(store, hub.policies, logger));
  const metrics = createMetrics({ process: true });
  hub.onCallChanged(() => metrics.openCalls(hub.log.open.all().length));
  const validator = createTokenValidator(parts.trusted);
  const grants = createGrants(store.values, systemClock.nowMs);
  const tickets = await createTickets(store.values, systemClock.nowMs);
  const endpoint = createEndpoint({
    hub,
    tickets,
    store,
    directory: parts.directory,
    clock: systemClock,
    ice: settings,
    grants,
    latencyMs: settings.demoLatencyMs,
    validator,
    logger,
    metrics,
    allowOrigin: (from) => from === undefined || from === origin,
  });
  owner.own(() => endpoint.shutdown());
  const app = createApp({
    publicOrigin: origin,
    signInOrigins: signInOriginsOf(settings.tenants),
    files: listStaticFiles(join(options.rootDir, 'dist', 'pages')),
    config: parts.config,
    logger,
    metrics,
    join: createJoinApi({
      ...{ hub, tickets, validator, clock: systemClock, logger },
      publicOrigin: origin,
      isBehindProxy: settings.isBehindProxy,
    }),
    admin: createAdminApi({
      hub,
      directory: parts.directory,
      store,
      validator,
      grants,
      logger,
      nowMs: systemClock.nowMs,
      newReference,
    }),
    checkReady: async () => void (await store.call('readiness')),
  });
  listener.server.on('upgrade', createUpgradeListener({ endpoint }));
  listener.serve(createRequestListener({ app, endpoint, demo: parts.demo }));
  owner.own(() => listener.pause());
  logger.info({ port: listener.port, demo: settings.demo }, 'the hub is ready');
  return { origin, close: () => owner.close() };
}

async function openStore(settings: Settings, dataFolder: string, logger: Logger): Promise<Store> {
  try {
    if (settings.databaseUrl === undefined) {
      return await openEmbeddedStore({
        dataFolder,
        onBackup: (folder) => logger.info({ folder }, 'copied the database before changing its schema'),
      });
    }
    return await openServerStore(settings.databaseUrl, (error) => logger.warn({ err: error }, 'lost the database'));
  } catch (error) {
    const where = settings.databaseUrl === undefined ? dataFolder : 'DATABASE_URL';
    if (error instanceof StoreError) throw new StartError(`${error.message.replace(/\.$/, '')} (${where}).`, error);
    throw new StartError(`The database does not open (${where}): ${(error as Error).message}.`, error);
  }
}

async function loadTenants({ settings, store, logger, needsGroups }: PartsOptions): Promise<Parts> {
  const { origin, clientSecrets } = settings.graph;
  const access = openGraphAccess({ tenants: settings.tenants, clock: systemClock, origin, clientSecrets });
  const calendars = new Map(
    settings.graph.calendar ? [...access].map(([tid, graph]) => [tid, createGraphCalendar(graph.calendars)]) : [],
  );
  return {
    trusted: settings.tenants.map(trustEntraTenant),
    directory: await openTenantsDirectory({
      tenants: settings.tenants,
      store,
      clock: systemClock,
      graph: {
        access,
        needsGroups,
        onProblem: (tid, error) => logger.warn({ tid, err: error }, 'the directory did not answer'),
      },
    }),
    seeds: {
      from: 'configuration',
      policies: settings.tenants.map(({ tenantId: tid, name, domains }) => defaultPolicy({ tid, name, domains })),
    },
    config: publicConfigOfTenants(settings.tenants),
    calendars: (tid) => calendars.get(tid) ?? null,
    demo: undefined,
  };
}

/** Other hubs may change policies on the same server. People must be parted within 5 s. @returns ends it */
function followPolicies(policies: Pick<PolicyDesk, 'refresh'>, logger: Logger): () => void {
  const timer = setInterval(() => {
    policies.refresh().catch((error: unknown) => logger.warn({ err: error }, 'reading changed policies failed'));
  }, FOLLOW_MS);
  return () => clearInterval(timer);
}

/** @returns ends it */
function pruneDaily(store: Store, policies: Pick<PolicyDesk, 'all'>, logger: Logger): () => Promise<void> {
  let ended = false;
  const pruneAll = async (): Promise<void> => {
    await store.prune(Date.now() - DAY_MS);
    for (const { policy } of policies.all()) if (!ended) await prunePolicy(store, policy, Date.now());
  };
  const prune = (): Promise<void> =>
    pruneAll().catch((error: unknown) => logger.warn({ err: error }, 'pruning failed'));
  let running = prune();
  const timer = setInterval(() => {
    running = prune();
  }, DAY_MS);
  return async () => {
    ended = true;
    clearInterval(timer);
    // The database is closed after this: not under work that is still on its way.
    await running;
  };
}
