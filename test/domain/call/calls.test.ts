import { describe, expect, it } from 'vitest';
import { audience } from '../../../src/domain/call/queries.ts';
import {
  AUDIO_ONLY,
  CAMERA_ON,
  createCallDriver,
  DANA,
  DESK,
  dana,
  EVA,
  eva,
  FINN,
  HEADSET,
  hub,
  joinedCall,
  uuid,
} from '../../support/call-fixtures.ts';

const deskOf = (id: string) =>
  ({ kind: 'person', person: EVA, name: 'Eva Lind', device: { id, kind: 'desk' } }) as const;

function ringing() {
  const call = createCallDriver();
  call.do({ type: 'create', kind: 'direct', title: '', meetingId: null }, hub);
  call.do({ type: 'join', person: DANA, name: 'Dana Reyes', device: HEADSET, media: CAMERA_ON }, hub);
  call.do({ type: 'ring', person: EVA, name: 'Eva Lind', from: DANA }, hub);
  return call;
}

describe('a direct call', () => {
  it('rings, is answered, and is open for both', () => {
    const call = ringing();
    expect(audience(call.state())).toEqual([DANA, EVA]);
    expect(call.do({ type: 'answer', media: AUDIO_ONLY }, eva)).toEqual(['joined']);
    expect(call.state().participants[EVA]).toMatchObject({ state: 'joined', device: DESK, media: AUDIO_ONLY });
  });

  it('holds four people at most, those who are rung included [SPEC 4.6]', () => {
    const call = ringing();
    const ringNumber = (n: number) =>
      call.do({ type: 'ring', person: `${DANA.split(':')[0]}:${uuid(n)}`, name: `Person ${n}`, from: DANA }, hub);
    expect([ringNumber(10), ringNumber(11)]).toEqual([['rang'], ['rang']]);
    expect(ringNumber(11)).toEqual([]);
    expect(ringNumber(12)).toBe('call-full');
    call.do({ type: 'ringTimedOut', person: `${DANA.split(':')[0]}:${uuid(10)}` }, hub);
    expect(ringNumber(12)).toEqual(['rang']);
  });

  it('is called off for one person alone by whoever rings them, while they ring [SPEC 4.7]', () => {
    const call = ringing();
    call.do({ type: 'answer', media: AUDIO_ONLY }, eva);
    call.do({ type: 'ring', person: FINN, name: 'Finn Moe', from: DANA }, hub);
    expect(call.do({ type: 'callOff', person: FINN }, eva)).toBe('out-of-turn');
    expect(call.do({ type: 'callOff', person: FINN }, dana)).toEqual(['left']);
    expect(call.log().at(-1)?.event).toEqual({ type: 'left', person: FINN, reason: 'cancelled' });
    expect(call.do({ type: 'callOff', person: FINN }, dana)).toBe('not-ringing');
    expect(call.do({ type: 'callOff', person: EVA }, dana)).toBe('not-ringing');
    expect(call.state().phase).toBe('open');
  });

  it('ends when the only one who is rung is called off', () => {
    const call = ringing();
    expect(call.do({ type: 'callOff', person: EVA }, dana)).toEqual(['left', 'left', 'ended']);
    expect(call.log().at(-1)?.event).toEqual({ type: 'ended', reason: 'cancelled' });
  });

  it('is answered on one device only: the second hears that it is taken', () => {
    const call = ringing();
    call.do({ type: 'answer', media: AUDIO_ONLY }, eva);
    expect(call.do({ type: 'answer', media: AUDIO_ONLY }, deskOf(uuid(103)))).toBe('already-in-call');
    expect(call.do({ type: 'answer', media: AUDIO_ONLY }, eva)).toEqual([]);
  });

  it('ends with "missed" when nobody answers, for the caller too [SPEC 4.2]', () => {
    const call = ringing();
    expect(call.do({ type: 'ringTimedOut', person: EVA }, hub)).toEqual(['left', 'left', 'ended']);
    expect(call.state().phase).toBe('ended');
    expect(call.log().at(-1)?.event).toEqual({ type: 'ended', reason: 'missed' });
    expect(call.do({ type: 'ringTimedOut', person: EVA }, hub)).toBe('call-ended');
  });

  it.each(['declined', 'busy'] as const)('ends with "%s" when the other side says so', (reason) => {
    const call = ringing();
    call.do({ type: 'decline', reason }, eva);
    expect(call.log().at(-1)?.event).toEqual({ type: 'ended', reason });
  });

  it('ends with "cancelled" when the caller gives up before an answer, and tells who was rung', () => {
    const call = ringing();
    call.do({ type: 'leave' }, dana);
    expect(
      call
        .log()
        .slice(-3)
        .map((logged) => logged.event),
    ).toEqual([
      { type: 'left', person: DANA, reason: 'left' },
      { type: 'left', person: EVA, reason: 'cancelled' },
      { type: 'ended', reason: 'cancelled' },
    ]);
  });

  it('ends when one side leaves, and nothing is accepted afterwards [SPEC 4.5]', () => {
    const call = joinedCall('direct');
    call.do({ type: 'leave' }, eva);
    expect(call.state().phase).toBe('ended');
    expect(call.do({ type: 'setMedia', media: CAMERA_ON }, dana)).toBe('call-ended');
  });

  it('cannot be answered by somebody who is not rung', () => {
    const call = ringing();
    const finn = { kind: 'person', person: FINN, name: 'Finn', device: DESK } as const;
    expect(call.do({ type: 'answer', media: AUDIO_ONLY }, finn)).toBe('not-ringing');
    expect(call.do({ type: 'decline', reason: 'declined' }, finn)).toBe('not-ringing');
  });
});

