import { describe, expect, it } from 'vitest';
import { askAdding, mayCallOff } from '../../../src/client/call/adding.ts';
import type { CallKind } from '../../../src/domain/call/state.ts';
import {
  AUDIO_ONLY,
  createCallDriver,
  DANA,
  DESK,
  EVA,
  FINN,
  HEADSET,
  hub,
  uuid,
} from '../../support/call-fixtures.ts';
import { meeting } from '../../support/headset-views.ts';

const NOTHING = { state: 'ready', value: [] } as const;
const listed = (changes: Parameters<typeof meeting>[1]) =>
  ({ state: 'ready', value: [meeting('m', changes)] }) as const;

/** Dana alone in it, for now. */
function callOf(kind: CallKind) {
  const call = createCallDriver();
  call.do({ type: 'create', kind, title: '', meetingId: kind === 'meeting' ? 'm' : null }, hub);
  call.do({ type: 'join', person: DANA, name: 'Dana', device: HEADSET, media: AUDIO_ONLY }, hub);
  const ring = (person: string, from = DANA) => call.do({ type: 'ring', person, name: person, from }, hub);
  const join = (person: string) =>
    call.do({ type: 'join', person, name: person, device: DESK, media: AUDIO_ONLY }, hub);
  return { call, ring, join };
}

describe('adding people', () => {
  it('to a direct call is offered once two talk, until four are in it or rung', () => {
    const { call, ring, join } = callOf('direct');
    ring(EVA);
    expect(askAdding(call.state(), NOTHING)).toEqual({ offered: false });
    join(EVA);
    expect(askAdding(call.state(), NOTHING)).toEqual({ offered: true, refused: null });
    ring(FINN);
    ring(`${DANA.split(':')[0]}:${uuid(9)}`);
    expect(askAdding(call.state(), NOTHING)).toEqual({ offered: true, refused: 'call-full' });
  });

  it('to a meeting is offered from the first one on, as far as the meeting is known', () => {
    const { call, ring, join } = callOf('meeting');
    expect(askAdding(call.state(), NOTHING)).toEqual({ offered: true, refused: null });
    expect(askAdding(call.state(), listed({}))).toEqual({ offered: true, refused: null });
    const may = { edit: false, cancel: false, admit: false, invite: false, send: false, add: false };
    expect(askAdding(call.state(), listed({ may }))).toEqual({ offered: true, refused: 'outsiders-no-adding' });
    expect(askAdding(call.state(), listed({ may, kind: 'oneTime' }))).toEqual({ offered: false });
    for (const person of [EVA, FINN]) join(person);
    ring(`${DANA.split(':')[0]}:${uuid(9)}`);
    expect(askAdding(call.state(), { state: 'loading' })).toEqual({ offered: true, refused: 'meeting-full' });
  });
});

describe('one’s own ring', () => {
  it('can be called off alone where others are there, or the call goes on without anybody', () => {
    const direct = callOf('direct');
    direct.ring(EVA);
    expect(mayCallOff(direct.call.state(), DANA, EVA)).toBe(false);
    direct.join(EVA);
    direct.ring(FINN);
    expect(mayCallOff(direct.call.state(), DANA, FINN)).toBe(true);
    expect(mayCallOff(direct.call.state(), EVA, FINN)).toBe(false);
    expect(mayCallOff(direct.call.state(), DANA, EVA)).toBe(false);
    const inMeeting = callOf('meeting');
    inMeeting.ring(EVA);
    expect(mayCallOff(inMeeting.call.state(), DANA, EVA)).toBe(true);
  });
});
