import { computed, type Signal, signal } from '@preact/signals-core';
import type { CallSession, ConnectionStatus, Loadable, SightlineClient, SignedIn } from '../../../src/client/types.ts';
import { isIn } from '../../../src/domain/call/queries.ts';
import { accept, type Refusal } from '../../../src/domain/call/refusal.ts';
import type { Contact, Meeting } from '../../../src/protocol/types.ts';
import type { FakeCall } from './fake-call.ts';
import { createFakeMeetings, type FakeMeetings } from './fake-meetings.ts';
import { contacts, ME, meetings } from './people.ts';

export interface FakeClient {
  readonly client: SightlineClient;
  readonly status: Signal<ConnectionStatus>;
  readonly closedBecause: Signal<Refusal | null>;
  readonly me: Signal<SignedIn | null>;
  readonly calls: Signal<readonly FakeCall[]>;
  readonly meetings: FakeMeetings;
  /** What ringing somebody, or joining a meeting, makes. */
  onEnter: (what: string) => FakeCall;
}

/** A hub in one page: the lists are there at once, and calls follow the real rules. */
export function createFakeClient(onEnter: (what: string) => FakeCall, nowMs = Date.now()): FakeClient {
  const status = signal<ConnectionStatus>('online');
  const closedBecause = signal<Refusal | null>(null);
  const me = signal<SignedIn | null>(ME);
  const calls = signal<readonly FakeCall[]>([]);
  const mine = (call: FakeCall) => call.session.state.value.participants[ME.key];
  const people = contacts(nowMs);
  const meetingList = signal<Loadable<readonly Meeting[]>>({ state: 'ready', value: meetings(nowMs) });
  const fakeMeetings = createFakeMeetings(() => {
    // The hub's hint that a list has changed.
    meetingList.value = { state: 'ready', value: meetings(nowMs) };
  }, nowMs);
  const fake: FakeClient = {
    client: undefined as never,
    status,
    closedBecause,
    me,
    calls,
    meetings: fakeMeetings,
    onEnter,
  };

  async function enter(what: string): Promise<{ readonly ok: true; readonly value: CallSession }> {
    const call = fake.onEnter(what);
    calls.value = [...calls.value, call];
    return { ok: true, value: call.session };
  }

  const client: SightlineClient = {
    status,
    closedBecause,
    me,
    contacts: signal<Loadable<readonly Contact[]>>({ state: 'ready', value: people }),
    meetings: meetingList,
    incoming: computed(
      () =>
        calls.value.find((one) => one.session.state.value.phase === 'open' && mine(one)?.state === 'ringing')
          ?.session ?? null,
    ),
    current: computed(
      () => calls.value.find((one) => one.session.state.value.phase === 'open' && isIn(mine(one)))?.session ?? null,
    ),
    signInHeldUntilMs: signal<number | null>(null),
    search: async (query) =>
      query.endsWith('@fabrikam.com')
        ? { ok: false, refusal: { code: 'external-off', reference: 'K7QXM2PD' } }
        : accept(people.filter((one) => one.name.toLowerCase().includes(query.toLowerCase()))),
    call: enter,
    async add(callId, to) {
      const person = people.find(({ key }) => key === to);
      const call = calls.value.find((one) => one.session.callId === callId);
      if (person === undefined || person.company !== 'ABC') {
        return { ok: false, refusal: { code: 'external-no-group', reference: 'K7QXM2PD' } };
      }
      return call?.as('hub', { type: 'ring', person: to, name: person.name, from: ME.key }) ?? accept(null);
    },
    joinMeeting: enter,
    planner: fakeMeetings.planner,
    door: fakeMeetings.door,
    async enterMeeting({ meetingId }) {
      const { value: session } = await enter(meetingId);
      return accept({ state: 'in', session, part: { class: 'member', signedIn: true, kind: 'scheduled' } });
    },
    leaveLobby: async () => undefined,
    onLobbyPlace: () => () => undefined,
    onMovedAway: () => () => undefined,
    iceServers: async () => [],
    clockOffsetMs: signal(0),
    start: () => undefined,
    stop: async () => undefined,
  };
  return Object.assign(fake, { client });
}
