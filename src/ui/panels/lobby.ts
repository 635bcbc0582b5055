import type { Lobby } from '../../client/meetings/types.ts';
import { nameList } from '../text/time.ts';
import { button, type PanelDescription, type PanelItem, panel, textItem } from './description.ts';
import type { HeadsetTexts, HeadsetView, HomeView } from './view.ts';

/** Who waits at a meeting's door: with Admit and Deny where the company lets headsets do that, else with who can. */
export function lobbyPanel(view: HeadsetView, texts: HeadsetTexts): PanelDescription | null {
  const lobby = view.lobbies.find(({ mayAdmit }) => mayAdmit) ?? view.lobbies[0];
  const first = lobby?.entries[0];
  if (lobby === undefined || first === undefined) return null;
  const { t } = texts;
  const others = lobby.entries.length - 1;
  return panel({
    id: 'lobby',
    title: t('waiting.title', { title: lobby.title }),
    role: 'status',
    items: [
      textItem('who', t('waiting.person', { name: first.name }), { tone: 'waiting', icon: 'person' }),
      ...(first.signedIn ? [] : [textItem('typed', t('waiting.unverified'), { tone: 'quiet' })]),
      ...(first.away ? [textItem('away', t('waiting.away'), { tone: 'quiet' })] : []),
      ...(others > 0
        ? [textItem('more', t('waiting.more', { count: others }), { tone: 'quiet', icon: 'people' })]
        : []),
      ...(lobby.mayAdmit ? decisions(lobby, first, texts) : [admittersText(lobby, texts)]),
    ],
  });
}

function admittersText({ admitters }: Lobby, { t, language }: HeadsetTexts): PanelItem {
  const text =
    admitters.length === 0 ? t('waiting.atDesk') : t('waiting.admitters', { names: nameList(admitters, language) });
  return textItem('admitters', text, { icon: 'desk' });
}

function decisions(lobby: Lobby, first: Lobby['entries'][number], { t }: HeadsetTexts): readonly PanelItem[] {
  const { meetingId, entries } = lobby;
  const { person, name } = first;
  const admit = button({
    key: 'admit',
    name: t('waiting.admit'),
    label: t('waiting.admitNamed', { name }),
    icon: 'check',
    look: 'primary',
    disabled: first.away ? t('waiting.away') : null,
    command: { type: 'admit', meetingId, people: [person] },
  });
  const deny = button({
    key: 'deny',
    name: t('waiting.deny'),
    label: t('waiting.denyNamed', { name }),
    icon: 'close',
    command: { type: 'deny', meetingId, people: [person] },
  });
  // Of a one-time call's customers only one can come in.
  if (entries.length === 1 || lobby.kind === 'oneTime')
    return [{ kind: 'row', key: 'decide', controls: [admit, deny] }];
  const here = entries.filter(({ away }) => !away).map((one) => one.person);
  const all = button({
    key: 'admit-all',
    name: t('waiting.admitAll'),
    icon: 'people',
    command: { type: 'admit', meetingId, people: here },
  });
  return [
    { kind: 'row', key: 'decide', controls: [admit, deny] },
    { kind: 'row', key: 'decide-all', controls: [all] },
  ];
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
