import { randomUUID } from 'node:crypto';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import { openDemoDirectory } from '../../../src/hub/directory/demo-directory.ts';
import { createHub, type Hub } from '../../../src/hub/hub.ts';
import { APP_ROLES } from '../../../src/hub/identity/identity.ts';
import { createTokenValidator } from '../../../src/hub/identity/validate-token.ts';
import { createJoinApi, type JoinApi } from '../../../src/hub/join-api/api.ts';
import { createTickets, type Tickets } from '../../../src/hub/join-api/tickets.ts';
import { createLogger } from '../../../src/hub/log.ts';
import { createDispatch, type Dispatch } from '../../../src/hub/methods/dispatch.ts';
import { createHandlers } from '../../../src/hub/methods/handlers.ts';
import { createSession, type Session } from '../../../src/hub/methods/session.ts';
import { identityOfVisit } from '../../../src/hub/methods/visiting.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import type { KnockAnswer, LinkLook } from '../../../src/protocol/join-api/messages.ts';
import { createFakeClock, type FakeClock } from '../../hub/support/fake-clock.ts';
import { COMPANIES, SEEDS, TID } from '../../hub/support/hub-bench.ts';
import { settle } from '../../hub/support/settle.ts';
import { ACCOUNTS, type DoorName, type HouseRules, NAMES, policyOf, type Who } from './cast.ts';
import { countingStore } from './counting-store.ts';
import { createMeetingPage, type Line, type MeetingPage } from './page.ts';

/** A meeting that people come to now, and the link to its door. */
export interface Place {
  readonly meetingId: string;
  readonly token: string;
}

/** A hub with its methods and its join API, a clock that is the test's, and pages that come and go. No sockets. */
export interface MeetingWorld {
  readonly clock: FakeClock;
  hub(): Hub;
  /** Where each door leads to now. Pages of the place before are closed. */
  setPlace(door: DoorName, place: Place): void;
  place(door: DoorName): Place;
  pages(): readonly MeetingPage[];
  pageOf(who: Who, door: DoorName, tab: number): MeetingPage | undefined;
  /** The page, connected. A code where that is refused: by the join API, or at the hello. */
  open(who: Who, door: DoorName, tab: number): Promise<MeetingPage | string>;
  /** Of somebody who has been there. */
  keyOf(who: Who, door: DoorName): PersonKey | undefined;
  look(door: DoorName): Promise<LinkLook>;
  apply(rules: HouseRules): Promise<void>;
  /** As a new process on the same store: all connections are gone. */
  restart(): Promise<void>;
  /** Until nothing is under way any more. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

interface Run {
  readonly hub: Hub;
  readonly dispatch: Dispatch;
  readonly join: JoinApi;
  readonly tickets: Tickets;
}

/**
 * @param open called at each start of the hub: the same data each time
 * @param turns how many turns of the event loop each answer of the store takes besides
 */
export async function createMeetingWorld(open: () => Promise<Store>, turns?: () => number): Promise<MeetingWorld> {
  let counted = countingStore(await open(), turns);
  const rest = async (): Promise<void> => {
    do await settle();
    while (counted.isBusy());
  };
  const clock = createFakeClock(undefined, rest);
  const failures: unknown[] = [];
  const pages = new Map<string, MeetingPage>();
  const keys = new Map<string, PersonKey>();
  const cookies = new Map<string, string>();
  const places = new Map<DoorName, Place>();
  const pageId = (who: Who, door: DoorName, tab: number): string => `${who} ${door} ${tab}`;
  const startMs = clock.nowMs();
  let run = await startHub({ store: counted.store, clock, startMs, failures });

  const place = (door: DoorName): Place => {
    const found = places.get(door);
    if (found === undefined) throw new Error(`no place behind the ${door}`);
    return found;
  };
  const post = async (path: string, body: unknown, cookie?: string): Promise<Response> =>
    run.join.request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(cookie === undefined ? {} : { Cookie: cookie }) },
      body: JSON.stringify(body),
    });
  const lineOf = (session: Session): Line => {
    const { dispatch, hub } = run;
    return { dispatch, session, departed: (peer) => hub.departed(peer) };
  };
  /** By the join API, as the page behind a link does it: a browser keeps one cookie for all of its tabs. */
  const visit = async (
    who: Who,
    door: DoorName,
  ): Promise<{ readonly session: Session; readonly key: PersonKey } | string> => {
    const jar = `${who} ${place(door).meetingId}`;
    const response = await post('/knock', { token: place(door).token, name: NAMES[who] }, cookies.get(jar));
    const answer = (await response.json()) as KnockAnswer | { readonly code: string };
    if ('code' in answer) return answer.code;
    const cookie = response.headers.get('Set-Cookie')?.split(';', 1)[0];
    if (cookie !== undefined) cookies.set(jar, cookie);
    const visitor = await run.tickets.readTicket(answer.ticket ?? '');
    if (visitor === null) throw new Error('the ticket that was given does not count');
    keys.set(jar, answer.person);
    return { key: answer.person, session: boundless(createSession(identityOfVisit(visitor, FOR_EVER), '', visitor)) };
  };
  const quiet = async (): Promise<void> => {
    await rest();
    if (failures.length > 0) throw failures[0];
  };

  return {
    clock,
    hub: () => run.hub,
    setPlace(door, next) {
      for (const [id, page] of pages) {
        if (page.door !== door) continue;
        page.lose(true);
        pages.delete(id);
      }
      places.set(door, next);
    },
    place,
    pages: () => [...pages.values()],
    pageOf: (who, door, tab) => pages.get(pageId(who, door, tab)),
    async open(who, door, tab) {
      const account = ACCOUNTS[who];
      const came = account === undefined ? await visit(who, door) : { key: account, session: signedIn(who, account) };
      if (typeof came === 'string') return came;
      const id = pageId(who, door, tab);
      const kind = who === 'olga' || account === undefined ? 'join' : 'desk';
      const known = pages.get(id);
      const page = known?.key === came.key ? known : createMeetingPage({ who, door, key: came.key, kind });
      const refused = await page.connect(lineOf(came.session));
      if (refused !== null) return refused;
      pages.set(id, page);
      return page;
    },
    keyOf: (who, door) => ACCOUNTS[who] ?? keys.get(`${who} ${place(door).meetingId}`),
    look: async (door) => (await (await post('/look', { token: place(door).token })).json()) as LinkLook,
    async apply(rules) {
      const change = { policy: policyOf(rules), people: null, by: 'console', afterRevision: null } as const;
      const applied = await run.hub.policies.apply(change);
      if (!applied.ok) throw new Error(applied.refusal.code);
    },
    async restart() {
      for (const page of pages.values()) page.lose(false);
      run.hub.close();
      await rest();
      await counted.store.close();
      counted = countingStore(await open(), turns);
      run = await startHub({ store: counted.store, clock, startMs, failures });
    },
    quiet,
    async close() {
      run.hub.close();
      await rest();
      await counted.store.close();
    },
  };
}

