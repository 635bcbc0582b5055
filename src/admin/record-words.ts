import type { AdminRecord, MeetingNamed, Someone } from '../client/admin-api/admin-client.ts';
import type { AdminTexts } from './admin-texts.ts';
import { sentence, someoneText } from './words.ts';

/** What a record is about, in a sentence. */
export const recordText = (texts: AdminTexts, record: AdminRecord): string => sentence(eventText(texts, record));

function eventText(texts: AdminTexts, record: AdminRecord): string {
  const { t } = texts;
  const name = (someone: Someone): string => someoneText(texts, someone);
  switch (record.kind) {
    case 'refused': {
      const about = { actor: name(record.actor), action: t(`action.${record.action}`) };
      if (record.target !== null) return t('audit.refused', { ...about, target: name(record.target) });
      if (record.domain !== null) return t('audit.refusedAt', { ...about, domain: record.domain });
      return t('audit.refusedAll', about);
    }
    case 'removed':
      return t('audit.removed', { actor: name(record.actor) });
    case 'sign-in-refused':
      return t('audit.signInRefused', { actor: name(record.actor) });
    case 'door-refused': {
      const about = { actor: name(record.actor), meeting: meetingText(texts, record.meeting) };
      return t(record.code === 'may-not-admit' ? 'audit.admitRefused' : 'audit.doorRefused', about);
    }
    case 'policy-changed':
      return t('audit.policyChanged', { actor: name(record.by), revision: record.revision });
    case 'exported':
      return t(record.what === 'policy' ? 'audit.exportedPolicy' : 'audit.exportedAudit', { actor: name(record.by) });
    case 'administrator-changed': {
      const about = { actor: name(record.by), person: name(record.person) };
      return t(record.granted ? 'audit.granted' : 'audit.revoked', about);
    }
  }
}

function meetingText({ t }: AdminTexts, meeting: MeetingNamed | null): string {
  if (meeting === null) return t('audit.meetingGone');
  return meeting.title === '' ? t('audit.meetingUntitled') : t('audit.meeting', { title: meeting.title });
}

type DoorRefused = Extract<AdminRecord, { kind: 'door-refused' }>;

/** Why somebody was refused at a door, and which meeting's it was; in sentences. */
export function doorText(texts: AdminTexts, { code, meeting }: DoorRefused): string {
  const { t, language } = texts;
  const words: string = t(`door.${code}` as 'door.meeting-full');
  // A code that this page has no words for comes back as its key: the code itself is shown beside.
  const why = words === `door.${code}` ? [] : [words];
  if (meeting === null) return why.join(' ');
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(meeting.startMs);
  const facts = t('audit.meetingFacts', { name: someoneText(texts, meeting.organizer), when });
  return [...why, facts].join(' ');
}

/** How often the same happened again, and whether more of it is kept; null where it happened once. */
export function repeatedText({ t }: AdminTexts, record: AdminRecord): string | null {
  const { times, isLast } = 'actor' in record ? record : {};
  const words = [
    ...(times === undefined || times === 0
      ? []
      : [times === 1 ? t('audit.onceMore') : t('audit.times', { count: times })]),
    ...(isLast === true ? [t('audit.isLast')] : []),
  ];
  return words.length === 0 ? null : words.join(' ');
}