describe('a meeting', () => {
  it('goes on while somebody is in it and ends with the last [SPEC 4.5]', () => {
    const call = joinedCall('meeting');
    expect(call.do({ type: 'leave' }, eva)).toEqual(['left']);
    expect(call.do({ type: 'leave' }, dana)).toEqual(['left', 'ended']);
  });

  it('lets a person come back who has left', () => {
    const call = joinedCall('meeting');
    call.do({ type: 'leave' }, eva);
    expect(call.do({ type: 'join', person: EVA, name: 'Eva Lind', device: DESK, media: AUDIO_ONLY }, hub)).toEqual([
      'joined',
    ]);
  });

  it('moves to a second device of the same person, and the first has no say any more [SPEC 3.7]', () => {
    const call = joinedCall('meeting');
    const second = { id: uuid(104), kind: 'desk' } as const;
    call.do({ type: 'join', person: EVA, name: 'Eva Lind', device: second, media: AUDIO_ONLY }, hub);
    expect(call.state().participants[EVA]?.device).toEqual(second);
    expect(call.do({ type: 'undo' }, eva)).toBe('not-in-call');
  });
});

describe('a connection that goes', () => {
  it('shows as reconnecting and comes back from the same device', () => {
    const call = joinedCall();
    expect(call.do({ type: 'loseConnection', person: DANA }, hub)).toEqual(['connectionLost']);
    expect(call.state().participants[DANA]?.state).toBe('reconnecting');
    expect(call.do({ type: 'loseConnection', person: DANA }, hub)).toEqual([]);
    expect(call.do({ type: 'restoreConnection', person: DANA, device: DESK }, hub)).toBe('not-in-call');
    expect(call.do({ type: 'restoreConnection', person: DANA, device: HEADSET }, hub)).toEqual(['connectionBack']);
    expect(call.state().participants[DANA]).toMatchObject({ state: 'joined', device: HEADSET });
  });

  it('is given up on only while it is away', () => {
    const call = joinedCall('direct');
    expect(call.do({ type: 'giveUpOn', person: DANA }, hub)).toEqual([]);
    call.do({ type: 'loseConnection', person: DANA }, hub);
    call.do({ type: 'giveUpOn', person: DANA }, hub);
    expect(call.log().at(-1)?.event).toEqual({ type: 'ended', reason: 'lost' });
  });
});

describe('who may say what', () => {
  it('takes the hub-only commands from nobody else [SPEC 3.6]', () => {
    const call = joinedCall();
    expect(call.do({ type: 'remove', person: DANA }, eva)).toBe('out-of-turn');
    expect(call.do({ type: 'join', person: FINN, name: 'Finn', device: DESK, media: AUDIO_ONLY }, eva)).toBe(
      'out-of-turn',
    );
  });

  it('takes nothing from outsiders', () => {
    const call = joinedCall();
    const finn = { kind: 'person', person: FINN, name: 'Finn', device: DESK } as const;
    expect(call.do({ type: 'eraseAll' }, finn)).toBe('not-in-call');
  });

  it('removes somebody who may no longer be here, with the reason', () => {
    const call = joinedCall('direct');
    call.do({ type: 'remove', person: EVA }, hub);
    expect(call.log().at(-1)?.event).toEqual({ type: 'ended', reason: 'not-allowed' });
  });

  it('freezes only a headset picture that is live and tracked', () => {
    const call = joinedCall();
    const frame = { frameId: 1, captureTimeMs: 5, spaceEpoch: 1 };
    expect(call.do({ type: 'startEditing', target: EVA, frame }, dana)).toBe('headset-gone');
    expect(call.do({ type: 'startEditing', target: DANA, frame }, eva)).toEqual(['editingStarted']);
    expect(call.state().editing[EVA]).toEqual({ target: DANA, frame });
    expect(call.do({ type: 'stopEditing' }, eva)).toEqual(['editingStopped']);
    expect(call.do({ type: 'stopEditing' }, eva)).toEqual([]);
    call.do({ type: 'setMedia', media: AUDIO_ONLY }, dana);
    expect(call.do({ type: 'startEditing', target: DANA, frame }, eva)).toBe('video-off');
  });
});
