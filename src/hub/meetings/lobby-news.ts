import type { PersonKey } from '../../domain/call/state.ts';
import { admitters, mayAdmit } from '../../domain/meeting/admitting.ts';
import { initialLobby, type LobbyState, type Waiter, waiterOf } from '../../domain/meeting/lobby-state.ts';
import { lobbyList, lobbyPlace } from '../../domain/meeting/lobby-view.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import { decideReach } from '../../domain/reach/decide.ts';
import type { Account, ReachAction, ReachWorld } from '../../domain/reach/model.ts';
import type { LobbyNews, LobbyPlaceNews } from '../../protocol/meetings.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory/directory.ts';
import type { Online } from '../people/online.ts';
import type { Peer } from '../people/peer.ts';
import type { Accounts } from '../reach/accounts.ts';
import { REACH_OF_MESSAGE } from '../reach/rules-of-methods.ts';
import type { DoorChange, Doors } from './doors.ts';
import type { Visitors } from './visitors.ts';

/** Tells those who may admit who waits, and everybody who waits of the own place. */
export interface LobbyTeller {
  changed(change: DoorChange): void;
  /** Who decides at a door may be others now, whether or not anything has happened there. */
  refresh(meeting: Meeting): void;
  /** A page has come: what it missed. */
  arrived(peer: Peer): void;
}

