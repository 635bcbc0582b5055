import { describe } from 'vitest';
import { openServerStore } from '../../../src/hub/store/open.ts';
import { findPostgres, startPostgres } from '../support/postgres-server.ts';
import { describeStore } from './contract.ts';

const bin = findPostgres();

describe.skipIf(bin === undefined)('with a PostgreSQL server on this machine', () => {
  describeStore('server', async () => {
    const server = await startPostgres(bin ?? '');
    const store = await openServerStore(server.url, () => {});
    return {
      ...store,
      async close() {
        await store.close();
        await server.stop();
      },
    };
  });
});
