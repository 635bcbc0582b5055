import { describe, expect, it } from 'vitest';
import type { Lobby } from '../../../src/client/meetings/types.ts';
import { controlsOf } from '../../../src/ui/panels/description.ts';
import { lobbyPanel } from '../../../src/ui/panels/lobby.ts';
import { describePanels } from '../../../src/ui/panels/panels.ts';
import { atHome, inCall, NOW_MS, TEXTS } from '../../support/headset-views.ts';

const entry = (person: string, overrides: Partial<Lobby['entries'][number]> = {}): Lobby['entries'][number] => ({
  person,
  name: `Person ${person}`,
  class: 'anonymous',
  signedIn: false,
  waitedMs: 0,
  away: false,
  ...overrides,
});
const lobby = (overrides: Partial<Lobby> = {}): Lobby => ({
  meetingId: 'm',
  title: 'Pump',
  kind: 'scheduled',
  entries: [entry('a')],
  mayAdmit: true,
  admitters: ['Eva Lind'],
  toldAtMs: NOW_MS,
  ...overrides,
});
const commands = (one: Lobby) => {
  const panel = lobbyPanel(inCall({}, { lobbies: [one] }), TEXTS);
  return panel === null ? [] : controlsOf(panel).map(({ command }) => command);
};
const words = (one: Lobby): string => JSON.stringify(lobbyPanel(inCall({}, { lobbies: [one] }), TEXTS)?.items);

describe('the lobby on a headset', () => {
  it('lists everybody who waits, each with Admit and Deny where the company lets headsets do that', () => {
    expect(commands(lobby({ entries: [entry('a'), entry('b')] })).slice(0, 4)).toEqual([
      { type: 'admit', meetingId: 'm', people: ['a'] },
      { type: 'deny', meetingId: 'm', people: ['a'] },
      { type: 'admit', meetingId: 'm', people: ['b'] },
      { type: 'deny', meetingId: 'm', people: ['b'] },
    ]);
  });

  it('else says who waits and who can admit', () => {
    const one = lobby({ mayAdmit: false, entries: [entry('a'), entry('b')] });
    expect(commands(one)).toEqual([]);
    expect(words(one)).toContain('Person a');
    expect(words(one)).toContain('Person b');
    expect(words(one)).toContain('At a desk, these people can admit: Eva Lind.');
    expect(words({ ...one, admitters: [] })).toContain('The organizer can admit at a desk.');
  });

  it('admits all at once, but for those whose connection is away, and denies all', () => {
    const entries = [entry('a'), entry('b', { away: true }), entry('c')];
    expect(commands(lobby({ entries })).slice(-2)).toEqual([
      { type: 'admit', meetingId: 'm', people: ['a', 'c'] },
      { type: 'deny', meetingId: 'm', people: ['a', 'b', 'c'] },
    ]);
    expect(commands(lobby())).toHaveLength(2);
  });

  it('lets in one customer of a one-time call and never all of them, but denies all', () => {
    const all = commands(lobby({ kind: 'oneTime', entries: [entry('a'), entry('b')] })).slice(4);
    expect(all).toEqual([{ type: 'deny', meetingId: 'm', people: ['a', 'b'] }]);
  });

  it.each([
    [{}, 'Not signed in'],
    [{ signedIn: true }, 'Company not trusted'],
    [{ signedIn: true, class: 'federated' }, 'Trusted company'],
    [{ signedIn: true, class: 'guest' }, 'Guest'],
    [{ signedIn: true, class: 'member' }, 'Your company'],
    [{ away: true }, 'Lost the connection'],
  ] as const)('says of somebody with %j: %s', (of, detail) => {
    expect(words(lobby({ entries: [entry('a', of)] }))).toContain(`"detail":"${detail}"`);
  });

  it('waits for who lost the connection, and may deny them', () => {
    const panel = lobbyPanel(inCall({}, { lobbies: [lobby({ entries: [entry('a', { away: true })] })] }), TEXTS);
    expect((panel === null ? [] : controlsOf(panel)).map(({ disabled }) => disabled)).toEqual([
      'Lost the connection. Wait until they are back.',
      null,
    ]);
  });

  it('is announced, with who can admit where the wearer can not', () => {
    const said = (one: Lobby) => lobbyPanel(inCall({}, { lobbies: [one] }), TEXTS)?.said;
    expect(said(lobby())).toBe('Person a waits in the lobby of Pump.');
    expect(said(lobby({ entries: [entry('a'), entry('b')] }))).toBe('2 people wait in the lobby of Pump.');
    expect(said(lobby({ mayAdmit: false }))).toBe(
      'Person a waits in the lobby of Pump. At a desk, these people can admit: Eva Lind.',
    );
  });

  it('shows the door that the wearer can open, and counts who waits at others', () => {
    const lobbies = [
      lobby({ meetingId: 'other', title: 'Valve', mayAdmit: false, entries: [entry('x'), entry('y')] }),
      lobby(),
    ];
    const panel = lobbyPanel(inCall({}, { lobbies }), TEXTS);
    expect(panel?.title).toBe('Lobby of Pump');
    expect(JSON.stringify(panel)).toContain('Waiting for other meetings: 2.');
  });

  it('stands beside the contacts and in the call, not in front of somebody who rings', () => {
    const ids = (view: Parameters<typeof describePanels>[0]) => describePanels(view, TEXTS).map(({ id }) => id);
    const lobbies = [lobby()];
    expect(ids(inCall({}, { lobbies }))).toContain('lobby');
    expect(ids(atHome({}, { lobbies }))).toContain('lobby');
    const incoming = { from: 'Eva', others: [], meetingTitle: null, answering: false };
    expect(ids(atHome({ incoming }, { lobbies }))).not.toContain('lobby');
    expect(ids(inCall({}))).not.toContain('lobby');
  });

  it('tells somebody who waits their own place, and lets them leave', () => {
    const panels = describePanels(atHome({ place: { meetingId: 'm', number: 2, sinceMs: NOW_MS } }), TEXTS);
    const place = panels.find(({ id }) => id === 'lobby-place');
    expect(place && controlsOf(place).map(({ command }) => command)).toEqual([{ type: 'leaveLobby' }]);
    expect(JSON.stringify(place)).toContain('Place 2');
  });
});
