import { randomUUID } from 'node:crypto';
import { isIn, isRinging } from '../../../src/domain/call/queries.ts';
import { refuse } from '../../../src/domain/call/refusal.ts';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import type { Account, TenantPolicy } from '../../../src/domain/reach/model.ts';
import type { Calendar } from '../../../src/hub/directory/calendar.ts';
import type { Directory } from '../../../src/hub/directory/directory.ts';
import { createEmbeddedDirectory } from '../../../src/hub/directory/embedded-directory.ts';
import { openPeopleBook } from '../../../src/hub/directory/people-book.ts';
import type { ListedPerson } from '../../../src/hub/directory/person.ts';
import { createHub, type Hub } from '../../../src/hub/hub.ts';
import { createHandlers } from '../../../src/hub/methods/handlers.ts';
import { createSession } from '../../../src/hub/methods/session.ts';
import type { Peer } from '../../../src/hub/people/peer.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import { createFakeClock, type FakeClock } from '../../hub/support/fake-clock.ts';
import { settle } from '../../hub/support/settle.ts';
import { permitted } from '../../support/reach-oracle.ts';
import type { Random } from '../random.ts';
import { everybody, keysOf, randomAccount, randomPolicy, TENANTS } from './companies.ts';
import { createHearing } from './hearing.ts';
import { createSlowStore } from './slow-store.ts';

/** Nobody administers here. */
const NO_GRANTS = { isGranted: async () => false };

/** A hub with tenants whose policies and people change, and the pages that are connected to it. */
export interface HubWorld {
  readonly store: Store;
  readonly clock: FakeClock;
  hub(): Hub;
  pages(): readonly Peer[];
  pageOf(person: PersonKey): Peer | undefined;
  policies(): readonly TenantPolicy[];
  account(person: PersonKey): Account;
  arrive(person: PersonKey): void;
  depart(person: PersonKey): void;
  changePolicy(tid: string): Promise<void>;
  changePerson(person: PersonKey): Promise<void>;
  /** By the method that pages use, whatever comes of it. */
  signal(from: PersonKey, addressee: { readonly callId: string; readonly to: PersonKey }): Promise<void>;
  /** From whom to whom WebRTC negotiation has been passed on since this was last asked. */
  takeSignals(): readonly { readonly from: PersonKey; readonly to: PersonKey }[];
  /** Until nobody waits for the store. @throws the first thing that went wrong, or was said to somebody wrongly */
  settle(): Promise<void>;
  /** How much was said to somebody about somebody else. */
  heard(): number;
  restart(): Promise<void>;
  close(): void;
}

const DAY_MS = 86_400_000;

/** One meeting without an end for each tenant, with everybody in it. */
const calendar: Calendar = {
  knownContacts: () => [],
  meetingsOf: (person) => meetings.filter(({ invitees }) => invitees.includes(person)),
  meeting: (tid, meetingId) => meetings.find((one) => one.tid === tid && one.meetingId === meetingId) ?? null,
};
const meetings = TENANTS.map(({ tid }) => ({
  meetingId: `meeting-${tid}`,
  tid,
  title: 'Round',
  startMs: 0,
  endMs: 1e6 * DAY_MS,
  organizer: `${tid}:0`,
  invitees: keysOf(tid),
}));

const listed = (account: Account): ListedPerson => ({
  key: account.key,
  name: `Person ${account.key.replace(':', ' ')}`,
  mail: account.mail,
  jobTitle: '',
  company: account.tid,
  account,
  roles: [],
  usually: null,
});

