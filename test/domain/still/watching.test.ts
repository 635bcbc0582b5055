import { describe, expect, it } from 'vitest';
import type { ImageMark } from '../../../src/domain/annotation/types.ts';
import { initialCall, NO_MEDIA } from '../../../src/domain/call/initial.ts';
import type { CallState, Participant } from '../../../src/domain/call/state.ts';
import {
  doubt,
  followCall,
  GIVE_UP_MS,
  hearMarks,
  hearOver,
  hearStill,
  listen,
  NOTHING_SHOWN,
  QUIET_MS,
  sendAway,
} from '../../../src/domain/still/watching.ts';

const person = (key: string, more: Partial<Participant> = {}): Participant => ({
  person: key,
  name: key,
  state: 'joined',
  rungBy: null,
  device: { id: `${key}-desk`, kind: 'desk' },
  media: NO_MEDIA,
  camera: null,
  spaceEpoch: 0,
  tracking: false,
  ...more,
});
const callOf = (...people: readonly Participant[]): CallState => ({
  ...initialCall('c'),
  phase: 'open',
  participants: Object.fromEntries(people.map((one) => [one.person, one])),
});
const CALL = callOf(person('agent'), person('other'));
const MARKS: readonly ImageMark[] = [{ shape: 'arrow', colour: 'red', points: [[0.5, 0.5]], aspect: 1 }];
const of = (stillId: string, from = 'agent', nowMs = 0) => ({ from, stillId, nowMs });
const SHOWN = hearStill(NOTHING_SHOWN, CALL, of('a'));

describe('a still of one’s own camera [SPEC 8.9]', () => {
  it('takes marks and its end from whoever sent it alone', () => {
    expect(hearMarks(SHOWN, of('a'), MARKS).shown?.marks).toBe(MARKS);
    expect(hearMarks(SHOWN, of('a', 'other'), MARKS)).toBe(SHOWN);
    expect(hearOver(SHOWN, of('a', 'other'))).toBe(SHOWN);
    expect(hearOver(SHOWN, of('a')).shown).toBeNull();
  });

  it('is over when its author’s page was loaded anew, and says so without knowing which', () => {
    expect(hearOver(SHOWN, { from: 'agent', stillId: null }).shown).toBeNull();
    expect(hearOver(SHOWN, { from: 'other', stillId: null })).toBe(SHOWN);
  });

  it('does not come back with what is late: neither after its end, nor after an end that came first, nor when it was sent away', () => {
    expect(hearStill(hearOver(SHOWN, of('a')), CALL, of('a')).shown).toBeNull();
    expect(hearStill(hearOver(NOTHING_SHOWN, of('a')), CALL, of('a')).shown).toBeNull();
    expect(hearStill(sendAway(SHOWN), CALL, of('a')).shown).toBeNull();
    expect(hearMarks(sendAway(SHOWN), of('a'), MARKS).shown).toBeNull();
  });

  it('keeps its marks when the picture is sent again, and has none of another’s', () => {
    const marked = hearMarks(SHOWN, of('a'), MARKS);
    expect(hearStill(marked, CALL, of('a')).shown?.marks).toBe(MARKS);
    expect(hearStill(marked, CALL, of('b')).shown?.marks).toEqual([]);
  });

  it('is taken from nobody who is not in the call', () => {
    const gone = callOf(person('agent', { state: 'left', device: null }));
    expect(hearStill(NOTHING_SHOWN, gone, of('a')).shown).toBeNull();
    expect(hearStill(NOTHING_SHOWN, CALL, of('a', 'stranger')).shown).toBeNull();
  });

  it('is over when its author leaves, or goes on with another page, e.g. on a headset', () => {
    expect(followCall(SHOWN, CALL)).toBe(SHOWN);
    expect(followCall(SHOWN, callOf(person('agent', { state: 'left', device: null }))).shown).toBeNull();
    const onHeadset = person('agent', { device: { id: 'hl2', kind: 'headset' } });
    expect(followCall(SHOWN, callOf(onHeadset)).shown).toBeNull();
  });
});

describe('a still of which nothing is heard', () => {
  it('is asked about after a while, and given up when no answer comes', () => {
    expect(listen(SHOWN, QUIET_MS - 1)).toBe('fine');
    expect(listen(SHOWN, QUIET_MS)).toBe('ask');
    expect(listen(hearMarks(SHOWN, of('a', 'agent', QUIET_MS), MARKS), QUIET_MS + 1)).toBe('fine');
    expect(listen(SHOWN, GIVE_UP_MS)).toBe('giveUp');
  });

  it('stays while its author’s connection is away, and has time to answer after it', () => {
    const away = followCall(SHOWN, callOf(person('agent', { state: 'reconnecting' })));
    expect(listen(away, 2 * GIVE_UP_MS)).toBe('fine');
    const back = doubt(followCall(away, CALL), 2 * GIVE_UP_MS);
    expect(listen(back, 2 * GIVE_UP_MS)).toBe('ask');
    expect(listen(back, 3 * GIVE_UP_MS - QUIET_MS)).toBe('giveUp');
  });

  it('is nothing to ask about when none is shown', () => {
    expect(listen(NOTHING_SHOWN, 10 * GIVE_UP_MS)).toBe('fine');
  });
});
