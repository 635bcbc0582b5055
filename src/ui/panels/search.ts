import { SHORTEST_QUERY } from '../../client/people-search.ts';
import type { Contact, Loadable } from '../../client/types.ts';
import { contactEntry } from './contact-entry.ts';
import {
  type ButtonControl,
  button,
  type ListEntry,
  type PanelDescription,
  type PanelItem,
  panel,
  textItem,
} from './description.ts';
import { blockedReason } from './home.ts';
import { refusalItem } from './refusal-item.ts';
import type { HeadsetTexts, HeadsetView, HomeView, SearchView } from './view.ts';

/** Names and mail addresses need no more; ten keys of 32 mm are as wide as the panel may be. */
const KEYS = ['1234567890', 'qwertyuiop', 'asdfghjkl@', 'zxcvbnm._-'] as const;

export function searchPanel(home: HomeView, view: HeadsetView, texts: HeadsetTexts): PanelDescription {
  const { t } = texts;
  const toEntry = (contact: Contact): ListEntry =>
    contactEntry(contact, texts, {
      nowMs: view.nowMs,
      busy: home.starting?.kind === 'call' && home.starting.person === contact.key && home.starting.asked,
      blocked: blockedReason(view, texts),
      command: { type: 'callPerson', person: contact.key },
    });
  return panel({
    id: 'search',
    title: t('search.title'),
    header: [
      button({ key: 'close', name: t('action.close'), icon: 'close', look: 'quiet', command: { type: 'closeSearch' } }),
    ],
    items: [searchField(home.search, texts), ...foundItems(home.search, texts, toEntry), keyboard(texts)],
  });
}

export const searchField = ({ query }: SearchView, { t }: HeadsetTexts): PanelItem => ({
  kind: 'field',
  key: 'query',
  role: 'searchbox',
  name: t('search.field'),
  value: query,
});

type ToEntry = (contact: Contact) => ListEntry;

/** What the search has to show, from its hint to the people found. */
export function foundItems({ found, query }: SearchView, texts: HeadsetTexts, toEntry: ToEntry): readonly PanelItem[] {
  if (query.trim().length < SHORTEST_QUERY) return [textItem('hint', texts.t('search.hint'), { tone: 'quiet' })];
  return listItems('found', found ?? { state: 'loading' }, texts, toEntry);
}

/** Three people at most would push the keys out of the view: one is shown at a time, and arrows page. */
export function listItems(
  key: string,
  people: Loadable<readonly Contact[]>,
  texts: HeadsetTexts,
  toEntry: ToEntry,
): readonly PanelItem[] {
  const { t } = texts;
  switch (people.state) {
    case 'loading':
      return [textItem('busy', t('search.busy'), { tone: 'quiet', icon: 'sync' })];
    case 'failed':
      return [refusalItem('failed', people.refusal, texts)];
    case 'ready':
      return [
        {
          kind: 'list',
          key,
          name: t('search.results'),
          empty: t('search.none'),
          roomPageSize: 1,
          previousName: t('home.previousFound'),
          nextName: t('home.nextFound'),
          entries: people.value.map(toEntry),
        },
      ];
  }
}

/** Letters for the room. */
export function keyboard({ t }: HeadsetTexts): PanelItem {
  const letters = KEYS.map((row) =>
    [...row].map((character) =>
      button({ key: `key-${character}`, name: character, command: { type: 'typeKey', character } }),
    ),
  );
  const last: readonly ButtonControl[] = [
    button({ key: 'key-space', name: t('search.space'), command: { type: 'typeKey', character: ' ' } }),
    button({ key: 'key-delete', name: t('search.backspace'), icon: 'backspace', command: { type: 'deleteKey' } }),
  ];
  return { kind: 'keyboard', key: 'keyboard', name: t('search.keyboard'), rows: [...letters, last] };
}
