import type {
  AdminFailure,
  AdminStep,
  AlikeSummary,
  EndingCall,
  PolicyRemark,
  Someone,
} from '../client/admin-api/admin-client.ts';
import { missingLicence } from '../domain/call/refusal.ts';
import { nameList } from '../ui/text/time.ts';
import type { AdminTexts } from './admin-texts.ts';

export function someoneText({ t }: AdminTexts, someone: Someone): string {
  switch (someone.kind) {
    case 'person':
      return someone.name === '' ? someone.mail : someone.name;
    case 'outsider':
      return someone.company === null
        ? t('admin.somebodyElsewhere')
        : t('admin.somebodyAt', { company: someone.company });
    case 'anonymous':
      return t('admin.anonymous');
    case 'gone':
      return t('admin.gone');
    case 'hub':
      return t(HUB_NAMES[someone.by]);
  }
}

const HUB_NAMES = {
  file: 'admin.byFile',
  configuration: 'admin.byConfiguration',
  console: 'admin.byConsole',
} as const;

export function failureText({ t }: AdminTexts, failure: AdminFailure): string {
  switch (failure.kind) {
    case 'offline':
      return t('admin.offline');
    case 'signed-out':
      return t('admin.signedOut');
    case 'strange':
      return t('admin.strange');
    case 'refused': {
      const licence = missingLicence(failure.refusal);
      return licence === null ? t(`refusal.${failure.refusal.code}`) : t('closed.licence', { licence });
    }
  }
}

/** A sentence may begin with somebody who has no name here. */
export const sentence = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase());

/** A rule in plain words. */
export function stepText(texts: AdminTexts, step: AdminStep): string {
  const name = (someone: Someone | null): string =>
    someone === null ? texts.t('admin.somebodyElsewhere') : someoneText(texts, someone);
  const text: string = texts.t(`rule.${step.rule}.${step.outcome}` as 'rule.self.allows');
  const names = { from: name(step.from), to: name(step.to), company: step.company };
  return sentence(fill(text, { ...names, policy: step.policy ?? '', entry: step.entry ?? names.to }));
}

/** What is wrong or surprising in a policy. */
export function remarkText({ t }: AdminTexts, { kind, names }: PolicyRemark): string {
  const text: string = t(`remark.${kind}` as 'remark.legacy-in-multi');
  // A kind that this page does not know comes back as its key.
  return text === `remark.${kind}` ? t('remark.other', { kind }) : fill(text, names);
}

/** For texts whose parameters depend on data: whatever a text names and the data lacks is left out. */
const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '');

/** People whom the rules cannot tell apart. */
export function alikeText(texts: AdminTexts, people: AlikeSummary): string {
  const { t } = texts;
  if (!people.own) return t('policy.anyoneAt', { company: people.company });
  const traits = [
    segmentsText(texts, people.segments),
    ...(people.guests ? [t('policy.guests')] : []),
    ...(people.hidden ? [t('policy.hidden')] : []),
  ];
  return t('policy.everyoneIn', { company: people.company, segments: traits.join(', ') });
}

function segmentsText({ t, language }: AdminTexts, segments: AlikeSummary['segments']): string {
  if (segments === null) return t('policy.anySegment');
  return segments.length === 0 ? t('policy.noSegment') : nameList(segments, language);
}

export function countText({ t }: AdminTexts, count: number | null): string | null {
  if (count === null) return null;
  return count === 1 ? t('policy.countOne') : t('policy.count', { count });
}

export function callText(texts: AdminTexts, { kind, people, leaving }: EndingCall): string {
  const names = (many: readonly Someone[]): string =>
    nameList(
      many.map((one) => someoneText(texts, one)),
      texts.language,
    );
  const about = { leaving: names(leaving), people: names(people) };
  return sentence(texts.t(kind === 'meeting' ? 'policy.meetingLeaves' : 'policy.callLeaves', about));
}

export function partText({ t }: AdminTexts, part: string): string {
  const text: string = t(`part.${part}` as 'part.name');
  return text === `part.${part}` ? part : text;
}
