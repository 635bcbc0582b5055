import { randomUUID } from 'node:crypto';
import { apply } from '../../../src/domain/call/apply.ts';
import { initialCall } from '../../../src/domain/call/initial.ts';
import type { Result } from '../../../src/domain/call/refusal.ts';
import type { CallState, DeviceKind, MediaState, PersonKey } from '../../../src/domain/call/state.ts';
import { NO_OWN_CALENDARS, type OwnCalendars } from '../../../src/hub/calendar/own-calendar.ts';
import type { DemoCompanies, DemoMeeting, DemoPerson } from '../../../src/hub/demo/companies.ts';
import { openDemoDirectory } from '../../../src/hub/directory/demo-directory.ts';
import type { Directory } from '../../../src/hub/directory/directory.ts';
import type { ListedPerson } from '../../../src/hub/directory/person.ts';
import { createHub, type Hub } from '../../../src/hub/hub.ts';
import type { Mailer } from '../../../src/hub/meetings/mailer.ts';
import type { Peer } from '../../../src/hub/people/peer.ts';
import { defaultPolicy, type PolicySeeds } from '../../../src/hub/reach/policies.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import type { JoinAnswer } from '../../../src/protocol/meetings.ts';
import type { CallLog, HubMessageName, HubMessages } from '../../../src/protocol/types.ts';
import { assertionOf } from '../../support/fake-graph/token-endpoint.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { settle } from './settle.ts';

export const TID = '11111111-1111-4111-8111-111111111111';
export const OTHER_TID = '22222222-2222-4222-8222-222222222222';
export const VIDEO: MediaState = { audio: true, video: 'camera', problem: 'none' };
export const AUDIO: MediaState = { audio: true, video: 'off', problem: 'none' };

const oid = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const somebody = (n: number, displayName: string, kind: DemoPerson['kind'] = 'internal'): DemoPerson => ({
  oid: oid(n),
  displayName,
  mail: `${displayName.split(' ')[0]?.toLowerCase()}@abc.com`,
  jobTitle: 'Technician',
  kind,
  usually: 'desk',
  roles: [],
  groups: [],
  homeTenantId: undefined,
  homeOid: undefined,
});
const meeting = (n: number, startOffsetMin: number): DemoMeeting => ({
  meetingId: oid(n),
  title: `Meeting ${n}`,
  startOffsetMin,
  durationMin: 60,
  organizerOid: oid(1),
  inviteeOids: [oid(2), oid(3)],
});

export const COMPANIES: DemoCompanies = {
  tenants: [
    {
      tenantId: TID,
      name: 'ABC',
      domains: ['abc.com'],
      spaClientId: oid(8),
      apiClientId: oid(9),
      people: [
        somebody(1, 'Dana Okafor'),
        somebody(2, 'Eva Lindström'),
        somebody(3, 'Finn Ångström'),
        somebody(4, 'Gil Guest', 'guest'),
      ],
      meetings: [meeting(5, -10), meeting(6, 60)],
      recentContacts: [{ ownerOid: oid(1), contactOid: oid(4), minutesAgo: 5, outcome: 'missed' }],
    },
    {
      tenantId: OTHER_TID,
      name: 'Contoso1',
      domains: ['contoso1.com'],
      spaClientId: oid(8),
      apiClientId: oid(9),
      people: [{ ...somebody(1, 'Olga Other'), mail: 'olga@contoso1.com' }],
      meetings: [],
      recentContacts: [],
    },
  ],
};
/** Guests reach everybody in ABC; Contoso1 is open to ABC, and ABC to nobody. */
export const SEEDS: PolicySeeds = {
  from: 'file',
  policies: COMPANIES.tenants.map(({ tenantId, name, domains }) => ({
    ...defaultPolicy({ tid: tenantId, name, domains }),
    guests: { enabled: true, reach: 'tenant' },
    external: { enabled: true, mode: { kind: tenantId === TID ? 'none' : 'open' } },
  })),
};
export const DANA = `${TID}:${oid(1)}`;
export const EVA = `${TID}:${oid(2)}`;
export const FINN = `${TID}:${oid(3)}`;
export const GIL = `${TID}:${oid(4)}`;
export const OLGA = `${OTHER_TID}:${oid(1)}`;
export const RUNNING_MEETING = oid(5);
export const LATER_MEETING = oid(6);

export type Heard = {
  readonly [M in HubMessageName]: { readonly name: M; readonly message: HubMessages[M] };
}[HubMessageName];

