import { isDeepStrictEqual } from 'node:util';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { applyLobbyAll } from '../../domain/meeting/apply-lobby.ts';
import { decideLobby } from '../../domain/meeting/decide-lobby.ts';
import type { DoorCommand, LobbyCommand } from '../../domain/meeting/lobby-command.ts';
import type { LobbyContext } from '../../domain/meeting/lobby-context.ts';
import type { LobbyEvent } from '../../domain/meeting/lobby-event.ts';
import { initialLobby, type LobbyState } from '../../domain/meeting/lobby-state.ts';
import type { Caller, Meeting } from '../../domain/meeting/model.ts';
import { keepEverybody, nextDueMs } from '../../domain/meeting/sweep.ts';
import type { ReachWorld } from '../../domain/reach/model.ts';
import { createSerial } from '../calls/serial.ts';
import type { Clock } from '../clock.ts';
import { createInsistence } from '../insistence.ts';
import { isBusy, type KeptLobby, type MeetingRef, type MeetingStore } from '../store/meeting-store.ts';
import type { MeetingBook } from './book.ts';
import { meetingSettings } from './settings.ts';

/** What has happened at a door, stored already. */
export interface DoorChange {
  readonly meeting: Meeting;
  readonly before: LobbyState;
  readonly state: LobbyState;
  readonly events: readonly LobbyEvent[];
}

/** Who waits at the doors of meetings and who was let in: decided, stored, then told, one command of a door at a time. */
export interface Doors {
  /** Refuses with `not-found` for a meeting that there is not. */
  run(ref: MeetingRef, command: LobbyCommand): Promise<Result<DoorChange>>;
  /** What has happened already: where it cannot be stored now, later, and before anything else happens at that door. */
  follow(ref: MeetingRef, command: DoorCommand): void;
  state(ref: MeetingRef): Promise<LobbyState>;
  /** Doors at which somebody waits or has a seat. */
  busy(): readonly BusyDoor[];
  busyAt(meetingId: string): BusyDoor | undefined;
  /** For looking at a door; who is barred is asked only when something is decided there. */
  contextOf(meeting: Meeting): LobbyContext;
  /**
   * Once, at the start of the hub: everybody's place is kept.
   * @returns the doors as they were when the hub went
   */
  restart(): Promise<readonly KeptLobby[]>;
  close(): void;
}

export interface BusyDoor {
  /** As it was when something last happened at its door, or it was last changed. */
  readonly meeting: Meeting;
  readonly state: LobbyState;
}

/** Who of those that wait could not come in, if they were admitted now: the rules of reach keep them from somebody there. */
export type Barred = (
  meeting: Meeting,
  state: Pick<LobbyState, 'inside'>,
  /** As they are now. */
  waiting: readonly Caller[],
) => Promise<ReadonlySet<PersonKey>>;

