import { isIn } from '../domain/call/queries.ts';
import type { PersonKey } from '../domain/call/state.ts';
import { isAnonymous } from '../domain/meeting/anonymous.ts';
import { decideReach } from '../domain/reach/decide.ts';
import type { Account, ReachWorld } from '../domain/reach/model.ts';
import { needsGroups } from '../domain/reach/tenant-index.ts';
import { NO_OWN_CALENDARS, type OwnCalendars } from './calendar/own-calendar.ts';
import { createAnnouncer } from './calls/announcer.ts';
import { type CallLog, type Committed, createCallLog } from './calls/call-log.ts';
import { type CallService, createCallService } from './calls/call-service.ts';
import { createCallTimers } from './calls/call-timers.ts';
import { callsIn } from './calls/context.ts';
import { createStandingRules, type StandingRules } from './calls/standing-rules.ts';
import type { Clock } from './clock.ts';
import type { Directory } from './directory/directory.ts';
import type { Mailer } from './meetings/mailer.ts';
import { createMeetings, type Meetings } from './meetings/meetings.ts';
import { createLists, type Lists } from './people/lists.ts';
import { createOnline, type Online } from './people/online.ts';
import type { Peer } from './people/peer.ts';
import { createPresenceBoard } from './people/presence.ts';
import { type Accounts, createAccounts } from './reach/accounts.ts';
import { createAccountsWatch } from './reach/accounts-watch.ts';
import { createRefusalRecords, type RefusalRecords } from './reach/audit.ts';
import { createCallGuard } from './reach/call-guard.ts';
import { createPolicies, type PolicySeeds } from './reach/policies.ts';
import { createPolicyDesk, type PolicyDesk } from './reach/policy-desk.ts';
import { createReach, type Reach } from './reach/reach.ts';
import { newReference } from './reach/reference.ts';
import { REACH_OF_MESSAGE } from './reach/rules-of-methods.ts';
import type { Store } from './store/store.ts';

export interface HubOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: Clock;
  /** What the tenants start with; only these tenants are served. */
  readonly seeds: PolicySeeds;
  /** For new calls: a UUID in lower case. */
  readonly newId: () => string;
  /** Where people reach the hub, and how mail goes out; unless given, links lead to this machine and no mail is sent. */
  readonly invitations?: { readonly publicOrigin: string; readonly mailer: Mailer | null };
  /** People's own calendars; unless given, meetings stand in the hub's store alone. */
  readonly calendars?: OwnCalendars;
  /** Told what went wrong in work that nobody waits for. */
  readonly onFailure: (error: unknown) => void;
}

/** Calls and people, without a wire: what the methods of the SignalR endpoint stand on. */
export interface Hub {
  readonly calls: CallService;
  readonly log: CallLog;
  readonly directory: Pick<Directory, 'person'>;
  readonly lists: Lists;
  readonly online: Online;
  /** Meetings and who waits at their doors. */
  readonly meetings: Meetings;
  /** Asks who may reach whom. */
  readonly reach: Reach;
  /** The tenants' policies, and how they change. */
  readonly policies: PolicyDesk;
  /** For whoever asks the rules and then does what they allow. */
  readonly rules: Pick<StandingRules, 'during'>;
  /** The records of what was refused. */
  readonly records: RefusalRecords;
  /** A page has said hello. A page of the same device that was still there loses its call to it. */
  arrived(peer: Peer): void;
  departed(peer: Peer): void;
  /** Calls the listener whenever somebody may have left a call. @returns ends that */
  onCallChanged(listener: (people: Iterable<PersonKey>) => void): () => void;
  close(): void;
}

