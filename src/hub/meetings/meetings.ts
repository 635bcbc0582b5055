import type { PersonKey } from '../../domain/call/state.ts';
import { changesOf } from '../../domain/meeting/change.ts';
import { waiterOf } from '../../domain/meeting/lobby-state.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import type { ReachWorld } from '../../domain/reach/model.ts';
import { createCalendarParts } from '../calendar/calendar-parts.ts';
import type { OwnCalendars } from '../calendar/own-calendar.ts';
import type { CallLog, Committed } from '../calls/call-log.ts';
import type { OpenCall } from '../calls/open-calls.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory/directory.ts';
import type { Online } from '../people/online.ts';
import type { Peer } from '../people/peer.ts';
import type { Accounts } from '../reach/accounts.ts';
import type { RefusalRecords } from '../reach/audit.ts';
import type { Reach } from '../reach/reach.ts';
import type { MeetingRef, MeetingStore } from '../store/meeting-store.ts';
import type { ValueStore } from '../store/store.ts';
import { createBarred } from './barred.ts';
import { createMeetingBook, type MeetingBook, names } from './book.ts';
import { createDoorAndCall } from './door-and-call.ts';
import { createDoors, type Doors, outsidersAt } from './doors.ts';
import { createHeadsetWearers } from './headset-wearers.ts';
import { createInvitations } from './invitations.ts';
import { callOfMeeting, type JoiningParts } from './joining-parts.ts';
import { createLinks, type Links } from './links.ts';
import { createLobbyTeller } from './lobby-news.ts';
import type { Mailer } from './mailer.ts';
import { createMeetingService, type MeetingService } from './methods.ts';
import { createPlanning } from './planning.ts';
import { createDoorRecords } from './records.ts';
import { createMeetingViews } from './views.ts';
import { createVisitors } from './visitors.ts';

export interface MeetingsOptions {
  readonly store: { readonly meetings: MeetingStore; readonly values: ValueStore };
  readonly directory: Directory;
  readonly online: Online;
  readonly accounts: Accounts;
  readonly reach: Reach;
  readonly records: Pick<RefusalRecords, 'doorRefused'>;
  readonly world: () => ReachWorld;
  readonly log: Pick<CallLog, 'open' | 'run'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly publicOrigin: string;
  readonly mailer: Mailer | null;
  readonly calendars: OwnCalendars;
  readonly onFailure: (error: unknown) => void;
}

/** Meetings, their doors, and how the doors follow what happens in the meetings' calls. */
export interface Meetings {
  readonly service: MeetingService;
  readonly joining: JoiningParts;
  readonly book: MeetingBook;
  readonly doors: Doors;
  readonly links: Links;
  /** Who was let into a meeting's call as anonymous. */
  outsidersOf(call: OpenCall): ReadonlySet<PersonKey>;
  /** Everybody whom a meeting names by account, and whoever is connected of those whom it names by address. */
  peopleOf(ref: MeetingRef): Promise<readonly PersonKey[]>;
  /** Events of a call are stored: who came in, is away or has left. */
  committed(committed: Committed): void;
  arrived(peer: Peer): void;
  departed(peer: Peer): void;
  /** Policies or people have changed. */
  recheck(): Promise<void>;
  /** Once, before anything else: the doors as they were when the hub went. */
  restart(): Promise<void>;
  close(): void;
}

