import { describe, expect, it } from 'vitest';
import type { AddPeopleView, CallView } from '../../../src/ui/panels/view.ts';
import { atHome, callView, contact, inCall } from '../../support/headset-views.ts';
import { controlOf, itemOf, namesOf, panelOf, panelsOf, wordsOf } from '../../support/panel-readers.ts';

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