/** Rebuilds the open calls from the store, then is ready. Rejects when the store does. */
export async function createHub(options: HubOptions): Promise<Hub> {
  const { store, directory, clock, onFailure } = options;
  const online = createOnline();
  const listeners = new Set<(people: Iterable<PersonKey>) => void>();
  const rules = await createRules(options, online);
  const { policies, accounts, reach, records } = rules;
  const log = createCallLog({
    store,
    clock,
    async onCommitted(committed) {
      timers.sync(committed.call);
      const told = announce(committed);
      meetings.committed(committed);
      // The rules may have changed since it was decided that somebody may come.
      if (brings(committed)) void guard.check(committed.call.record.callId);
      for (const listener of listeners) listener(Object.keys(committed.call.state.participants));
      await told;
    },
  });
  const presence = createPresenceBoard({
    isOnline: online.isOnline,
    isInCall: (person) => callsIn(log, person).length > 0,
    mayTell: (watcher, person) => mayTell(policies.world(), watcher, person),
  });
  const announce = createAnnouncer({
    store,
    online,
    presence,
    reach,
    meetingPeople: (ref) => meetings.peopleOf(ref),
    onFailure,
  });
  const timers = createCallTimers({
    clock,
    isConnected: (person, device) => online.onDevice(person, device) !== undefined,
    run: async (callId, command) => log.run(callId, [{ command, actor: { kind: 'hub' } }], null),
  });
  const guard = createCallGuard({
    ...{ log, world: policies.world, accounts, records, clock, onFailure },
    outsidersOf: (call) => meetings.outsidersOf(call),
    tell: (person, callId, refusal) => online.tell([person], 'takenOut', { callId, refusal }),
  });
  const meetings = createMeetings({
    ...{ store, directory, online, accounts, reach, records, world: policies.world, log, clock, onFailure },
    newId: options.newId,
    calendars: options.calendars ?? NO_OWN_CALENDARS,
    ...(options.invitations ?? { publicOrigin: 'http://localhost', mailer: null }),
  });
  const tellLists = (): void => {
    // Whoever has no sign-in has no lists, and hears of nothing that the company does.
    const signedIn = online.people().filter((person) => !isAnonymous(person));
    for (const list of ['contacts', 'meetings'] as const) online.tell(signedIn, 'listsChanged', { list });
  };
  const recheck = async (): Promise<void> => {
    presence.recheck(await accounts.present(presence.concerned()));
    await guard.checkAll();
    await meetings.recheck();
    tellLists();
  };
  const recheckPeople = async (people: readonly PersonKey[]): Promise<void> => {
    presence.recheck(await accounts.present(presence.concerned()));
    const calls = new Set(people.flatMap((person) => log.open.of(person).map(({ record }) => record.callId)));
    await Promise.all([...calls].map((callId) => guard.check(callId)));
    await meetings.recheck();
    tellLists();
  };
  const standing = createStandingRules(clock);
  const desk = createPolicyDesk({ policies, directory, store, clock, recheck, onFailure });
  const watch = createAccountsWatch({
    directory,
    clock,
    pages: () => online.people().flatMap((person) => (isAnonymous(person) ? [] : (online.of(person)[0] ?? []))),
    recheck: recheckPeople,
    onFailure,
  });
  await log.rebuild();
  await meetings.restart();
  for (const call of log.open.all()) timers.sync(call);
  // Policies and people may have changed while no hub was there.
  await guard.checkAll();
  await meetings.recheck().catch(onFailure);

  const connectionChanged = (peer: Peer): void => {
    for (const call of log.open.of(peer.person)) timers.sync(call);
    presence.changed([peer.person]);
  };
  return {
    calls: createCallService({
      ...options,
      log,
      reach,
      guard,
      rules: standing,
      meetings: meetings.joining,
      outsidersOf: meetings.outsidersOf,
      isOnline: online.isOnline,
      contactsChanged: (people) => online.tell(people, 'listsChanged', { list: 'contacts' }),
    }),
    log,
    directory,
    lists: createLists({ store, directory, reach, presence }),
    online,
    meetings,
    reach,
    policies: {
      ...desk,
      apply: (application) => standing.change(() => desk.apply(application)),
      async refresh() {
        if (await policies.isOutdated()) await standing.change(desk.refresh);
      },
    },
    rules: standing,
    records,
    arrived(peer) {
      const before = online.add(peer);
      if (before !== undefined) tellReplaced(before, log);
      connectionChanged(peer);
      meetings.arrived(peer);
      // What the token says of the account may be news.
      for (const { record } of log.open.of(peer.person)) void guard.check(record.callId);
    },
    departed(peer) {
      presence.unwatch(peer);
      online.remove(peer);
      connectionChanged(peer);
      meetings.departed(peer);
    },
    onCallChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      watch.close();
      desk.close();
      guard.close();
      meetings.close();
      timers.close();
    },
  };
}

interface Rules {
  readonly policies: Awaited<ReturnType<typeof createPolicies>>;
  readonly accounts: Accounts;
  readonly reach: Reach;
  readonly records: RefusalRecords;
}

async function createRules({ store, directory, clock, seeds, onFailure }: HubOptions, online: Online): Promise<Rules> {
  const { nowMs } = clock;
  const policies = await createPolicies({ store: store.policies, seeds, nowMs, newReference });
  const { world } = policies;
  const accounts = createAccounts({
    directory,
    pageOf: (person) => online.of(person)[0],
    needsGroups: (tid) => {
      const tenant = world().tenant(tid);
      return tenant !== undefined && needsGroups(tenant);
    },
  });
  const records = createRefusalRecords({ audit: store.reachAudit, world, clock, newReference, onFailure });
  return { policies, accounts, records, reach: createReach({ world, accounts, records }) };
}

const brings = ({ events }: Committed): boolean =>
  events.some(({ event }) => event.type === 'joined' || event.type === 'rang');

const mayTell = (world: ReachWorld, actor: Account, target: Account): boolean =>
  decideReach(world, { action: REACH_OF_MESSAGE.presence, actor, target, present: [], place: 'none' }).allowed;

/**
 * Mostly a ghost that hears nothing any more; else a copied tab, which now knows that it is not in the call. It is not closed:
 * it would come back, take the call and so on for ever.
 */
function tellReplaced(before: Peer, log: CallLog): void {
  for (const { record, state } of log.open.of(before.person)) {
    const participant = state.participants[before.person];
    if (isIn(participant) && participant.device?.id === before.device.id) {
      before.send('replaced', { callId: record.callId });
    }
  }
}
