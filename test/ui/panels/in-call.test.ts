import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../../src/domain/call/refusal.ts';
import type { CallView } from '../../../src/ui/panels/view.ts';
import { inCall, ROOM, view } from '../../support/headset-views.ts';
import { controlOf, itemOf, namesOf, panelOf, panelsOf, wordsOf } from '../../support/panel-readers.ts';

describe('the tools of a call', () => {
  it('stand in the same order every time', () => {
    expect(namesOf(panelOf(inCall({}), 'tools'))).toEqual([
      'Mute',
      'Start Video',
      'Arrow',
      'Ink',
      'Colors: Red',
      'Undo',
      'Erase all',
      'Pin',
      'End Call',
    ]);
  });

  it.each([
    [
      'mute',
      { media: { muted: true, microphoneProblem: 'none', video: 'off', cameraProblem: 'none' } },
      { name: 'Unmute', pressed: true },
    ],
    [
      'mute',
      { media: { muted: true, microphoneProblem: 'denied', video: 'off', cameraProblem: 'none' } },
      { disabled: 'The browser does not allow the microphone. Others can’t hear you.' },
    ],
    [
      'video',
      { media: { muted: false, microphoneProblem: 'none', video: 'live', cameraProblem: 'none' } },
      { name: 'Stop Video' },
    ],
    [
      'video',
      { media: { muted: false, microphoneProblem: 'none', video: 'starting', cameraProblem: 'none' } },
      { busy: true },
    ],
    ['ink', { tool: 'ink' }, { pressed: true, command: { type: 'selectTool', tool: 'none' } }],
    ['arrow', { tool: 'ink' }, { pressed: false, command: { type: 'selectTool', tool: 'arrow' } }],
    ['undo', { canUndo: false }, { disabled: 'Nothing of yours to undo yet.' }],
    ['erase-all', { canErase: false }, { disabled: 'Nothing of yours to erase yet.' }],
    ['end-call', { ending: true }, { busy: true, look: 'danger' }],
    ['colours', { coloursOpen: true }, { expanded: true, swatch: 'red' }],
  ] as const)('%s with %o', (key, call, expected) => {
    expect(controlOf(panelOf(inCall(call), 'tools'), key)).toMatchObject(expected);
  });

  it('draw only in the room, and say so on the page', () => {
    const panel = panelOf(inCall({}, { room: { ...ROOM, state: 'ready' } }), 'tools');
    expect(controlOf(panel, 'ink')).toMatchObject({ disabled: 'Enter mixed reality to draw in the room.' });
  });

  it('offer five colours, of which one is chosen', () => {
    const choices = itemOf(panelOf(inCall({ coloursOpen: true, colour: 'green' }), 'tools'), 'choices', 'colours');
    expect(choices.options.map((one) => [one.name, one.pressed])).toEqual([
      ['Blue', false],
      ['Gray', false],
      ['Green', true],
      ['Red', false],
      ['Yellow', false],
    ]);
  });
});

