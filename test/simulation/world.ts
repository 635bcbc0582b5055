import { randomUUID } from 'node:crypto';
import type { Transport } from '../../src/client/connection/transport.ts';
import type { PersonKey } from '../../src/domain/call/state.ts';
import { systemClock } from '../../src/hub/clock.ts';
import { openDemoDirectory } from '../../src/hub/directory/demo-directory.ts';
import { createHub, type Hub } from '../../src/hub/hub.ts';
import { APP_ROLES } from '../../src/hub/identity/identity.ts';
import { createDispatch, type Dispatch } from '../../src/hub/methods/dispatch.ts';
import { createHandlers } from '../../src/hub/methods/handlers.ts';
import { createSession } from '../../src/hub/methods/session.ts';
import { createMemoryStore } from '../../src/hub/store/memory-store.ts';
import type { Store } from '../../src/hub/store/store.ts';
import type { HubMethodName } from '../../src/protocol/types.ts';
import { COMPANIES, SEEDS } from '../hub/support/hub-bench.ts';
import { CALM, delay, type Faults } from './faults.ts';
import { createLink } from './link.ts';
import type { Random } from './random.ts';

/** Nobody administers here. */
const NO_GRANTS = { isGranted: async () => false };

/** One run of the hub's process. After `alive` is false nothing that it still does has any effect. */
interface HubRun {
  readonly hub: Hub;
  readonly dispatch: Dispatch;
  readonly life: { alive: boolean };
}

/** A hub that can be killed at any moment, its store, which cannot, and bad networks to it. All time is the test's. */
export interface World {
  readonly store: Store;
  readonly faults: { current: Faults };
  hub(): Hub | null;
  transport(person: PersonKey): Transport;
  start(): Promise<void>;
  /** As kill -9: nothing is closed, what was under way is or is not in the store. */
  kill(): void;
}

export function createWorld(random: Random): World {
  const store = createMemoryStore();
  const faults = { current: CALM };
  const links = new Set<{ breakOff(): void }>();
  let run: HubRun | null = null;

  const start = async (): Promise<void> => {
    const life = { alive: true };
    const directory = await openDemoDirectory({ companies: COMPANIES, store, startMs: Date.now() });
    const hub = await createHub({
      store: mortal(store, life, random),
      directory,
      seeds: SEEDS,
      clock: systemClock,
      newId: randomUUID,
      onFailure: (error) => {
        throw error;
      },
    });
    const handlers = createHandlers({
      hub,
      directory,
      clock: systemClock,
      ice: { stunUrls: [], turn: undefined },
      grants: NO_GRANTS,
    });
    const dispatch = createDispatch({
      hub,
      handlers,
      clock: systemClock,
      latencyMs: 0,
      onAnswered: () => {},
      onFailure: (_method, error) => {
        throw error;
      },
    });
    run = { hub, dispatch, life };
  };

  return {
    store,
    faults,
    hub: () => run?.hub ?? null,
    start,
    kill() {
      if (run === null) return;
      run.life.alive = false;
      run.hub.close();
      run = null;
      for (const link of [...links]) link.breakOff();
    },
    transport(person) {
      let link: ReturnType<typeof createLink> | null = null;
      const messages = new Map<string, (message: unknown) => void>();
      let onGone = (): void => {};
      return {
        async connect() {
          await delay(random.between(0, faults.current.longestDelayMs));
          if (run === null) throw new Error('the hub is not there');
          const opened = createLink({
            random,
            faults: () => faults.current,
            ...serverSide(run, person),
            onMessage: (name, message) => messages.get(name)?.(message),
            onGone() {
              links.delete(opened);
              if (link === opened) onGone();
            },
          });
          link = opened;
          links.add(opened);
        },
        disconnect: async () => link?.breakOff(),
        invoke: (method, request) => link?.invoke(method, request) ?? Promise.reject(new Error('not connected')),
        onMessage: (name, listener) => void messages.set(name, listener),
        onDisconnected(listener) {
          onGone = listener;
        },
      };
    },
  };
}

/** What the hub's end of a connection does: a session of its own, methods by the real dispatch. */
function serverSide({ hub, dispatch, life }: HubRun, person: PersonKey) {
  const [tid = '', oid = ''] = person.split(':');
  const identity = {
    tid,
    oid,
    personKey: person,
    name: undefined,
    mail: undefined,
    roles: [APP_ROLES.remoteAssistUser],
    isGuest: false,
    expiresAtMs: Number.MAX_SAFE_INTEGER,
    azp: '',
  };
  const session = createSession(identity, '');
  return {
    answer: (method: string, request: unknown, send: (name: string, message: unknown) => void): Promise<unknown> => {
      if (!life.alive) return new Promise(() => {});
      return dispatch(method as HubMethodName, [request], session, {
        dismiss: () => {},
        peer: (device, { key, name, account }) => ({
          connectionId: randomUUID(),
          person: key,
          name,
          account,
          device,
          accessToken: () => session.accessToken,
          send: (target, message) => life.alive && send(target, message),
          sendLatest: (_key, target, message) => life.alive && send(target, message),
        }),
        renew: async () => ({ ok: true, value: { expiresAtMs: Number.MAX_SAFE_INTEGER } }),
      });
    },
    serverNoticesEnd: () => {
      if (life.alive && session.peer !== null) hub.departed(session.peer);
    },
  };
}

/** The store as a process sees it: slow, and of no use to a process that has died. */
function mortal(store: Store, life: { readonly alive: boolean }, random: Random): Store {
  const whileAlive = async (): Promise<void> => {
    await delay(random.between(0, 3));
    if (!life.alive) await new Promise(() => {});
  };
  return {
    ...store,
    async append(request) {
      await whileAlive();
      const result = await store.append(request);
      await whileAlive();
      return result;
    },
  };
}