export interface LobbyTellerOptions {
  readonly doors: Pick<Doors, 'busy' | 'busyAt' | 'contextOf'>;
  readonly online: Online;
  readonly accounts: Accounts;
  readonly visitors: Pick<Visitors, 'see'>;
  readonly directory: Pick<Directory, 'person'>;
  readonly world: () => ReachWorld;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

export function createLobbyTeller(options: LobbyTellerOptions): LobbyTeller {
  const { doors, online, onFailure } = options;
  const pending = new Map<string, Meeting>();
  const screens = createScreens(options);

  /** Made of what the door is like once it is its turn: of many changes at once the last one is told. */
  const tellSoon = (meeting: Meeting): void => {
    const isWaiting = pending.has(meeting.meetingId);
    pending.set(meeting.meetingId, meeting);
    if (isWaiting) return;
    void Promise.resolve()
      .then(async () => {
        const latest = pending.get(meeting.meetingId) ?? meeting;
        pending.delete(meeting.meetingId);
        screens.clear(latest, pagesAt(latest, doors, online));
        await Promise.all(pagesAt(latest, doors, online).map((peer) => screens.show(latest, peer)));
      })
      .catch(onFailure);
  };

  return {
    changed(change) {
      tellPlaces(options, change);
      tellSoon(change.meeting);
    },
    refresh: tellSoon,
    arrived(peer) {
      for (const { meeting, state } of doors.busy()) {
        tellOwnPlace(options, { meeting, state }, peer);
        if (pagesAt(meeting, doors, online).includes(peer)) screens.show(meeting, peer).catch(onFailure);
      }
    },
  };
}

/** Which pages show that somebody waits: whoever is none of those who are told any more must not go on seeing them. */
interface Screens {
  show(meeting: Meeting, peer: Peer): Promise<void>;
  clear(meeting: Meeting, rightful: readonly Peer[]): void;
}

function createScreens(options: LobbyTellerOptions): Screens {
  const { online } = options;
  const showing = new Map<string, Set<Peer>>();
  return {
    async show(meeting, peer) {
      const { meetingId } = meeting;
      const pages = showing.get(meetingId) ?? new Set();
      showing.set(meetingId, pages.add(peer));
      await tellDoor(options, meeting, peer);
    },
    clear({ meetingId, title, kind }, rightful) {
      for (const peer of showing.get(meetingId) ?? []) {
        const isThere = online.of(peer.person).includes(peer);
        if (!isThere || rightful.includes(peer)) continue;
        peer.send('lobby', { meetingId, title, kind, entries: [], mayAdmit: false, admitters: [] });
      }
      // Whoever is told next stands there again.
      showing.delete(meetingId);
    },
  };
}

/** Pages of those whose role it is, and headsets of the company's people in the meeting, which show who waits. */
function pagesAt(meeting: Meeting, doors: Pick<Doors, 'busyAt'>, online: Online): readonly Peer[] {
  const inside = Object.values(doors.busyAt(meeting.meetingId)?.state.inside ?? {});
  const wearers = inside
    .filter(({ caller, state }) => state === 'in' && (caller.class === 'member' || caller.class === 'organizer'))
    .flatMap(({ caller }) => online.of(caller.person).filter(({ device }) => device.kind === 'headset'));
  return [...new Set([...admitters(meeting).flatMap((person) => online.of(person)), ...wearers])];
}

async function tellDoor(options: LobbyTellerOptions, meeting: Meeting, peer: Peer): Promise<void> {
  const { doors, accounts, visitors, clock } = options;
  const { meetingId, title, kind } = meeting;
  const self = await accounts.of(peer);
  const caller = await visitors.see(peer, meeting);
  // Read last, so that what is told is never older than what was told before.
  const state = doors.busyAt(meetingId)?.state ?? initialLobby(meetingId);
  const shown = await shownTo(options, self, state);
  const news: LobbyNews = {
    meetingId,
    title,
    kind,
    entries: lobbyList(state, clock.nowMs()).filter(({ person }) => shown.has(person)),
    mayAdmit: mayAdmit({ caller, device: peer.device.kind }, meeting, doors.contextOf(meeting).settings).ok,
    admitters: await namesOf(options, self, admitters(meeting)),
  };
  // While the names were looked up, the role may have gone to somebody else.
  if (pagesAt(doors.busyAt(meetingId)?.meeting ?? meeting, doors, options.online).includes(peer)) {
    peer.send('lobby', news);
  }
}

/** Nobody hears of people at a door with whom they may not be in a meeting. */
async function shownTo(
  { accounts, world }: LobbyTellerOptions,
  self: Account,
  { waiting }: LobbyState,
): Promise<ReadonlySet<PersonKey>> {
  const outsiders = waiting.filter(({ caller }) => caller.class === 'anonymous').map(keyOf);
  const known = await accounts.present(waiting.filter(({ caller }) => caller.class !== 'anonymous').map(keyOf));
  const action = REACH_OF_MESSAGE.lobby satisfies ReachAction;
  const together = known.filter(
    (other) => decideReach(world(), { action, actor: self, target: null, present: [other], place: 'meeting' }).allowed,
  );
  return new Set([...outsiders, ...together.map(({ key }) => key)]);
}

const keyOf = ({ caller }: Waiter): PersonKey => caller.person;

async function namesOf(
  { directory, world }: LobbyTellerOptions,
  self: Account,
  people: readonly PersonKey[],
): Promise<readonly string[]> {
  const known = await Promise.all(people.map((person) => directory.person(person)));
  return known.flatMap((person) => {
    if (person === null) return [];
    const question = { action: 'find', actor: self, target: person.account, present: [], place: 'none' } as const;
    return decideReach(world(), question).allowed ? [person.name] : [];
  });
}

function tellPlaces({ online, clock }: LobbyTellerOptions, { meeting, before, state, events }: DoorChange): void {
  const { meetingId } = meeting;
  const tell = (person: PersonKey, waiter: Waiter | undefined, news: LobbyPlaceNews): void => {
    if (waiter !== undefined) pageOf(online, person, waiter.deviceId)?.send('lobbyPlace', news);
  };
  for (const event of events) {
    switch (event.type) {
      case 'letIn':
        tell(event.caller.person, waiterOf(before, event.caller.person), { meetingId, state: 'admitted' });
        break;
      case 'turnedAway':
        tell(event.person, waiterOf(before, event.person), { meetingId, state: 'turnedAway', code: event.code });
        break;
      case 'placeKept': {
        const waiter = waiterOf(before, event.person);
        if (waiter?.deviceId !== event.deviceId) tell(event.person, waiter, { meetingId, state: 'takenOver' });
        break;
      }
      default:
        break;
    }
  }
  for (const waiter of state.waiting) {
    const { person } = waiter.caller;
    const place = lobbyPlace(state, person, clock.nowMs());
    const earlier = lobbyPlace(before, person, clock.nowMs());
    const isNews = earlier?.number !== place?.number || waiterOf(before, person)?.deviceId !== waiter.deviceId;
    if (place !== null && isNews) tell(person, waiter, { meetingId, state: 'waiting', place });
  }
}

/** A page that was away while it was let in, or while others went before it. */
function tellOwnPlace(
  { clock }: LobbyTellerOptions,
  { meeting, state }: Pick<DoorChange, 'meeting' | 'state'>,
  peer: Peer,
): void {
  const { meetingId } = meeting;
  const waiter = waiterOf(state, peer.person);
  const place = lobbyPlace(state, peer.person, clock.nowMs());
  if (waiter?.deviceId === peer.device.id && place !== null) {
    peer.send('lobbyPlace', { meetingId, state: 'waiting', place });
  }
  if (state.inside[peer.person]?.state === 'entering') peer.send('lobbyPlace', { meetingId, state: 'admitted' });
}

const pageOf = (online: Online, person: PersonKey, deviceId: string): Peer | undefined =>
  online.of(person).find(({ device }) => device.id === deviceId && online.onDevice(person, device)?.device === device);
