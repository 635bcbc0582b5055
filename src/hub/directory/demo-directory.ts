import { createHash } from 'node:crypto';
import type { DemoCompanies } from '../demo/companies.ts';
import type { Store } from '../store/store.ts';
import { createDemoCalendar } from './calendar.ts';
import type { Directory } from './directory.ts';
import { createEmbeddedDirectory } from './embedded-directory.ts';
import { type ListedByTenant, listedOfDemo } from './listed-people.ts';
import { openPeopleBook, type PeopleBook } from './people-book.ts';

export interface DemoDirectoryOptions {
  readonly companies: DemoCompanies;
  /** Everybody as the policy file says, where it says more than the companies do. */
  readonly listed?: ListedByTenant;
  readonly store: Pick<Store, 'people' | 'values'>;
  /** What the file's times are relative to, ms since the epoch. */
  readonly startMs: number;
}

/** The demo's companies as an embedded directory: people from the store, filled from the file at the first start. */
export async function openDemoDirectory(options: DemoDirectoryOptions): Promise<Directory> {
  const { companies, store, startMs } = options;
  const { tenants } = companies;
  const book = await openPeopleBook({ store, tids: tenants.map(({ tenantId }) => tenantId), nowMs: startMs });
  await seed(book, store, options.listed ?? listedOfDemo(companies));
  return createEmbeddedDirectory({
    book,
    calendar: createDemoCalendar(companies, startMs),
    tenantNames: new Map(tenants.map(({ tenantId, name }) => [tenantId, name])),
  });
}

const SEEDS = 'people-seeds';

/** A newer file replaces the people of the older one; people whom an administrator has changed since then stay as they are. */
async function seed(book: PeopleBook, { values }: Pick<Store, 'values'>, listed: ListedByTenant): Promise<void> {
  for (const [tid, people] of listed) {
    const digest = createHash('sha256').update(JSON.stringify(people)).digest('hex');
    if ((await values.get(SEEDS, tid, 0)) === digest) continue;
    await book.replace(tid, people);
    await values.set(SEEDS, tid, { value: digest, group: null, expiresAtMs: null });
  }
}
