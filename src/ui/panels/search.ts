import { contactEntry } from './contact-entry.ts';
import { type ButtonControl, button, type PanelDescription, type PanelItem, panel, textItem } from './description.ts';
import { blockedReason } from './home.ts';
import type { HeadsetTexts, HeadsetView, HomeView } from './view.ts';

/** The hub answers from two letters on. */
export const SHORTEST_QUERY = 2;

/** Names and mail addresses need no more; ten keys of 32 mm are as wide as the panel may be. */
const KEYS = ['1234567890', 'qwertyuiop', 'asdfghjkl@', 'zxcvbnm._-'] as const;

export function searchPanel(home: HomeView, view: HeadsetView, texts: HeadsetTexts): PanelDescription {
  const { t } = texts;
  return panel({
    id: 'search',
    title: t('search.title'),
    header: [
      button({ key: 'close', name: t('action.close'), icon: 'close', look: 'quiet', command: { type: 'closeSearch' } }),
    ],
    items: [
      { kind: 'field', key: 'query', role: 'searchbox', name: t('search.field'), value: home.search.query },
      ...foundItems(home, view, texts),
      { kind: 'keyboard', key: 'keyboard', name: t('search.keyboard'), rows: keyboardRows(texts) },
    ],
  });
}

function foundItems(home: HomeView, view: HeadsetView, texts: HeadsetTexts): readonly PanelItem[] {
  const { t } = texts;
  const { found, query } = home.search;
  if (query.trim().length < SHORTEST_QUERY) return [textItem('hint', t('search.hint'), { tone: 'quiet' })];
  if (found === null || found.state === 'loading') {
    return [textItem('busy', t('search.busy'), { tone: 'quiet', icon: 'sync' })];
  }
  if (found.state === 'failed') {
    const { code } = found.refusal;
    return [textItem('failed', t(`refusal.${code}`), { tone: 'waiting', icon: 'warning', detail: code })];
  }
  return [
    {
      kind: 'list',
      key: 'found',
      name: t('search.results'),
      empty: t('search.none'),
      roomPageSize: 1,
      previousName: t('home.previousFound'),
      nextName: t('home.nextFound'),
      entries: found.value.map((contact) =>
        contactEntry(contact, texts, {
          nowMs: view.nowMs,
          busy: home.starting?.kind === 'call' && home.starting.person === contact.key && home.starting.asked,
          blocked: blockedReason(view, texts),
        }),
      ),
    },
  ];
}

function keyboardRows({ t }: HeadsetTexts): readonly (readonly ButtonControl[])[] {
  const letters = KEYS.map((row) =>
    [...row].map((character) =>
      button({ key: `key-${character}`, name: character, command: { type: 'typeKey', character } }),
    ),
  );
  const last = [
    button({ key: 'key-space', name: t('search.space'), command: { type: 'typeKey', character: ' ' } }),
    button({ key: 'key-delete', name: t('search.backspace'), icon: 'backspace', command: { type: 'deleteKey' } }),
  ];
  return [...letters, last];
}
