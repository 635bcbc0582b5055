import { describe, expect, it } from 'vitest';
import { REFUSALS, type RefusalCode } from '../../../src/domain/call/refusal.ts';
import { controlsOf } from '../../../src/ui/panels/description.ts';
import type { HeadsetView } from '../../../src/ui/panels/view.ts';
import { atHome, contact, inCall, meeting, NOW_MS, ROOM, view } from '../../support/headset-views.ts';
import { controlOf, itemOf, namesOf, panelOf, panelsOf, wordsOf } from '../../support/panel-readers.ts';

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
