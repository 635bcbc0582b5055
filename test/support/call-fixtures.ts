import type { Placement } from '../../src/domain/annotation/types.ts';
import { apply } from '../../src/domain/call/apply.ts';
import type { Actor, CallCommand, HubCommand } from '../../src/domain/call/command.ts';
import { decide } from '../../src/domain/call/decide.ts';
import type { CallEvent, LoggedEvent } from '../../src/domain/call/event.ts';
import { initialCall } from '../../src/domain/call/initial.ts';
import type { RefusalCode } from '../../src/domain/call/refusal.ts';
import type { CallKind, CallState, MediaState, PersonKey } from '../../src/domain/call/state.ts';
import { documentedHoloLens2Profile } from '../../src/domain/registration/camera.ts';

const TENANT = '11111111-0000-4000-8000-000000000000';
export const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
export const DANA: PersonKey = `${TENANT}:${uuid(1)}`;
export const EVA: PersonKey = `${TENANT}:${uuid(2)}`;
export const FINN: PersonKey = `${TENANT}:${uuid(3)}`;
export const HEADSET = { id: uuid(101), kind: 'headset' } as const;
export const DESK = { id: uuid(102), kind: 'desk' } as const;
export const CALL_ID = uuid(900);

export const CAMERA_ON: MediaState = { audio: true, video: 'camera', problem: 'none' };
export const AUDIO_ONLY: MediaState = { audio: true, video: 'off', problem: 'none' };

export const dana: Actor = { kind: 'person', person: DANA, name: 'Dana Reyes', device: HEADSET };
export const eva: Actor = { kind: 'person', person: EVA, name: 'Eva Lind', device: DESK };
export const hub: Actor = { kind: 'hub' };

export const FRAME = { frameId: 7, captureTimeMs: 1_000, spaceEpoch: 1 } as const;
export const MARK = { shape: 'arrow', colour: 'red', points: [[0.5, 0.5]], aspect: 16 / 9 } as const;
export const PLACEMENT: Placement = {
  anchorId: uuid(500),
  anchorKind: 'anchor',
  anchorPose: { position: [0, 1, -1], orientation: [0, 0, 0, 1] },
  spaceEpoch: 1,
  geometry: { kind: 'arrow', tip: [0, 0, 0], towardsTail: [0, 0, 1], lengthM: 0.1 },
  depthSource: 'plane',
  quality: 'good',
};

/** A call that is driven by commands, as on the hub; its log is what `apply` saw. */
export function createCallDriver(callId = CALL_ID) {
  let state = initialCall(callId);
  const log: LoggedEvent[] = [];
  const record = (events: readonly CallEvent[]): void => {
    for (const event of events) {
      const logged = { seq: state.seq + 1, atMs: 1_000 + log.length, event };
      log.push(logged);
      state = apply(state, logged);
    }
  };
  return {
    state: (): CallState => state,
    log: (): readonly LoggedEvent[] => log,
    /** The events it made happen, or the code of the refusal. */
    do(command: CallCommand | HubCommand, actor: Actor): readonly CallEvent['type'][] | RefusalCode {
      const result = decide(state, command, actor);
      if (!result.ok) return result.refusal.code;
      record(result.value);
      return result.value.map((event) => event.type);
    },
  };
}

/** Dana's headset and Eva's desk, joined, the headset's camera described. */
export function joinedCall(kind: CallKind = 'meeting') {
  const call = createCallDriver();
  call.do({ type: 'create', kind, title: 'Pump 4 leaks', meetingId: null }, hub);
  call.do({ type: 'join', person: DANA, name: 'Dana Reyes', device: HEADSET, media: CAMERA_ON }, hub);
  call.do({ type: 'join', person: EVA, name: 'Eva Lind', device: DESK, media: AUDIO_ONLY }, hub);
  call.do({ type: 'describeCamera', camera: documentedHoloLens2Profile(), spaceEpoch: 1, tracking: true }, dana);
  return call;
}