export async function createHubWorld(random: Random): Promise<HubWorld> {
  const clock = createFakeClock();
  const slow = createSlowStore(random);
  const hearing = createHearing(slow.store.append, (a, b) => permitted(policies(), account(a), account(b)));
  const store = { ...slow.store, append: hearing.append };
  const failures: unknown[] = [];
  const tids = TENANTS.map(({ tid }) => tid);
  const book = await openPeopleBook({ store, tids, nowMs: clock.nowMs() });
  const embedded = createEmbeddedDirectory({
    book,
    calendar,
    tenantNames: new Map(tids.map((tid) => [tid, tid])),
  });
  const accounts = new Map(everybody.map((key) => [key, randomAccount(random, key)]));
  const account = (key: PersonKey): Account => accounts.get(key) ?? randomAccount(random, key);
  // People are others from the moment on at which the hub's directory says so.
  const directory: Directory = {
    ...embedded,
    async takePeople(tid, people) {
      await embedded.takePeople(tid, people);
      for (const { key, account: now } of people) accounts.set(key, now);
    },
  };
  await Promise.all(tids.map((tid) => directory.replacePeople(tid, keysOf(tid).map(account).map(listed))));
  const seeds = { from: 'file', policies: tids.map((tid) => randomPolicy(random, tid)) } as const;
  const onFailure = (error: unknown): void => void failures.push(error);
  const start = () => createHub({ store, directory, clock, seeds, newId: randomUUID, onFailure });
  let hub = await start();
  const policies = (): readonly TenantPolicy[] => hub.policies.all().map(({ policy }) => policy);
  const pages = new Map<PersonKey, Peer>();
  let signals: { readonly from: PersonKey; readonly to: PersonKey }[] = [];

  const createPage = (person: PersonKey): Peer => ({
    connectionId: randomUUID(),
    person,
    account: account(person),
    name: person,
    device: { id: randomUUID(), kind: 'desk' },
    accessToken: () => null,
    send(name, message) {
      try {
        hearing.hear(person, name, message);
      } catch (error) {
        failures.push(error);
      }
      if (name === 'signal' && 'from' in message) signals.push({ from: message.from, to: person });
    },
    sendLatest: () => {},
  });

  return {
    store,
    clock,
    hub: () => hub,
    pages: () => [...pages.values()],
    pageOf: (person) => pages.get(person),
    policies,
    account,
    arrive(person) {
      const page = pages.get(person) ?? createPage(person);
      pages.set(person, page);
      hub.arrived(page);
    },
    depart(person) {
      const page = pages.get(person);
      if (page !== undefined) hub.departed(page);
      pages.delete(person);
    },
    async changePolicy(tid) {
      const policy = randomPolicy(random, tid);
      await hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null });
    },
    async changePerson(person) {
      const now = randomAccount(random, person);
      const policy = hub.policies.of(now.tid)?.policy;
      if (policy === undefined) return;
      const people = keysOf(now.tid).map((key) => listed(key === person ? now : account(key)));
      await hub.policies.apply({ policy, people, by: 'console', afterRevision: null });
    },
    async signal(from, { callId, to }) {
      const peer = pages.get(from);
      if (peer === undefined) return;
      const handlers = createHandlers({
        hub,
        directory,
        clock,
        ice: { stunUrls: [], turn: undefined },
        grants: NO_GRANTS,
      });
      const request = { callId, to, payload: { type: 'restart' } } as const;
      await handlers.signal({ request, session: { ...NO_SESSION, peer }, wire: NO_WIRE });
    },
    takeSignals() {
      const taken = signals;
      signals = [];
      return taken;
    },
    async settle() {
      do await settle();
      while (slow.isBusy());
      if (failures.length > 0) throw failures[0];
    },
    heard: hearing.heard,
    async restart() {
      hub.close();
      hub = await start();
      for (const page of pages.values()) hub.arrived(page);
    },
    close: () => hub.close(),
  };
}

const NO_SESSION = createSession(
  {
    tid: '',
    oid: '',
    personKey: '',
    name: undefined,
    mail: undefined,
    roles: [],
    isGuest: false,
    expiresAtMs: Number.MAX_SAFE_INTEGER,
    azp: '',
  },
  '',
);
const NO_WIRE = {
  peer: () => {
    throw new Error('nobody says hello here');
  },
  renew: async () => refuse('internal'),
  dismiss: () => {},
};

/** The open call that somebody is in, or rung by. */
export function callOf(hub: Hub, person: PersonKey, state: 'in' | 'ringing'): string | undefined {
  const found = hub.log.open.of(person).find((call) => {
    const participant = call.state.participants[person];
    return state === 'in' ? isIn(participant) : isRinging(participant);
  });
  return found?.record.callId;
}
