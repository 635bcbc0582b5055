import type { Result } from '../../../src/domain/call/refusal.ts';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import type { Admitter } from '../../../src/domain/meeting/admitting.ts';
import { applyLobbyAll } from '../../../src/domain/meeting/apply-lobby.ts';
import { decideLobby } from '../../../src/domain/meeting/decide-lobby.ts';
import type { LobbyCommand } from '../../../src/domain/meeting/lobby-command.ts';
import type { LobbyContext } from '../../../src/domain/meeting/lobby-context.ts';
import type { LobbyEvent } from '../../../src/domain/meeting/lobby-event.ts';
import { initialLobby, type LobbyState } from '../../../src/domain/meeting/lobby-state.ts';
import {
  type Caller,
  DEFAULT_MEETING_SETTINGS,
  type Meeting,
  type MeetingClass,
} from '../../../src/domain/meeting/model.ts';
import { ONE_TIME_MINUTES, oneTimeMeeting } from '../../../src/domain/meeting/one-time.ts';
import type { Account, ExternalAccess, TenantPolicy } from '../../../src/domain/reach/model.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** 20 May 2026, 10:00 UTC. */
export const START_MS = Date.UTC(2026, 4, 20, 10);

export const ORGANIZER = 'abc:olga';

export const meetingOf = (changes: Partial<Meeting> = {}): Meeting => ({
  tid: 'abc',
  meetingId: 'm1',
  kind: 'scheduled',
  title: 'Pump',
  startMs: START_MS,
  endMs: START_MS + HOUR_MS,
  zone: 'Europe/Berlin',
  organizer: ORGANIZER,
  coOrganizers: [],
  presenters: [],
  invitees: [],
  lobby: 'organization',
  anonymousAllowed: true,
  cancelled: false,
  revision: 1,
  ...changes,
});

export const oneTime = (changes: Partial<Meeting> = {}): Meeting => ({
  ...oneTimeMeeting({
    tid: 'abc',
    meetingId: 'm1',
    agent: ORGANIZER,
    title: '',
    nowMs: START_MS,
    zone: 'Europe/Berlin',
    durationMin: ONE_TIME_MINUTES,
  }),
  ...changes,
});

export const contextOf = (meeting: Meeting, changes: Partial<LobbyContext> = {}): LobbyContext => ({
  meeting,
  settings: DEFAULT_MEETING_SETTINGS,
  guestAccess: true,
  barred: new Set(),
  nowMs: START_MS,
  ...changes,
});

export const callerOf = (person: PersonKey, kind: MeetingClass, changes: Partial<Caller> = {}): Caller => ({
  person,
  name: person.slice(person.indexOf(':') + 1),
  class: kind,
  signedIn: kind !== 'anonymous',
  invited: false,
  ...changes,
});

export const organizer = callerOf(ORGANIZER, 'organizer');
export const member = callerOf('abc:mia', 'member');
export const anonymous = (name: string): Caller => callerOf(`anon:${name}`, 'anonymous');

export const atDesk = (caller: Caller): Admitter => ({ caller, device: 'desk' });

export const knockOf = (caller: Caller, deviceId = `page-${caller.person}`): LobbyCommand => ({
  type: 'knock',
  caller,
  deviceId,
});

/** A door that remembers, with a clock to be moved and a context to be changed. */
export function createDoor(meeting: Meeting, changes: Partial<LobbyContext> = {}) {
  let context = contextOf(meeting, changes);
  let state = initialLobby(meeting.meetingId);
  return {
    get state(): LobbyState {
      return state;
    },
    get context(): LobbyContext {
      return context;
    },
    change(more: Partial<LobbyContext>): void {
      context = { ...context, ...more };
    },
    wait(ms: number): void {
      context = { ...context, nowMs: context.nowMs + ms };
    },
    /** As after a restart of the hub. */
    store(): void {
      state = JSON.parse(JSON.stringify(state)) as LobbyState;
    },
    ask(command: LobbyCommand): Result<readonly LobbyEvent[]> {
      const decision = decideLobby(state, command, context);
      if (decision.ok) state = applyLobbyAll(state, decision.value);
      return decision;
    },
    /** Comes in by right and joins the call. */
    come(caller: Caller): void {
      this.ask(knockOf(caller));
      this.ask({ type: 'enter', person: caller.person });
    },
    admit: (person: PersonKey, by: Admitter = atDesk(organizer)): LobbyCommand => ({ type: 'admit', by, person }),
    waiting: (): readonly PersonKey[] => state.waiting.map(({ caller }) => caller.person),
    inside: (): readonly PersonKey[] => Object.keys(state.inside),
  };
}

export const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);

const OPEN: ExternalAccess = { enabled: true, mode: { kind: 'open' } };

export const tenantOf = (tid: string, changes: Partial<TenantPolicy> = {}): TenantPolicy => ({
  tid,
  name: tid,
  domains: [`${tid}.com`],
  segments: [],
  barriers: { mode: 'single', legacy: false, policies: [] },
  external: OPEN,
  guests: { enabled: true, reach: 'teams' },
  teams: [],
  auditRetentionDays: 90,
  ...changes,
});

export const accountOf = (key: PersonKey, changes: Partial<Account> = {}): Account => {
  const [tid = '', name = ''] = key.split(':');
  return {
    key,
    tid,
    kind: 'internal',
    mail: `${name}@${tid}.com`,
    homeTid: null,
    groups: [],
    hidden: false,
    external: { enabled: true, mode: { kind: 'default' } },
    ...changes,
  };
};
