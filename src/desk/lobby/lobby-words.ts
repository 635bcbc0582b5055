import type { Lobby } from '../../client/meetings/types.ts';
import type { DeskTexts } from '../desk-texts.ts';

const MINUTE_MS = 60_000;
type Entry = Lobby['entries'][number];

/** What is known of somebody who waits: a typed name proves nothing. */
export function whoWords({ t }: DeskTexts, entry: Entry): string {
  switch (entry.class) {
    case 'organizer':
    case 'member':
      return t('lobbyNotice.member');
    case 'guest':
      return t('lobbyNotice.guest');
    case 'federated':
      return t('lobbyNotice.federated');
    case 'anonymous':
      return t(entry.signedIn ? 'lobbyNotice.untrusted' : 'lobbyNotice.unverified');
  }
}

export function sinceWords({ t }: DeskTexts, entry: Entry, sinceToldMs: number): string {
  // The page's clock ticks behind the news by some seconds.
  const minutes = Math.floor((entry.waitedMs + Math.max(0, sinceToldMs)) / MINUTE_MS);
  return minutes === 0 ? t('lobbyNotice.now') : t('lobbyNotice.since', { minutes });
}

/** What a screen reader, and a notification, says about one door. */
export function lobbySaid({ t }: DeskTexts, { title, entries }: Lobby): string {
  const [first, ...others] = entries;
  if (first === undefined) return '';
  return others.length === 0
    ? t('lobbyNotice.said', { name: first.name, title })
    : t('lobbyNotice.saidMany', { count: entries.length, title });
}
