import type { Lobby } from '../../client/meetings/types.ts';
import { nameList } from '../text/time.ts';
import { initialsOf } from './contact-entry.ts';
import {
  type ButtonControl,
  button,
  entry,
  type ListEntry,
  type PanelDescription,
  type PanelItem,
  panel,
  textItem,
} from './description.ts';
import type { HeadsetTexts, HeadsetView, HomeView } from './view.ts';

type Entry = Lobby['entries'][number];

/** Two with their buttons fill the height between the middle of the view and the tools. */
const DECIDED_IN_ROOM = 2;
const SHOWN_IN_ROOM = 3;

/** Who waits at a meeting's door: with Admit and Deny where the company lets headsets do that, else with who can. */
export function lobbyPanel(view: HeadsetView, texts: HeadsetTexts): PanelDescription | null {
  const lobby = view.lobbies.find(({ mayAdmit }) => mayAdmit) ?? view.lobbies[0];
  if (lobby === undefined || lobby.entries.length === 0) return null;
  const { t } = texts;
  const elsewhere = view.lobbies.reduce((sum, { entries }) => sum + entries.length, -lobby.entries.length);
  return panel({
    id: 'lobby',
    title: t('waiting.title', { title: lobby.title }),
    said: saidOf(lobby, texts),
    items: [
      {
        kind: 'list',
        key: 'waiting',
        name: t('waiting.list'),
        empty: null,
        roomPageSize: lobby.mayAdmit ? DECIDED_IN_ROOM : SHOWN_IN_ROOM,
        previousName: t('waiting.previous'),
        nextName: t('waiting.next'),
        entries: lobby.entries.map((one) => waiterEntry(one, lobby, texts)),
      },
      ...(lobby.mayAdmit ? forAll(lobby, texts) : [admittersText(lobby, texts)]),
      ...(elsewhere > 0
        ? [textItem('elsewhere', t('waiting.elsewhere', { count: elsewhere }), { tone: 'quiet' })]
        : []),
    ],
  });
}

function saidOf({ title, entries, mayAdmit, admitters }: Lobby, { t, language }: HeadsetTexts): string {
  const [first] = entries;
  const who =
    entries.length === 1 && first !== undefined
      ? t('waiting.said', { name: first.name, title })
      : t('waiting.saidMany', { count: entries.length, title });
  return mayAdmit || admitters.length === 0
    ? who
    : `${who} ${t('waiting.admitters', { names: nameList(admitters, language) })}`;
}

function admittersText({ admitters }: Lobby, { t, language }: HeadsetTexts): PanelItem {
  const text =
    admitters.length === 0 ? t('waiting.atDesk') : t('waiting.admitters', { names: nameList(admitters, language) });
  return textItem('admitters', text, { icon: 'desk' });
}

function waiterEntry(one: Entry, lobby: Lobby, texts: HeadsetTexts): ListEntry {
  const detail = one.away ? texts.t('waiting.away') : whoWords(one, texts);
  return entry({
    key: one.person,
    title: one.name,
    label: `${one.name}, ${detail}`,
    detail,
    tone: one.away || !isVouchedFor(one) ? 'waiting' : 'quiet',
    initials: initialsOf(one.name),
    command: null,
    controls: lobby.mayAdmit ? decisions(one, lobby, texts) : [],
  });
}

/** By a sign-in that the company trusts. */
const isVouchedFor = (one: Entry): boolean => one.class !== 'anonymous';

function whoWords(one: Entry, { t }: HeadsetTexts): string {
  switch (one.class) {
    case 'organizer':
    case 'member':
      return t('waiting.member');
    case 'guest':
      return t('waiting.guest');
    case 'federated':
      return t('waiting.federated');
    case 'anonymous':
      return t(one.signedIn ? 'waiting.untrusted' : 'waiting.unverified');
  }
}

function decisions({ person, name, away }: Entry, { meetingId }: Lobby, { t }: HeadsetTexts): readonly ButtonControl[] {
  return [
    button({
      key: `admit ${person}`,
      name: t('waiting.admit'),
      label: t('waiting.admitNamed', { name }),
      icon: 'check',
      look: 'primary',
      disabled: away ? t('waiting.awayWhy') : null,
      command: { type: 'admit', meetingId, people: [person] },
    }),
    button({
      key: `deny ${person}`,
      name: t('waiting.deny'),
      label: t('waiting.denyNamed', { name }),
      icon: 'close',
      command: { type: 'deny', meetingId, people: [person] },
    }),
  ];
}

function forAll({ meetingId, kind, entries }: Lobby, { t }: HeadsetTexts): readonly PanelItem[] {
  if (entries.length === 1) return [];
  const here = entries.filter(({ away }) => !away).map(({ person }) => person);
  const admitAll = button({
    key: 'admit-all',
    name: t('waiting.admitAll'),
    icon: 'people',
    disabled: here.length === 0 ? t('waiting.awayWhy') : null,
    command: { type: 'admit', meetingId, people: here },
  });
  const denyAll = button({
    key: 'deny-all',
    name: t('waiting.denyAll'),
    icon: 'close',
    command: { type: 'deny', meetingId, people: entries.map(({ person }) => person) },
  });
  // Of a one-time call's customers only one can come in.
  return [{ kind: 'row', key: 'decide-all', controls: kind === 'oneTime' ? [denyAll] : [admitAll, denyAll] }];
}

/** One's own waiting in a lobby. */
export function ownPlacePanel(place: NonNullable<HomeView['place']>, { t }: HeadsetTexts): PanelDescription {
  return panel({
    id: 'lobby-place',
    title: t('ownPlace.title'),
    role: 'alertdialog',
    items: [
      textItem('body', t('ownPlace.body'), { tone: 'waiting', icon: 'sync' }),
      textItem('number', t('ownPlace.number', { number: place.number }), { tone: 'quiet' }),
      button({ key: 'leave', name: t('ownPlace.leave'), icon: 'close', command: { type: 'leaveLobby' } }),
    ],
  });
}
