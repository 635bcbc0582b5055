import type { Tenant } from '../identity/tenants.ts';
import type { Store } from '../store/store.ts';
import { NO_CALENDAR } from './calendar.ts';
import type { Directory } from './directory.ts';
import { createEmbeddedDirectory } from './embedded-directory.ts';
import { openPeopleBook } from './people-book.ts';

export interface TenantsDirectoryOptions {
  readonly tenants: readonly Pick<Tenant, 'tenantId' | 'name'>[];
  readonly store: Pick<Store, 'people' | 'values'>;
  readonly nowMs: number;
}

/** The directory of real tenants: the people of their policy files, and those who have signed in to this hub. */
export async function openTenantsDirectory({ tenants, store, nowMs }: TenantsDirectoryOptions): Promise<Directory> {
  return createEmbeddedDirectory({
    book: await openPeopleBook({ store, tids: tenants.map(({ tenantId }) => tenantId), nowMs }),
    calendar: NO_CALENDAR,
    tenantNames: new Map(tenants.map(({ tenantId, name }) => [tenantId, name])),
  });
}
