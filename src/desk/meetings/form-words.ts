import type { DraftCheck } from '../../client/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { Invitee } from '../../domain/meeting/model.ts';
import type { ScheduleProblem } from '../../domain/meeting/schedule.ts';
import { nameList } from '../../ui/text/time.ts';
import type { DeskTexts } from '../desk-texts.ts';
import type { FormPerson } from './form-fields.ts';

type Warning = DraftCheck['warnings'][number];

export function nameOf(people: readonly FormPerson[], person: PersonKey): string {
  const found = people.find((one) => one.kind === 'account' && one.person === person);
  return found?.kind === 'account' ? found.name : '';
}

export function problemWords({ t }: DeskTexts, problem: ScheduleProblem, people: readonly FormPerson[]): string {
  switch (problem.kind) {
    case 'title-missing':
    case 'time-missing':
    case 'too-short':
    case 'in-the-past':
    case 'too-far-ahead':
    case 'lobby-not-allowed':
    case 'organizer-not-member':
      return t(`problem.${problem.kind}`);
    case 'title-too-long':
    case 'too-many-people':
      return t(`problem.${problem.kind}`, { max: problem.max });
    case 'zone-unknown':
      return t('problem.zone-unknown', { zone: problem.zone });
    case 'too-long':
      return t('problem.too-long', { maxHours: problem.maxHours });
    case 'address-malformed':
      return t('problem.address-malformed', { mail: problem.mail });
    case 'person-unknown':
    case 'co-organizer-not-member':
    case 'presenter-not-known':
      return t(`problem.${problem.kind}`, { name: nameOf(people, problem.person) });
  }
}

/** @param titleOf of the person's other meetings, as far as they are known here */
export function warningWords(
  { t, language }: DeskTexts,
  warning: Warning,
  { people, titleOf }: { readonly people: readonly FormPerson[]; titleOf(meetingId: string): string | undefined },
): string {
  const names = (invitees: readonly Invitee[]): string =>
    nameList(
      invitees.map((one) => (one.kind === 'mail' ? one.mail : nameOf(people, one.person))),
      language,
    );
  switch (warning.kind) {
    case 'nobody-to-admit':
      return t('warning.nobody-to-admit', { names: names(warning.waiting) });
    case 'cannot-join':
      return t(`warning.${warning.code}`, { names: names(warning.invitees) });
    case 'overlaps': {
      const titles = warning.meetingIds.map(titleOf).filter((title) => title !== undefined);
      if (titles.length === 0) return t('warning.overlapsUnknown');
      return t('warning.overlaps', { titles: nameList(titles, language) });
    }
  }
}
