import { Icon } from '../../ui/parts/icon.tsx';
import { nameList } from '../../ui/text/time.ts';
import { type DeskTexts, useTexts } from '../desk-texts.ts';
import { type FormFields, readFields } from './form-fields.ts';
import type { Part } from './newer.ts';
import type { DraftForm } from './use-draft.ts';

/** The meeting in the form is not as it was: what is newer, and what became of what was typed. */
export function NewerNote({ form }: { readonly form: DraftForm }) {
  const texts = useTexts();
  const { t } = texts;
  const { newer, cancelled, isAnew, takeTheirs } = form;
  return (
    <section class="newer" role="alert" aria-label={t('newer.label')}>
      {newer === null ? null : (
        <div class="refused-note">
          <p class="warning-words">
            <Icon name="warning" size={16} />
            {cancelled ? t('newer.cancelled') : t('newer.changed')}
          </p>
          {cancelled ? (
            <p>{t(isAnew ? 'newer.anew' : 'newer.over')}</p>
          ) : (
            <>
              <Parts title={t('newer.taken')} parts={newer.taken} theirs={newer.theirs} />
              <Parts title={t('newer.kept')} parts={newer.kept} theirs={newer.theirs} />
              {newer.kept.length === 0 ? null : (
                <div class="button-row">
                  <button type="button" class="button" onClick={takeTheirs}>
                    {t('newer.takeTheirs')}
                  </button>
                </div>
              )}
            </>
          )}
        </div>
      )}
    </section>
  );
}

interface PartsProps {
  readonly title: string;
  readonly parts: readonly Part[];
  readonly theirs: FormFields;
}

function Parts({ title, parts, theirs }: PartsProps) {
  const texts = useTexts();
  if (parts.length === 0) return null;
  return (
    <>
      <p>{title}</p>
      <ul class="newer-parts">
        {parts.map((part) => (
          <li key={part}>{partText(texts, part, theirs)}</li>
        ))}
      </ul>
    </>
  );
}

function partText({ t, language }: DeskTexts, part: Part, fields: FormFields): string {
  switch (part) {
    case 'title':
      return t('newer.title', { title: fields.title });
    case 'when': {
      const { startMs, endMs } = readFields(fields, null).draft;
      const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: fields.zone });
      return t('newer.when', { when: day.formatRange(startMs, endMs) });
    }
    case 'people': {
      const names = fields.people.map((one) => (one.kind === 'account' ? one.name : one.mail));
      return names.length === 0 ? t('newer.nobody') : t('newer.people', { names: nameList(names, language) });
    }
    case 'lobby':
      return t('newer.lobby', { who: t(`lobby.${fields.lobby}`) });
    case 'anonymous':
      return t(fields.anonymousAllowed ? 'newer.anonymousOn' : 'newer.anonymousOff');
  }
}
