import type { Configuration } from '@azure/msal-node';
import type { Clock } from '../clock.ts';
import type { Tenant } from '../identity/tenants.ts';
import type { Store } from '../store/store.ts';
import { NO_CALENDAR } from './calendar.ts';
import type { Directory } from './directory.ts';
import type { DirectoryError } from './directory-error.ts';
import { createEmbeddedDirectory } from './embedded-directory.ts';
import { createGraphClient } from './graph/graph-client.ts';
import { createGraphDirectory } from './graph/graph-directory.ts';
import { createGraphTokens } from './graph/on-behalf-of.ts';
import { openPeopleBook, type PeopleBook } from './people-book.ts';

export interface TenantsDirectoryOptions {
  readonly tenants: readonly Tenant[];
  readonly store: Pick<Store, 'people' | 'values'>;
  readonly clock: Clock;
  readonly graph: GraphSettings;
}

export interface GraphSettings {
  /** E.g. `https://graph.microsoft.com`. */
  readonly origin: string;
  /** Of the hub's own application, by tenant id. Tenants without one are not read. */
  readonly clientSecrets: ReadonlyMap<string, string>;
  /** Whether the rules of a tenant look at groups. */
  readonly needsGroups: (tid: string) => boolean;
  readonly onProblem: (tid: string, error: DirectoryError) => void;
  /** Where tokens come from in place of the tenant's authority. */
  readonly auth?: Partial<Configuration['auth']>;
}

/** Tenants whose directory nobody lets the hub read. */
export const NO_GRAPH: GraphSettings = {
  origin: 'https://graph.microsoft.com',
  clientSecrets: new Map(),
  needsGroups: () => false,
  onProblem: () => {},
};

/**
 * The directory of real tenants: Microsoft Graph where the hub has a secret for it; for the others the people of the policy
 * files, and those who have signed in to this hub.
 */
export async function openTenantsDirectory(options: TenantsDirectoryOptions): Promise<Directory> {
  const { tenants, store, clock, graph } = options;
  const owners = ownersOf(tenants);
  const book = await openPeopleBook({
    store,
    tids: tenants.map(({ tenantId }) => tenantId),
    nowMs: clock.nowMs(),
    ownerOf: (domain) => owners.get(domain)?.tid,
  });
  const embedded = createEmbeddedDirectory({
    book,
    calendar: NO_CALENDAR,
    tenantNames: new Map(tenants.map(({ tenantId, name }) => [tenantId, name])),
  });
  const byGraph = new Map(
    tenants.flatMap((tenant) => {
      const secret = graph.clientSecrets.get(tenant.tenantId);
      return secret === undefined ? [] : [[tenant.tenantId, openGraph({ options, tenant, secret, book })] as const];
    }),
  );
  return routeByTenant((tid) => byGraph.get(tid) ?? embedded);
}

interface OneTenant {
  readonly options: TenantsDirectoryOptions;
  readonly tenant: Tenant;
  readonly secret: string;
  readonly book: PeopleBook;
}

function openGraph({ options, tenant, secret, book }: OneTenant): Directory {
  const { tenants, clock, graph } = options;
  const { nowMs } = clock;
  const { tenantId: tid, name, authority, apiClientId } = tenant;
  const auth: Configuration['auth'] = {
    clientId: apiClientId,
    clientSecret: secret,
    authority,
    // Else the library asks a host of Microsoft's whether this one may be trusted.
    knownAuthorities: [new URL(authority).host],
    ...graph.auth,
  };
  const tokens = createGraphTokens({ auth, graphOrigin: graph.origin, nowMs });
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));
  const owners = ownersOf(tenants);
  return createGraphDirectory({
    client: createGraphClient({ origin: graph.origin, tokens, nowMs, wait }),
    tenant: { tid, name, ownerOf: (domain) => owners.get(domain) },
    book,
    nowMs,
    needsGroups: () => graph.needsGroups(tid),
    onProblem: (error) => graph.onProblem(tid, error),
  });
}

/** By domain. */
const ownersOf = (tenants: readonly Tenant[]): ReadonlyMap<string, { readonly tid: string; readonly name: string }> =>
  new Map(
    tenants.flatMap(({ tenantId: tid, name, domains }) => domains.map((domain) => [domain, { tid, name }] as const)),
  );

const tidOf = (key: string): string => key.slice(0, key.indexOf(':'));

/** Asks the directory of the tenant in question: the asker's for what an asker wants, else the one that is named. */
function routeByTenant(of: (tid: string) => Directory): Directory {
  return {
    tenantName: (tid) => of(tid).tenantName(tid),
    person: (key, asker) => of(tidOf(key)).person(key, asker?.tid === tidOf(key) ? asker : undefined),
    // Another tenant's directory answers nobody of this one: then it is whoever has come to this hub.
    byMail: (asker, tid, mail) => of(asker.tid).byMail(asker, tid, mail),
    search: (asker, query, limit, keep) => of(asker.tid).search(asker, query, limit, keep),
    accountsOf: (key) => of(tidOf(key)).accountsOf(key),
    people: (tid) => of(tid).people(tid),
    presences: (asker, people) => of(asker.tid).presences(asker, people),
    knownContacts: (asker) => of(asker.tid).knownContacts(asker),
    meetingsOf: (asker) => of(asker.tid).meetingsOf(asker),
    meeting: (tid, meetingId) => of(tid).meeting(tid, meetingId),
    signedIn: (person) => of(person.account.tid).signedIn(person),
    replacePeople: (tid, people) => of(tid).replacePeople(tid, people),
  };
}