export function createMeetings(options: MeetingsOptions): Meetings {
  const { store, directory, online, accounts, reach, world, log, clock, onFailure } = options;
  const { nowMs } = clock;
  const book = createMeetingBook({ store: store.meetings, directory, world });
  const signedIn = (person: PersonKey) => online.of(person)[0];
  const visitors = createVisitors({ directory, accounts, world, signedIn });
  const doors = createDoors({
    store: store.meetings,
    book,
    world,
    barred: createBarred({ log, reach, directory, signedIn }),
    clock,
    onFailure,
    onChanged(change) {
      teller.changed(change);
      doorAndCall.changed(change);
      const { kind, organizer, coOrganizers } = change.meeting;
      if (kind === 'oneTime') online.tell([organizer, ...coOrganizers], 'listsChanged', { list: 'meetings' });
    },
  });
  const teller = createLobbyTeller({ doors, online, accounts, visitors, directory, world, clock, onFailure });
  const links = createLinks({ store: store.meetings, publicOrigin: options.publicOrigin, nowMs });
  const records = createDoorRecords(options.records);
  /** By account, and whoever is connected and was invited by their address. */
  const concernedBy = (meeting: Meeting): readonly PersonKey[] => {
    const named = accountsIn(meeting);
    if (meeting.invitees.every(({ kind }) => kind !== 'mail')) return named;
    const invited = online.people().filter((person) => {
      const account = signedIn(person)?.account;
      return account !== undefined && names(meeting, account, world());
    });
    return [...named, ...invited];
  };
  const reconsider = async (meeting: Meeting): Promise<void> => {
    const door = doors.busyAt(meeting.meetingId);
    if (door === undefined) return;
    const callers = await visitors.waiting(door.state, meeting);
    await doors.run(meeting, { type: 'reconsider', callers });
    teller.refresh(meeting);
  };
  const onChanged = async (before: Meeting | null, after: Meeting): Promise<void> => {
    const changes = before === null ? null : changesOf(before, after);
    if (changes !== null && (changes.door || changes.renamed)) await reconsider(after);
    const people = [before, after].flatMap((meeting) => (meeting === null ? [] : concernedBy(meeting)));
    online.tell(people, 'listsChanged', { list: 'meetings' });
  };
  const { days, writes } = createCalendarParts({ ...options, links, onChanged });
  const inCalendar = writes.keeps;
  const wearers = createHeadsetWearers(store.values, clock, onFailure);
  const planning = createPlanning({
    ...{
      store: store.meetings,
      wearers,
      book,
      directory,
      accounts,
      reach,
      clock,
      newId: options.newId,
      calendar: writes,
    },
    onChanged,
  });
  const views = createMeetingViews({ inCalendar, directory, reach, doors, visitors, log, clock });
  const invitations = createInvitations({
    ...{ links, directory, reach, clock, onFailure },
    publicOrigin: options.publicOrigin,
    mailer: options.mailer,
  });
  const joining = { book, doors, links, visitors, records };
  /** By what they are now: what the token says may be news. The name stays the one under which they wait. */
  const isBack = async (peer: Peer, meeting: Meeting, name: string): Promise<void> => {
    const caller = await visitors.see({ ...peer, name }, meeting);
    await doors.run(meeting, { type: 'knock', caller, deviceId: peer.device.id, again: true });
  };
  const doorAndCall = createDoorAndCall({ doors, log, clock, onFailure });

  return {
    service: createMeetingService({
      ...joining,
      views,
      planning,
      invitations,
      accounts,
      reach,
      log,
      clock,
      days,
      inCalendar,
    }),
    joining,
    book,
    doors,
    links,
    outsidersOf: ({ record }) => (record.meetingId === null ? new Set() : outsidersAt(doors.busyAt(record.meetingId))),
    async peopleOf(ref) {
      const found = await book.find(ref);
      return found === null ? [] : concernedBy(found.meeting);
    },
    committed: (committed) => doorAndCall.committed(committed),
    arrived(peer) {
      if (peer.device.kind === 'headset') wearers.saw(peer.person);
      for (const { meeting, state } of doors.busy()) {
        const waiter = waiterOf(state, peer.person);
        if (waiter?.deviceId === peer.device.id && waiter.awayUntilMs !== null)
          isBack(peer, meeting, waiter.caller.name).catch(onFailure);
        const inCall = callOfMeeting(log, meeting)?.state.participants[peer.person];
        if (inCall?.device?.id === peer.device.id && state.inside[peer.person] !== undefined)
          doors.follow(meeting, { type: 'enter', person: peer.person });
      }
      teller.arrived(peer);
    },
    departed(peer) {
      if (!online.isOnline(peer.person)) days.forget(peer.person);
      if (online.onDevice(peer.person, peer.device) !== undefined) return;
      for (const { meeting, state } of doors.busy()) {
        if (waiterOf(state, peer.person)?.deviceId === peer.device.id)
          doors.follow(meeting, { type: 'loseWaiter', person: peer.person, deviceId: peer.device.id });
      }
    },
    async recheck() {
      await Promise.all(
        doors.busy().map(async ({ meeting }) => reconsider((await book.find(meeting))?.meeting ?? meeting)),
      );
    },
    async restart() {
      await doorAndCall.reconcile(await doors.restart());
    },
    close() {
      doors.close();
      doorAndCall.close();
    },
  };
}

const accountsIn = ({ organizer, coOrganizers, presenters, invitees }: Meeting): readonly PersonKey[] => [
  ...new Set([
    organizer,
    ...coOrganizers,
    ...presenters,
    ...invitees.flatMap((invitee) => (invitee.kind === 'account' ? [invitee.person] : [])),
  ]),
];
