import type { Lobby } from '../../client/meetings/types.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import { nameList } from '../../ui/text/time.ts';
import { refusalText } from '../desk.ts';
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

/** Nobody listens to more names than these. */
const MOST_NAMED = 3;

/** What a screen reader, and a notification, says about one door. */
export function lobbySaid({ t, language }: DeskTexts, { title, entries }: Lobby): string {
  const [first, ...others] = entries;
  if (first === undefined) return '';
  if (others.length === 0) return t('lobbyNotice.said', { name: first.name, title });
  const left = entries.length - MOST_NAMED;
  const names = entries.slice(0, MOST_NAMED).map(({ name }) => name);
  const named = left > 0 ? [...names, t('lobbyNotice.more', { count: left })] : names;
  return t('lobbyNotice.saidMany', { names: nameList(named, language), title });
}

/** Who decided about whom: of two who do so at the same moment the second hears who was first. */
export interface Decided {
  /** Who waited. */
  readonly name: string;
  /** Oneself: the other page of one's own may have been first. */
  readonly me: string;
}

export function decidedWords(texts: DeskTexts, refusal: Refusal, decided: Decided | null): string {
  const { code, detail: by = '' } = refusal;
  const isTaken = code === 'already-admitted' || code === 'already-denied';
  if (!isTaken || by === '' || decided === null) return refusalText(texts, refusal);
  const { name, me } = decided;
  const { t } = texts;
  if (by === me) return t(code === 'already-admitted' ? 'lobbyNotice.youAdmitted' : 'lobbyNotice.youDenied', { name });
  return t(code === 'already-admitted' ? 'lobbyNotice.byAdmitted' : 'lobbyNotice.byDenied', { by, name });
}