describe('what the wearer is told', () => {
  const media = { muted: false, microphoneProblem: 'none', video: 'off', cameraProblem: 'none' } as const;

  it('the camera is live exactly while its track is', () => {
    const shows = (video: 'off' | 'starting' | 'live') =>
      panelsOf(inCall({ media: { ...media, video } })).some((one) => one.id === 'camera-live');
    expect([shows('off'), shows('starting'), shows('live')]).toEqual([false, false, true]);
  });

  it.each([
    [{ online: false }, {}, 'No network. Everything comes back by itself.'],
    [{ connection: 'reconnecting' }, {}, 'Reconnecting to the hub…'],
    [{}, { editing: ['Eva Lind'] }, 'Eva Lind is editing on the desk'],
    [{}, { hasApproximate: true }, 'Some marks stand at an approximate place.'],
    [{}, { hasStale: true }, 'Some marks lost their place. Look around slowly.'],
    [{}, { tracking: false }, 'The headset lost its place. Look around slowly.'],
    [{}, { quality: 'poor' }, 'The connection is poor. Video may stop for a while.'],
    [{}, { signInHeld: true }, 'Your sign-in ended. It lasts for this call only.'],
    [
      {},
      { media: { ...media, cameraProblem: 'denied' } },
      'The browser does not allow the camera. The call goes on with audio.',
    ],
    [{}, { media: { ...media, video: 'starting' } }, 'Starting the camera…'],
    [{}, { snapshotSent: true }, 'Sent a snapshot.'],
  ] as const)('%o %o', (rest, call, words) => {
    expect(wordsOf(panelOf(inCall(call, rest), 'notices'))).toContain(words);
  });

  describe('of the way to somebody', () => {
    const finn = {
      person: 'f',
      name: 'Finn Moe',
      isMe: false,
      strange: null,
      muted: false,
      video: 'off',
      problem: 'none',
      mayCallOff: false,
    } as const;
    const said = (state: 'ringing' | 'joined' | 'reconnecting', noPath: boolean, rest: Partial<CallView> = {}) =>
      wordsOf(panelOf(inCall({ ...rest, participants: [{ ...finn, state, noPath }] }), 'notices'));
    const NO_PATH = 'No path for video with Finn Moe. Ask your network’s owner to open UDP or TURN.';

    it('that it is being tried again', () => {
      expect(said('reconnecting', false)).toEqual(['Finn Moe is reconnecting']);
    });

    it('that there is none, what to do, and what goes on working', () => {
      expect(said('joined', true)).toEqual([NO_PATH, 'Experts can ask for snapshots instead.']);
    });

    it('that there is none rather than that it is tried again', () => {
      expect(said('reconnecting', true)).not.toContain('Finn Moe is reconnecting');
    });

    it('that there is none, though the own camera has a problem too', () => {
      expect(said('joined', true, { media: { ...media, cameraProblem: 'denied' } })).toContain(NO_PATH);
    });
  });

  it('nothing, when all is well', () => {
    expect(panelsOf(inCall({})).map((one) => one.id)).toEqual(['people', 'tools', 'enter']);
  });

  it('at most two lines at once, the most pressing first', () => {
    const all = {
      hasApproximate: true,
      hasStale: true,
      tracking: false,
      quality: 'poor',
      editing: ['Eva Lind'],
    } as const;
    const words = wordsOf(panelOf(inCall(all, { online: false }), 'notices'));
    expect(words).toEqual([
      'No network. Everything comes back by itself.',
      'The headset lost its place. Look around slowly.',
    ]);
  });

  it.each(REFUSALS)('why %s was refused, with the code kept aside', (code) => {
    const panel = panelOf(view({ notice: { kind: 'refusal', refusal: { code, reference: 'K7QXM2PD' } } }), 'notices');
    const text = itemOf(panel, 'text', 'refused');
    expect([text.detail, text.reference]).toEqual([code, 'K7QXM2PD']);
    expect(text.text).not.toContain(code.includes('-') ? code : '\u0000');
    expect(controlOf(panel, 'dismiss').command).toEqual({ type: 'dismissNotice' });
  });

  it.each([
    ['declined', 'Eva declined the call.'],
    ['missed', 'Eva did not answer.'],
    ['busy', 'Eva is in another call.'],
    ['ended', 'The call has ended.'],
    ['cancelled', 'The call has ended.'],
    ['lost', 'The connection was lost for too long. Call again.'],
    ['not-allowed', 'Company rules changed and ended this call. Ask your administrator.'],
  ] as const)('how the call ended: %s', (reason, words) => {
    expect(wordsOf(panelOf(view({ notice: { kind: 'call-over', reason, name: 'Eva' } }), 'notices'))).toContain(words);
  });

  it.each([
    ['declined', 'Yuki declined the call.'],
    ['missed', 'Yuki did not answer.'],
    ['busy', 'Yuki is in another call.'],
    ['not-allowed', 'Company rules changed, and Yuki had to leave.'],
  ] as const)('why somebody is not in the call that goes on: %s', (reason, words) => {
    const notice = { kind: 'person-gone', reason, name: 'Yuki' } as const;
    expect(wordsOf(panelOf(inCall({}, { notice }), 'notices'))).toContain(words);
  });

  it('that pinned panels are out of sight, with the way to call them back', () => {
    const panel = panelOf(inCall({}, { room: { ...ROOM, pinned: true, lost: true } }), 'notices');
    expect(wordsOf(panel)).toContain('Your panels are out of sight.');
    expect(controlOf(panel, 'pin')).toMatchObject({ name: 'Unpin', pressed: true });
  });
});