export interface DoorsOptions {
  readonly store: Pick<MeetingStore, 'lobby' | 'busyLobbies' | 'keepLobby'>;
  readonly book: Pick<MeetingBook, 'find'>;
  readonly world: () => ReachWorld;
  readonly barred: Barred;
  readonly clock: Clock;
  /** Called in the order of what happens at each door. */
  readonly onChanged: (change: DoorChange) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Another hub on the same database can be quicker; more than a few times in a row means a fault. */
const ATTEMPTS = 4;
const NOBODY: ReadonlySet<PersonKey> = new Set();
/** The store was away. */
const RETRY_MS = 5_000;
/** Time enough for what is due to be past, whatever the timer's grain. */
const LATE_MS = 5;

interface OpenDoor extends BusyDoor {
  readonly kept: KeptLobby;
}

export function createDoors(options: DoorsOptions): Doors {
  const { store, book, world, clock, onChanged, onFailure } = options;
  const inTurn = createSerial();
  const open = new Map<string, OpenDoor>();
  const timers = new Map<string, () => void>();
  const owed = new Map<string, DoorCommand[]>();
  const retries = createInsistence(clock, onFailure);

  const contextOf = (meeting: Meeting): LobbyContext => ({
    meeting,
    settings: meetingSettings(world(), meeting.tid),
    guestAccess: world().tenant(meeting.tid)?.guests.enabled ?? false,
    barred: NOBODY,
    nowMs: clock.nowMs(),
  });
  const keptOf = async ({ tid, meetingId }: MeetingRef): Promise<KeptLobby> =>
    open.get(meetingId)?.kept ?? (await store.lobby(meetingId)) ?? { tid, state: initialLobby(meetingId), version: 0 };

  const sweepLater = (meeting: Meeting, ms: number): void => {
    const { meetingId } = meeting;
    timers.get(meetingId)?.();
    const sweep = (): void => {
      timers.delete(meetingId);
      run(meeting, { type: 'sweep' }).then(
        (swept) => {
          if (!swept.ok && swept.refusal.code === 'internal') sweepLater(meeting, RETRY_MS);
        },
        (error: unknown) => {
          onFailure(error);
          sweepLater(meeting, RETRY_MS);
        },
      );
    };
    timers.set(meetingId, clock.after(ms, sweep));
  };
  const watch = (meeting: Meeting, kept: KeptLobby): void => {
    const { meetingId } = meeting;
    timers.get(meetingId)?.();
    timers.delete(meetingId);
    if (isBusy(kept.state)) open.set(meetingId, { meeting, kept, state: kept.state });
    else open.delete(meetingId);
    const dueMs = nextDueMs(kept.state, contextOf(meeting));
    if (dueMs !== null) sweepLater(meeting, Math.max(0, dueMs - clock.nowMs()) + LATE_MS);
  };

  const attempt = async (meeting: Meeting, command: LobbyCommand): Promise<Result<DoorChange> | 'conflict'> => {
    const earlier = await keptOf(meeting);
    const { state: before, version } = earlier;
    const waiting = command.type === 'reconsider' ? command.callers : before.waiting.map(({ caller }) => caller);
    const barred = await options.barred(meeting, before, waiting);
    const decided = decideLobby(before, command, { ...contextOf(meeting), barred });
    if (!decided.ok) return decided;
    const events = decided.value;
    const state = applyLobbyAll(before, events);
    if (events.length > 0) {
      const kept = { tid: meeting.tid, state, version: version + 1 };
      if (!(await keep(store, kept))) return 'conflict';
      watch(meeting, kept);
    } else if (isBusy(before) && (command.type === 'reconsider' || !open.has(meeting.meetingId))) {
      // Nobody comes or goes by it; who decides here, and when it closes, may be new. So may what another hub has stored.
      watch(meeting, earlier);
    } else if (command.type === 'sweep') {
      // Due by the rules' own reckoning, and nothing came of it: not at once again.
      sweepLater(meeting, RETRY_MS);
    }
    const change = { meeting, before, state, events };
    if (events.length > 0) onChanged(change);
    return accept(change);
  };
  /** While a company's calendar does not answer, or knows a meeting no more, who is at a door already comes and goes by what was known of the meeting. */
  const meetingOf = async (ref: MeetingRef): Promise<Meeting | null> => {
    try {
      return (await book.find(ref))?.meeting ?? open.get(ref.meetingId)?.meeting ?? null;
    } catch (error) {
      const known = open.get(ref.meetingId)?.meeting;
      if (known === undefined) throw error;
      return known;
    }
  };
  const runNow = async (ref: MeetingRef, command: LobbyCommand): Promise<Result<DoorChange>> => {
    const meeting = await meetingOf(ref);
    if (meeting === null) return refuse('not-found', 'meeting');
    for (let round = 0; round < ATTEMPTS; round += 1) {
      const result = await attempt(meeting, command);
      if (result !== 'conflict') return result;
      open.delete(ref.meetingId);
    }
    return refuse('internal', 'the door kept changing');
  };
  /** Refuses where something is owed still: nobody comes in by a seat that was given up. */
  const settle = async (ref: MeetingRef): Promise<Result<null>> => {
    const waiting = owed.get(ref.meetingId) ?? [];
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const done = await runNow(ref, next);
      if (!done.ok && done.refusal.code === 'internal') return done;
      waiting.shift();
    }
    owed.delete(ref.meetingId);
    return accept(null);
  };
  const run = (ref: MeetingRef, command: LobbyCommand): Promise<Result<DoorChange>> =>
    inTurn(ref.meetingId, async () => {
      const settled = await settle(ref);
      return settled.ok ? runNow(ref, command) : settled;
    });
  /** Nobody's place is kept for longer where nothing is known of the meeting: it takes nothing but the clock. */
  const restartDoor = async (kept: KeptLobby): Promise<void> => {
    const { tid, version, state: before } = kept;
    const ref = { tid, meetingId: before.meetingId };
    const restarted = await run(ref, { type: 'restart' }).catch((error: unknown) => {
      onFailure(error);
      return refuse('internal');
    });
    if (restarted.ok) return;
    const state = applyLobbyAll(before, keepEverybody(before, clock.nowMs()));
    await store.keepLobby({ tid, state, version: version + 1 });
    // Whoever could not be asked about it answers later.
    if (restarted.refusal.code === 'internal') retries.insist(() => run(ref, { type: 'sweep' }));
  };

  return {
    run,
    follow(ref, command) {
      const waiting = owed.get(ref.meetingId) ?? [];
      waiting.push(command);
      owed.set(ref.meetingId, waiting);
      retries.insist(() => inTurn(ref.meetingId, () => settle(ref)));
    },
    state: async (ref) => (await keptOf(ref)).state,
    busy: () => [...open.values()],
    busyAt: (meetingId) => open.get(meetingId),
    contextOf,
    async restart() {
      const before = await store.busyLobbies();
      for (const kept of before) await restartDoor(kept);
      return before;
    },
    close() {
      retries.close();
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}

/** A store may have written although its answer was lost: what is there counts, so that everybody is told of it. */
async function keep(store: Pick<MeetingStore, 'lobby' | 'keepLobby'>, kept: KeptLobby): Promise<boolean> {
  try {
    return await store.keepLobby(kept);
  } catch (error) {
    const there = await store.lobby(kept.state.meetingId);
    if (there?.version === kept.version && isDeepStrictEqual(there.state, kept.state)) return true;
    throw error;
  }
}

/** Those whom the meeting's tenant cannot vouch for, and who were let in all the same. */
export const outsidersAmong = ({ inside }: Pick<LobbyState, 'inside'>): ReadonlySet<PersonKey> =>
  new Set(Object.entries(inside).flatMap(([person, { caller }]) => (caller.class === 'anonymous' ? [person] : [])));

export const outsidersAt = (door: BusyDoor | undefined): ReadonlySet<PersonKey> =>
  outsidersAmong(door?.state ?? { inside: {} });
