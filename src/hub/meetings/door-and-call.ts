import { isIn } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { LobbyEvent } from '../../domain/meeting/lobby-event.ts';
import type { LobbyState } from '../../domain/meeting/lobby-state.ts';
import type { CallLog, Committed, Step } from '../calls/call-log.ts';
import type { OpenCall } from '../calls/open-calls.ts';
import type { Clock } from '../clock.ts';
import { createInsistence } from '../insistence.ts';
import type { KeptLobby } from '../store/meeting-store.ts';
import type { DoorChange, Doors } from './doors.ts';
import { callOfMeeting } from './joining-parts.ts';

/** What happens in a meeting's call has its consequence at the meeting's door, and the other way round; if not at once, then later. */
export interface DoorAndCall {
  /** Events of a call are stored: who came in, is away or has left. */
  committed(committed: Committed): void;
  /** Events of a door are stored: whose place is gone, or that the call is over. */
  changed(change: DoorChange): void;
  /**
   * After the hub was away: what it stored of the one and not any more of the other. Rejects when the store does.
   * @param before the doors as they were
   */
  reconcile(before: readonly KeptLobby[]): Promise<void>;
  close(): void;
}

export interface DoorAndCallOptions {
  readonly doors: Pick<Doors, 'follow' | 'run' | 'state'>;
  readonly log: Pick<CallLog, 'open' | 'run'>;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

const HUB = { kind: 'hub' } as const;

export function createDoorAndCall({ doors, log, clock, onFailure }: DoorAndCallOptions): DoorAndCall {
  const calls = createInsistence(clock, onFailure);
  const inCall = ({ record }: OpenCall, steps: readonly Step[]): void =>
    calls.insist(() => log.run(record.callId, steps, null));

  return {
    committed({ call, events }) {
      const { tid, meetingId } = call.record;
      if (meetingId === null) return;
      const ref = { tid, meetingId };
      for (const { event } of events) {
        if (event.type === 'joined' || event.type === 'connectionBack')
          doors.follow(ref, { type: 'enter', person: event.person });
        // Who is lost keeps the place until its time is over, which the door itself sees.
        const isLost = event.type === 'left' && event.reason === 'lost';
        if (isLost || event.type === 'connectionLost') doors.follow(ref, { type: 'drop', person: event.person });
        if (event.type === 'left' && !isLost) doors.follow(ref, { type: 'leave', person: event.person });
      }
    },
    changed({ meeting, events }) {
      const call = callOfMeeting(log, meeting);
      const isThere = (person: PersonKey): boolean => isIn(call?.state.participants[person]);
      for (const event of events) {
        // Out again in that very moment: the place is kept as for everybody who is lost, and no longer.
        if (event.type === 'entered' && !isThere(event.person))
          doors.follow(meeting, { type: 'drop', person: event.person });
        if (call === undefined) continue;
        const isOver = event.type === 'callEnded' || (event.type === 'wentOut' && event.reason === 'over');
        if (isOver) inCall(call, [{ actor: HUB, command: { type: 'end' } }]);
        else if (event.type === 'wentOut' && isThere(event.person)) inCall(call, goingFrom(event));
      }
    },
    async reconcile(before) {
      for (const { tid, state } of before) {
        const ref = { tid, meetingId: state.meetingId };
        const call = callOfMeeting(log, ref);
        for (const person of goneFrom(state, call)) await doors.run(ref, { type: 'leave', person });
      }
      for (const call of log.open.all()) {
        const { tid, meetingId } = call.record;
        if (meetingId === null) continue;
        const state = await doors.state({ tid, meetingId });
        if (state.ended) inCall(call, [{ actor: HUB, command: { type: 'end' } }]);
        for (const person of withoutSeat(state, call)) inCall(call, losing(person));
      }
    },
    close: () => calls.close(),
  };
}

/** Of who has left the place is gone too: they may be in again by a second page that was on its way in meanwhile. */
const goingFrom = ({ person, reason }: Extract<LobbyEvent, { type: 'wentOut' }>): readonly Step[] =>
  reason === 'denied' ? [{ actor: HUB, command: { type: 'remove', person } }] : losing(person);

/** Also of somebody who was back in that very moment: the place is gone, and with it what let them in. */
export const losing = (person: PersonKey): readonly Step[] => [
  { actor: HUB, command: { type: 'loseConnection', person } },
  { actor: HUB, command: { type: 'giveUpOn', person } },
];

/** Who was in when the hub went, and has left. Who was let in and not there yet still may come. */
const goneFrom = ({ inside }: LobbyState, call: OpenCall | undefined): readonly PersonKey[] =>
  Object.entries(inside).flatMap(([person, seat]) =>
    seat.state === 'in' && !isIn(call?.state.participants[person]) ? [person] : [],
  );

/** Nobody has let them in, or their place is gone. */
const withoutSeat = ({ inside }: LobbyState, { state }: OpenCall): readonly PersonKey[] =>
  Object.values(state.participants).flatMap((one) =>
    isIn(one) && inside[one.person] === undefined ? [one.person] : [],
  );
