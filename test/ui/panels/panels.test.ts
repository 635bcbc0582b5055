import { describe, expect, it } from 'vitest';
import { REFUSALS, type RefusalCode } from '../../../src/domain/call/refusal.ts';
import { controlsOf, type PanelDescription, type PanelItem } from '../../../src/ui/panels/description.ts';
import { describePanels } from '../../../src/ui/panels/panels.ts';
import type { AddPeopleView, CallView, HeadsetView } from '../../../src/ui/panels/view.ts';
import { atHome, callView, contact, inCall, meeting, NOW_MS, ROOM, TEXTS, view } from '../../support/headset-views.ts';

const panelsOf = (of: HeadsetView) => describePanels(of, TEXTS);
function panelOf(of: HeadsetView, id: PanelDescription['id']): PanelDescription {
  const found = panelsOf(of).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no panel ${id} among ${panelsOf(of).map((one) => one.id)}`);
  return found;
}
const namesOf = (panel: PanelDescription) =>
  controlsOf(panel).map((one) => ('label' in one && one.label) || ('name' in one ? one.name : ''));
function controlOf(panel: PanelDescription, key: string) {
  const found = controlsOf(panel).find((one) => one.key === key);
  if (found === undefined) throw new Error(`no control ${key}`);
  return found;
}
function itemOf<K extends PanelItem['kind']>(panel: PanelDescription, kind: K, key: string) {
  const found = panel.items.find((one) => one.kind === kind && one.key === key);
  if (found === undefined) throw new Error(`no ${kind} ${key}`);
  return found as Extract<PanelItem, { kind: K }>;
}
const wordsOf = (panel: PanelDescription) => panel.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));

describe('Recent Contacts', () => {
  const called = (key: string, minutesAgo: number, outcome: 'answered' | 'missed' | 'outgoing') =>
    contact(key, { last: { atMs: NOW_MS - minutesAgo * 60_000, outcome } });

  it('stand newest first, whatever the order of the list, and those never called by name', () => {
    const value = [contact('z'), called('old', 90, 'answered'), contact('a'), called('new', 5, 'missed')];
    const list = itemOf(panelOf(atHome({ contacts: { state: 'ready', value } }), 'home'), 'list', 'contacts');
    expect(list.entries.map((one) => one.key)).toEqual(['new', 'old', 'a', 'z']);
  });

  it('say presence and the last call, and a missed one stands out', () => {
    const value = [called('a', 5, 'missed')];
    const list = itemOf(panelOf(atHome({ contacts: { state: 'ready', value } }), 'home'), 'list', 'contacts');
    expect(list.entries[0]).toMatchObject({
      label: 'Call Person A, Available, Missed call, 5 minutes ago',
      detail: 'Available · Missed call, 5 minutes ago',
      tone: 'waiting',
      icon: 'missed',
      command: { type: 'callPerson', person: 'a' },
    });
  });

  it.each([
    ['offline', { online: false }, 'No network. Everything comes back by itself.'],
    ['while the hub is away', { connection: 'reconnecting' }, 'Reconnecting to the hub…'],
  ] as const)('cannot be called %s, and say why', (_when, rest, reason) => {
    const panel = panelOf(atHome({}, rest), 'home');
    expect(controlOf(panel, 'a')).toMatchObject({ disabled: reason });
  });

  it.each([
    ['loading', { state: 'loading' }, 'Loading contacts…'],
    ['refused', { state: 'failed', refusal: { code: 'internal' } }, 'The hub had a problem. Try again.'],
  ] as const)('say that they are %s', (_what, contacts, words) => {
    expect(wordsOf(panelOf(atHome({ contacts }), 'home'))).toContain(words);
  });

  it('say what to do when there are none', () => {
    const panel = panelOf(atHome({ contacts: { state: 'ready', value: [] } }), 'home');
    expect(itemOf(panel, 'list', 'contacts').empty).toBe('No calls yet. Search for somebody to call.');
  });

  it('show the person that is being called as busy', () => {
    const starting = { kind: 'call', person: 'a', name: 'Person A', asked: true } as const;
    expect(controlOf(panelOf(atHome({ starting }), 'home'), 'a')).toMatchObject({
      busy: true,
      detail: 'Calling Person A…',
    });
  });

  it('offer search, the account and, in the room alone, Pin', () => {
    const home = panelOf(view(), 'home');
    expect(home.header.map((one) => one.label ?? one.name)).toEqual(['Search', 'Dana Reyes, ABC: account menu', 'Pin']);
    const page = panelOf(view({ room: { ...ROOM, state: 'ready' } }), 'home');
    expect(page.header.map((one) => one.key)).toEqual(['search', 'account']);
  });
});

describe('Join Meeting', () => {
  it('is there only for meetings that can be joined, the earliest first, below the contacts', () => {
    const value = [
      meeting('later', { startMs: NOW_MS + 600_000 }),
      meeting('closed', { joinable: false }),
      meeting('now', { present: ['Eva Lind', 'Finn Moe'] }),
    ];
    const panel = panelOf(atHome({ meetings: { state: 'ready', value } }), 'home');
    const list = itemOf(panel, 'list', 'meetings');
    expect(list.entries.map((one) => [one.label, one.detail])).toEqual([
      ['Join Meeting: Meeting now', 'Meeting now · Running, with Eva Lind and Finn Moe'],
      ['Join Meeting: Meeting later', 'Meeting later · Starts in 10 minutes'],
    ]);
    expect(panel.items.at(-1)).toBe(list);
  });

  it('is absent without one', () => {
    const panel = panelOf(atHome({ meetings: { state: 'ready', value: [meeting('x', { joinable: false })] } }), 'home');
    expect(panel.items.map((one) => one.key)).toEqual(['contacts']);
  });
});

describe('one question at a time', () => {
  const starting = { kind: 'meeting', meetingId: 'm', title: 'Pump', asked: false } as const;
  const incoming = { from: 'Eva Lind', others: [], meetingTitle: null, answering: false };

  it('an incoming call stands in front of everything: Video, Audio, Ignore', () => {
    const ids = panelsOf(atHome({ incoming, starting, open: 'search' })).map((one) => one.id);
    expect(ids).toEqual(['incoming', 'enter']);
    const panel = panelOf(atHome({ incoming }), 'incoming');
    expect([panel.role, panel.title]).toEqual(['alertdialog', 'Eva Lind is calling']);
    expect(namesOf(panel)).toEqual(['Video', 'Audio', 'Ignore']);
    expect(controlsOf(panel).map((one) => one.command)).toEqual([
      { type: 'answer', video: true },
      { type: 'answer', video: false },
      { type: 'ignore' },
    ]);
  });

  it('joining asks whether to start with video, once', () => {
    const panel = panelOf(atHome({ starting }), 'join');
    expect(panel.title).toBe('Start with video?');
    expect(namesOf(panel)).toEqual(['With video', 'Without video', 'Cancel']);
    const asked = panelsOf(atHome({ starting: { ...starting, asked: true } })).map((one) => one.id);
    expect(asked).not.toContain('join');
  });

  it('ending a call for good asks first, in the place of the people in the room, and staying comes first', () => {
    const asked = inCall({ asksToEnd: true });
    const inRoom = panelsOf(asked).filter((one) => one.surface !== 'page');
    expect(inRoom.map((one) => one.id)).toEqual(['end-call', 'tools']);
    const panel = panelOf(asked, 'end-call');
    expect([panel.role, panel.surface, panel.title]).toEqual(['alertdialog', 'both', 'End the call?']);
    expect(wordsOf(panel)).toEqual(['The link cannot be used again.']);
    expect(controlsOf(panel).map((one) => [one.key, one.command?.type])).toEqual([
      ['stay', 'stayInCall'],
      ['end', 'endForGood'],
    ]);
    expect(namesOf(panel)).toEqual(['Stay in the call', 'End call']);
  });

  it('an answer that is on its way cannot be given twice', () => {
    const panel = panelOf(atHome({ incoming: { ...incoming, answering: true } }), 'incoming');
    expect(controlsOf(panel).every((one) => one.busy)).toBe(true);
  });
});

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

describe('people in the call', () => {
  it('are the others, each with a state', () => {
    const quiet = { muted: true, video: 'off', problem: 'none' } as const;
    const one = { ...quiet, isMe: false, strange: null, mayCallOff: false, noPath: false } as const;
    const participants = [
      { ...one, person: 'me', name: 'Dana Reyes', isMe: true, state: 'joined' },
      { ...one, person: 'e', name: 'Eva Lind', state: 'joined' },
      { ...one, person: 'f', name: 'Finn Moe', state: 'reconnecting' },
      { ...one, person: 'g', name: 'Gil Ray', state: 'ringing' },
    ] as const;
    const panel = panelOf(inCall({ participants }), 'people');
    expect(panel.title).toBe('In the call: 3');
    expect(itemOf(panel, 'list', 'people').entries.map((entry) => entry.label)).toEqual([
      'Eva Lind, Audio only · Muted',
      'Finn Moe, Reconnecting',
      'Gil Ray, Ringing',
    ]);
  });

  it('say of whom nobody but themselves says who they are, and who is of another company', () => {
    const one = { isMe: false, muted: false, video: 'off', problem: 'none', mayCallOff: false, noPath: false } as const;
    const participants = [
      { ...one, person: 'anon:7f2c1a4e', name: 'Dana Okafor', state: 'joined', strange: 'notSignedIn' },
      { ...one, person: 'other:eva', name: 'Eva Lind', state: 'joined', strange: 'otherCompany' },
    ] as const;
    const panel = panelOf(inCall({ participants }), 'people');
    expect(itemOf(panel, 'list', 'people').entries.map((entry) => entry.label)).toEqual([
      'Dana Okafor, Guest, not signed in · Audio only',
      'Eva Lind, Of another company · Audio only',
    ]);
  });
});

describe('the way in', () => {
  it.each([
    [{ screen: 'starting' }, 'start', []],
    [{ screen: 'start-failed', detail: 'unreachable' }, 'start', ['Try again']],
    [{ screen: 'connecting', tenantName: 'ABC' }, 'start', []],
    [{ screen: 'closed', tenantName: 'ABC', refusal: { code: 'sign-in-expired' } }, 'start', ['Sign in', 'Sign out']],
    [
      { screen: 'signed-out', tenantName: 'ABC', problem: null, busy: false, canChangeTenant: true },
      'sign-in',
      ['Sign in', 'Change company'],
    ],
    [
      { screen: 'signed-out', tenantName: 'ABC', problem: null, busy: false, canChangeTenant: false },
      'sign-in',
      ['Sign in'],
    ],
    [
      { screen: 'signed-out', tenantName: 'ABC', problem: null, busy: true, canChangeTenant: true },
      'sign-in',
      ['Signing in…'],
    ],
  ] as const)('%o', (screen, id, names) => {
    expect(namesOf(panelOf(view({ screen }), id))).toEqual(names);
  });

  it('names the company to use when the account was another one’s', () => {
    const screen = {
      screen: 'signed-out',
      tenantName: 'ABC',
      problem: 'wrong-tenant',
      busy: false,
      canChangeTenant: false,
    } as const;
    expect(wordsOf(panelOf(view({ screen }), 'sign-in'))).toEqual([
      'This headset belongs to ABC. Sign in with your ABC account.',
    ]);
  });

  it('names the licence that an account lacks', () => {
    const screen = {
      screen: 'closed',
      tenantName: 'ABC',
      refusal: { code: 'licence-missing', detail: 'RemoteAssist.User' },
    } as const;
    expect(wordsOf(panelOf(view({ screen }), 'start'))).toEqual([
      'This account lacks the licence RemoteAssist.User. Ask your administrator for it.',
    ]);
  });

  it('says which company’s account it wants when the hub finds that out, too', () => {
    const screen = { screen: 'closed', tenantName: 'ABC', refusal: { code: 'wrong-tenant' } } as const;
    expect(wordsOf(panelOf(view({ screen }), 'start'))).toEqual([
      'This headset belongs to ABC. Sign in with your ABC account.',
    ]);
  });

  it('asks which company the headset belongs to, and says when the address named none', () => {
    const choices = [{ tenant: 't1', name: 'ABC' }];
    const panel = panelOf(view({ screen: { screen: 'choose-tenant', choices, unknown: 'xyz.com' } }), 'tenant');
    expect(panel.title).toBe('Which company does this headset belong to?');
    expect(wordsOf(panel)).toEqual(['This hub does not know xyz.com. Choose a company below.']);
    expect(controlOf(panel, 't1').command).toEqual({ type: 'chooseTenant', tenant: 't1' });
  });
});

describe('mixed reality', () => {
  it('is not offered before signing in, which leaves the page', () => {
    const screen = {
      screen: 'signed-out',
      tenantName: 'ABC',
      problem: null,
      busy: false,
      canChangeTenant: false,
    } as const;
    expect(panelsOf(view({ screen })).map((one) => one.id)).toEqual(['sign-in']);
  });

  it('is offered on the page alone', () => {
    const panel = panelOf(view({ room: { ...ROOM, state: 'ready' } }), 'enter');
    expect([panel.surface, namesOf(panel)]).toEqual(['page', ['Enter mixed reality']]);
  });

  it('is reported piece by piece where it is missing, with what to do', () => {
    const capabilities = [
      { name: 'secure', present: true },
      { name: 'immersive-ar', present: false },
    ] as const;
    const room = { ...ROOM, state: 'unavailable', mode: null, capabilities, emulator: 'offered' } as const;
    const panel = panelOf(view({ room }), 'enter');
    expect(wordsOf(panel)).toEqual([
      'Mixed reality is not available here. Calls still work on this page.',
      'Secure page (HTTPS): yes',
      'Mixed reality: no',
      'On HoloLens 2, install the latest system update.',
    ]);
    expect(namesOf(panel)).toEqual(['Use an emulated HoloLens 2']);
  });
});

describe('every panel', () => {
  const everywhere: readonly HeadsetView[] = [
    view(),
    atHome({ open: 'menu' }),
    atHome({ open: 'settings' }),
    atHome({ open: 'search', search: { query: 'pe', found: { state: 'ready', value: [contact('a')] } } }),
    inCall({ coloursOpen: true, editing: ['Eva'] }),
  ];

  it.each(everywhere.map((one, at) => [at, one] as const))('has keys of its own for its controls (%d)', (_at, one) => {
    for (const panel of panelsOf(one)) {
      const keys = controlsOf(panel).map((control) => control.key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('is the same for the same view', () => {
    for (const one of everywhere) expect(panelsOf(one)).toEqual(panelsOf(one));
  });
});

describe('somebody of Recent Contacts who is out of reach', () => {
  const list = (refusal: RefusalCode) => {
    const value = [contact('a', { name: 'Jonas Weber', refusal }), contact('b')];
    return itemOf(panelOf(atHome({ contacts: { state: 'ready', value } }), 'home'), 'list', 'contacts').entries;
  };

  it('stays listed, greyed and not callable, with the reason shown and said', () => {
    const [jonas, other] = list('barrier');
    expect(jonas).toMatchObject({
      look: 'faded',
      presence: null,
      detail: 'Kept apart by company rules',
      disabled: 'Your company keeps some people apart here. Ask your administrator.',
    });
    expect(jonas?.label).toBe(
      'Jonas Weber, not reachable. Your company keeps some people apart here. Ask your administrator.',
    );
    expect(other).toMatchObject({ look: 'plain', disabled: null });
  });

  it.each(REFUSALS)('has short words beside the name, also for %s', (code) => {
    expect(list(code)[0]?.detail?.length).toBeLessThan(48);
  });
});

describe('adding people to a call', () => {
  const people = { state: 'ready', value: [contact('a'), contact('eva', { name: 'Eva Lind' })] } as const;
  const adding = { search: { query: '', found: null }, contacts: people, asking: null, refused: null };
  const open = (more: Partial<AddPeopleView> = {}) => inCall({ adding: { ...adding, ...more } });

  it('starts from the participants, and says why not where nobody can be added', () => {
    const participants = (call: Partial<CallView>) => panelOf(inCall(call), 'people');
    expect(controlOf(participants({}), 'add-people')).toMatchObject({
      name: 'Add people',
      disabled: null,
      command: { type: 'openAddPeople' },
    });
    expect(namesOf(participants({ addingPeople: { offered: false } }))).toEqual([]);
    const refused = (code: 'call-full' | 'meeting-full' | 'outsiders-no-adding') =>
      controlOf(participants({ addingPeople: { offered: true, refused: code } }), 'add-people').disabled;
    expect(refused('call-full')).toBe('This call is full: four people at most. Plan a meeting for more.');
    expect(refused('meeting-full')).toBe(
      'This meeting is full: four people at most. Try again once somebody has left.',
    );
    expect(refused('outsiders-no-adding')).toBe('Only people of the company can add others. Ask one of them.');
  });

  it('can stop for one person alone, by whoever rings them', () => {
    const [me, eva] = callView().participants;
    if (me === undefined || eva === undefined) throw new Error('two people are in the call');
    const rung = { ...eva, person: 'finn', name: 'Finn Moe', state: 'ringing' } as const;
    const entries = (mayCallOff: boolean) =>
      itemOf(panelOf(inCall({ participants: [me, eva, { ...rung, mayCallOff }] }), 'people'), 'list', 'people').entries;
    expect(entries(true).at(-1)).toMatchObject({
      label: 'Stop ringing Finn Moe, Ringing',
      detail: 'Ringing. Select to stop.',
      command: { type: 'callOff', person: 'finn' },
    });
    expect(entries(false).at(-1)).toMatchObject({ label: 'Finn Moe, Ringing', command: null });
  });

  it('offers recent contacts, and says of those who are there that they are', () => {
    const { entries } = itemOf(panelOf(open(), 'add-people'), 'list', 'recent');
    expect(entries.map(({ label, disabled, command }) => [label, disabled, command])).toEqual([
      ['Eva Lind, In the call', 'In the call', { type: 'addPerson', person: 'eva' }],
      ['Add Person A, Available', null, { type: 'addPerson', person: 'a' }],
    ]);
  });

  it('finds others by the search, with the same words as anywhere', () => {
    const search = { query: 'expert4@abc.com', found: { state: 'ready', value: [] } } as const;
    expect(itemOf(panelOf(open({ search }), 'add-people'), 'list', 'found').empty).toBe(
      'Nobody found. For someone at another company, type the full e-mail address.',
    );
  });

  it('says why somebody can’t be added, with the reference to quote', () => {
    const refusal = { code: 'external-no-group', reference: 'K7QXM2PD' } as const;
    const text = itemOf(panelOf(open({ refused: { person: 'a', refusal } }), 'add-people'), 'text', 'refused');
    expect(text).toMatchObject({
      text: 'With another company, only two people can call. Use a meeting for more.',
      detail: 'external-no-group',
      reference: 'K7QXM2PD',
    });
  });

  it('has the room to itself there but for Mute and End Call, while the page keeps the rest of the call', () => {
    const panels = panelsOf(open());
    expect(panels.map(({ id, surface }) => [id, surface])).toEqual(
      expect.arrayContaining([
        ['people', 'page'],
        ['add-people', 'page'],
        ['tools', 'page'],
        ['add-people', 'room'],
      ]),
    );
    const headers = panels.filter(({ id }) => id === 'add-people').map(({ header }) => header.map(({ name }) => name));
    expect(headers).toEqual([['Mute', 'End Call', 'Close'], ['Close']]);
  });
});

describe('somebody who rings from a call that is going on', () => {
  it('says who else is in it', () => {
    const incoming = { from: 'Eva', others: ['Dana', 'Cy'], meetingTitle: null, answering: false };
    expect(wordsOf(panelOf(atHome({ incoming }), 'incoming'))).toEqual(['In the call already: Dana and Cy']);
  });
});