/** A page without a browser: what it heard, and the calls as it sees them. */
export interface Page extends Peer {
  readonly heard: readonly Heard[];
  call(callId: string): CallState;
  count(name: HubMessageName): number;
}

export interface Bench {
  readonly clock: FakeClock;
  readonly store: Store;
  readonly hub: Hub;
  /** What went wrong in work that nobody waits for. */
  readonly failures: readonly unknown[];
  arrive(person: PersonKey, kind?: DeviceKind, deviceId?: string): Promise<Page>;
  /** Somebody without a sign-in, on a page behind a join link. */
  visit(who: Omit<Visitor, 'device'>, kind?: DeviceKind, deviceId?: string): Promise<Page>;
  /** From now on the directory says that somebody is hidden. */
  hidePerson(person: PersonKey): Promise<void>;
  replacePeople(tid: string, people: readonly ListedPerson[]): Promise<void>;
  /** Ends the hub's process, as far as anybody can tell, and starts the next one on the same store. */
  restart(): Promise<void>;
}

export async function createBench(
  store: Store = createMemoryStore(),
  changed: Partial<Directory> = {},
  mailer: Mailer | null = null,
  calendars: (clock: FakeClock) => OwnCalendars = () => NO_OWN_CALENDARS,
): Promise<Bench> {
  const clock = createFakeClock();
  const directory = {
    ...(await openDemoDirectory({ companies: COMPANIES, store, startMs: clock.nowMs() })),
    ...changed,
  };
  const failures: unknown[] = [];
  const onFailure = (error: unknown): void => void failures.push(error);
  const start = () =>
    createHub({
      ...{ store, directory, seeds: SEEDS, clock, newId: randomUUID, onFailure },
      invitations: { publicOrigin: 'http://localhost', mailer },
      calendars: calendars(clock),
    });
  let hub = await start();
  return {
    clock,
    store,
    failures,
    get hub() {
      return hub;
    },
    async arrive(person, kind = 'desk', deviceId = randomUUID()) {
      const known = await directory.person(person);
      if (known === null) throw new Error(`${person} is not in the test's directory`);
      const page = createPage({ person, account: known.account, name: known.name, device: { id: deviceId, kind } });
      hub.arrived(page);
      for (const log of await hub.calls.logsFor(page, [])) page.send('events', log);
      await settle();
      return page;
    },
    async visit(who, kind = 'join', deviceId = randomUUID()) {
      const page = createPage({ ...who, device: { id: deviceId, kind } });
      hub.arrived(page);
      for (const log of await hub.calls.logsFor(page, [])) page.send('events', log);
      await settle();
      return page;
    },
    async replacePeople(tid, people) {
      await directory.replacePeople(tid, people);
      await settle();
    },
    async hidePerson(person) {
      const tid = person.split(':')[0] ?? '';
      const people = await store.people.list(tid);
      const hidden = people.map((one) =>
        one.key === person ? { ...one, account: { ...one.account, hidden: true } } : one,
      );
      await directory.replacePeople(tid, hidden);
      await settle();
    },
    async restart() {
      hub.close();
      hub = await start();
    },
  };
}

type Visitor = Pick<Peer, 'person' | 'account' | 'name' | 'device' | 'visits'>;

function createPage(who: Visitor): Page {
  const heard: Heard[] = [];
  const calls = new Map<string, CallState>();
  const hear = <M extends HubMessageName>(name: M, message: HubMessages[M]): void => {
    const one = { name, message } as Heard;
    heard.push(one);
    if (one.name !== 'events') return;
    const { callId, events } = one.message;
    calls.set(callId, events.reduce(apply, calls.get(callId) ?? initialCall(callId)));
  };
  return {
    ...who,
    accessToken: () => assertionOf(who.person.split(':')[1] ?? ''),
    connectionId: randomUUID(),
    heard,
    send: hear,
    sendLatest: (_key, name, message) => hear(name, message),
    call: (callId) => calls.get(callId) ?? initialCall(callId),
    count: (name) => heard.filter((one) => one.name === name).length,
  };
}

/** The log of a meeting's call that somebody must have come into. */
export function cameIn(result: Result<JoinAnswer>): CallLog {
  const answer = accepted(result);
  if (answer.state !== 'in') throw new Error('in the lobby');
  return answer.log;
}

/** The value of a result that must have been accepted. */
export function accepted<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: unknown },
): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
