import type { Contact } from '../../client/types.ts';
import type { RefusalCode } from '../../domain/call/refusal.ts';
import { relativeTime } from '../text/time.ts';
import { unreachableKey } from '../text/unreachable.ts';
import type { PanelCommand } from './command.ts';
import { entry, type ListEntry } from './description.ts';
import type { HeadsetTexts } from './view.ts';

/** At most two letters that stand for a name: the first of its first and of its last word. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  return chosen.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
}

interface ContactOptions {
  readonly nowMs: number;
  readonly busy: boolean;
  /** Why nobody can be called now; null when one can. */
  readonly blocked: string | null;
  /** What selecting does. */
  readonly command: PanelCommand;
}

/** A person of Recent Contacts or of a search, whom selecting calls or adds; greyed with the reason where that cannot be. */
export function contactEntry(contact: Contact, texts: HeadsetTexts, options: ContactOptions): ListEntry {
  if (contact.refusal !== null) return unreachableEntry(contact, contact.refusal, texts);
  const { t } = texts;
  const title = contact.name;
  const presence = t(`presence.${contact.presence}`);
  const last = lastCallText(contact, texts, options.nowMs);
  const detail = [presence, last ?? contact.jobTitle, last === null ? contact.company : '']
    .filter((part) => part !== '')
    .join(' · ');
  return entry({
    key: contact.key,
    title,
    label: [actionName(contact, options.command, texts), presence, last ?? ''].filter((part) => part !== '').join(', '),
    detail: options.busy ? busyText(title, options.command, texts) : detail,
    icon: contact.last === null ? null : LAST_ICONS[contact.last.outcome],
    initials: initialsOf(title),
    presence: contact.presence,
    tone: contact.last?.outcome === 'missed' ? 'waiting' : 'quiet',
    disabled: options.blocked,
    busy: options.busy,
    command: options.command,
  });
}

const busyText = (name: string, { type }: PanelCommand, { t }: HeadsetTexts): string =>
  type === 'addPerson' ? t('add.asking', { name }) : t('home.calling', { name });

const actionName = ({ name }: Contact, { type }: PanelCommand, { t }: HeadsetTexts): string =>
  type === 'addPerson' ? t('add.person', { name }) : t('home.call', { name });

/** Still listed: who was spoken with last week and is out of reach today is looked for in vain otherwise. */
function unreachableEntry({ key, name }: Contact, code: RefusalCode, { t }: HeadsetTexts): ListEntry {
  return entry({
    key,
    title: name,
    label: t('unreachable.label', { name, reason: t(`refusal.${code}`) }),
    detail: t(unreachableKey(code)),
    initials: initialsOf(name),
    look: 'faded',
    disabled: t(`refusal.${code}`),
    command: { type: 'callPerson', person: key },
  });
}

const LAST_ICONS = { answered: 'incoming', missed: 'missed', outgoing: 'outgoing' } as const;

function lastCallText({ last }: Contact, { t, language }: HeadsetTexts, nowMs: number): string | null {
  if (last === null) return null;
  return t(`home.${last.outcome}`, { when: relativeTime(last.atMs, nowMs, language) });
}

/** Newest call first; those never called follow by name. Does not rely on the order of the list. */
export function newestFirst(contacts: readonly Contact[], language: string): readonly Contact[] {
  const collator = new Intl.Collator(language);
  return [...contacts].sort((a, b) => (b.last?.atMs ?? 0) - (a.last?.atMs ?? 0) || collator.compare(a.name, b.name));
}
