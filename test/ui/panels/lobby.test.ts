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
  it('offers Admit and Deny where the company lets headsets do that', () => {
    expect(commands(lobby())).toEqual([
      { type: 'admit', meetingId: 'm', people: ['a'] },
      { type: 'deny', meetingId: 'm', people: ['a'] },
    ]);
  });

  it('else says who waits and who can admit', () => {
    const one = lobby({ mayAdmit: false });
    expect(commands(one)).toEqual([]);
    expect(words(one)).toContain('Person a waits to be let in.');
    expect(words(one)).toContain('At a desk, these people can admit: Eva Lind.');
  });

  it('admits all at once, but for those whose connection is away', () => {
    const entries = [entry('a'), entry('b', { away: true }), entry('c')];
    expect(commands(lobby({ entries })).at(-1)).toEqual({ type: 'admit', meetingId: 'm', people: ['a', 'c'] });
    expect(words(lobby({ entries }))).toContain('And 2 more wait.');
  });

  it('lets in one customer of a one-time call and never all of them', () => {
    expect(commands(lobby({ kind: 'oneTime', entries: [entry('a'), entry('b')] }))).toHaveLength(2);
  });

  it('says that a typed name proves nothing, and waits for who lost the connection', () => {
    expect(words(lobby())).toContain('anyone can type a name');
    const away = lobby({ entries: [entry('a', { signedIn: true, away: true })] });
    expect(words(away)).not.toContain('anyone can type a name');
    expect(words(away)).toContain('Wait until they are back.');
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