const FOR_EVER = Number.MAX_SAFE_INTEGER;

interface Start {
  readonly store: Store;
  readonly clock: FakeClock;
  readonly startMs: number;
  readonly failures: unknown[];
}

async function startHub({ store, clock, startMs, failures }: Start): Promise<Run> {
  const onFailure = (error: unknown): void => void failures.push(error);
  const directory = await openDemoDirectory({ companies: COMPANIES, store, startMs });
  const hub = await createHub({ store, directory, seeds: SEEDS, clock, newId: randomUUID, onFailure });
  const tickets = await createTickets(store.values, clock.nowMs);
  const handlers = createHandlers({
    ...{ hub, directory, clock, ice: { stunUrls: [], turn: undefined }, grants: { isGranted: async () => false } },
  });
  const dispatch = createDispatch({
    ...{ hub, handlers, clock, latencyMs: 0, onAnswered: () => {} },
    onFailure: (_method, error) => onFailure(error),
  });
  const join = createJoinApi({
    ...{ hub, tickets, validator: createTokenValidator([]), publicOrigin: 'http://localhost', isBehindProxy: false },
    // Answers take their time by the real clock; here nothing waits for them.
    clock: { nowMs: clock.nowMs, after: atOnce },
    logger: createLogger('silent'),
  });
  return { hub, dispatch, join, tickets };
}

const atOnce: FakeClock['after'] = (_ms, work) => {
  work();
  return () => {};
};

/** How much one connection may ask is another test's matter. */
const boundless = (session: Session): Session => ({
  ...session,
  requests: { take: () => true },
  relays: { take: () => true },
});

function signedIn(who: Who, personKey: PersonKey): Session {
  const [tid = '', oid = ''] = personKey.split(':');
  const roles = tid === TID ? [APP_ROLES.remoteAssistUser] : [];
  const mail = who === 'olga' ? 'olga@contoso1.com' : `${who}@abc.com`;
  const identity = {
    tid,
    oid,
    personKey,
    name: NAMES[who],
    mail,
    roles,
    isGuest: false,
    expiresAtMs: FOR_EVER,
    azp: '',
  };
  return boundless(createSession(identity, ''));
}
