import { tidOf } from '../../domain/call/tenant-of.ts';
import type { Clock } from '../clock.ts';
import type { Tenant } from '../identity/tenants.ts';
import type { Store } from '../store/store.ts';
import { NO_CALENDAR } from './calendar.ts';
import type { Directory } from './directory.ts';
import type { DirectoryError } from './directory-error.ts';
import { createEmbeddedDirectory } from './embedded-directory.ts';
import type { GraphAccess } from './graph/graph-access.ts';
import { createGraphDirectory } from './graph/graph-directory.ts';
import { openPeopleBook, type PeopleBook } from './people-book.ts';

export interface TenantsDirectoryOptions {
  readonly tenants: readonly Tenant[];
  readonly store: Pick<Store, 'people' | 'values'>;
  readonly clock: Clock;
  readonly graph: GraphSettings;
}

export interface GraphSettings {
  /** By tenant id. Tenants without it are not read. */
  readonly access: ReadonlyMap<string, Pick<GraphAccess, 'directory'>>;
  /** Whether the rules of a tenant look at groups. */
  readonly needsGroups: (tid: string) => boolean;
  readonly onProblem: (tid: string, error: DirectoryError) => void;
}

/** Tenants whose directory nobody lets the hub read. */
export const NO_GRAPH: GraphSettings = {
  access: new Map(),
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
      const access = graph.access.get(tenant.tenantId);
      return access === undefined ? [] : [[tenant.tenantId, openGraph({ options, tenant, access, book })] as const];
    }),
  );
  return {
    ...routeByTenant((tid) => byGraph.get(tid) ?? embedded),
    onChanged(listener) {
      const ends = [...byGraph.values()].map((directory) => directory.onChanged(listener));
      // What Graph says of its people outweighs what they have signed in with.
      const ofBook = embedded.onChanged((people) => {
        const own = people.filter((key) => !byGraph.has(tidOf(key)));
        if (own.length > 0) listener(own);
      });
      return () => {
        for (const end of [...ends, ofBook]) end();
      };
    },
  };
}

interface OneTenant {
  readonly options: TenantsDirectoryOptions;
  readonly tenant: Tenant;
  readonly access: Pick<GraphAccess, 'directory'>;
  readonly book: PeopleBook;
}

function openGraph({ options, tenant, access, book }: OneTenant): Directory {
  const { tenants, clock, graph } = options;
  const { tenantId: tid, name } = tenant;
  const owners = ownersOf(tenants);
  return createGraphDirectory({
    client: access.directory,
    tenant: { tid, name, ownerOf: (domain) => owners.get(domain) },
    book,
    nowMs: clock.nowMs,
    needsGroups: () => graph.needsGroups(tid),
    onProblem: (error) => graph.onProblem(tid, error),
  });
}

/** By domain. */
const ownersOf = (tenants: readonly Tenant[]): ReadonlyMap<string, { readonly tid: string; readonly name: string }> =>
  new Map(
    tenants.flatMap(({ tenantId: tid, name, domains }) => domains.map((domain) => [domain, { tid, name }] as const)),
  );

/** Asks the directory of the tenant in question: the asker's for what an asker wants, else the one that is named. */
function routeByTenant(of: (tid: string) => Directory): Omit<Directory, 'onChanged'> {
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
    takePeople: (tid, people) => of(tid).takePeople(tid, people),
  };
}
