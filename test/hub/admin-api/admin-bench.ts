import { createAdminApi } from '../../../src/hub/admin-api/api.ts';
import { createGrants, type Grants } from '../../../src/hub/admin-api/grants.ts';
import { systemClock } from '../../../src/hub/clock.ts';
import { createLogger } from '../../../src/hub/log.ts';
import { newReference } from '../../../src/hub/reach/reference.ts';
import { ADMIN_PATH } from '../../../src/protocol/admin-api/requests.ts';
import { DEMO_WORLD, demoKey } from '../support/demo-world.ts';
import { createWireBench, type WireBench } from '../support/wire-bench.ts';

export const ADMIN = 'ingrid.solberg@abc.com';

export interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AdminBench extends WireBench {
  readonly grants: Grants;
  /** As somebody of the demo, with a real token of their tenant. */
  ask(who: string, path: string, asked?: Asked): Promise<Response>;
  /** The answer's body, whatever the status. */
  read(who: string, path: string, asked?: Asked): Promise<unknown>;
  /** Without a token, or with whatever token. */
  raw(path: string, asked?: Asked): Promise<Response>;
  /** Moves the clock of the rate limit. */
  passTime(ms: number): void;
}

/** The administrators' API over the demo's companies, beside a running hub. */
export async function createAdminBench(): Promise<AdminBench> {
  const bench = await createWireBench(DEMO_WORLD);
  let passedMs = 0;
  const nowMs = (): number => systemClock.nowMs() + passedMs;
  const grants = createGrants(bench.store.values, nowMs);
  const { hub, directory, store, validator } = bench;
  const api = createAdminApi({
    ...{ hub, directory, store, validator, grants, nowMs, newReference },
    logger: createLogger('silent'),
  });
  const raw: AdminBench['raw'] = async (path, { method, body, headers = {} } = {}) => {
    // The rate limit has tests of its own.
    passedMs += 1_000;
    const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    return api.request(path, { method: method ?? (body === undefined ? 'GET' : 'POST'), headers, ...content });
  };
  const ask: AdminBench['ask'] = async (who, path, asked = {}) =>
    raw(path, {
      ...asked,
      headers: { Authorization: `Bearer ${await bench.token(demoKey(who))}`, ...asked.headers },
    });
  return {
    ...bench,
    grants,
    ask,
    read: async (who, path, asked) => (await ask(who, path, asked)).json(),
    raw,
    passTime(ms) {
      passedMs += ms;
    },
  };
}

export const pathOf = (path: string): string => `${ADMIN_PATH}${path}`;
