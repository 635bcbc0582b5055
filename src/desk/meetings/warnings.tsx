import type { DraftCheck } from '../../client/types.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { nameOf, warningWords } from './form-words.ts';
import type { DraftForm } from './use-draft.ts';

interface WarningsProps {
  readonly desk: Desk;
  readonly form: DraftForm;
}

/** What can be planned so, and probably is not meant; with what would help. It forbids nothing. */
export function Warnings({ desk, form }: WarningsProps) {
  const texts = useTexts();
  const { t } = texts;
  const { fields, warnings } = form;
  const known = desk.client.meetings.value;
  const titleOf = (meetingId: string): string | undefined =>
    known.state === 'ready' ? known.value.find((one) => one.meetingId === meetingId)?.title : undefined;
  return (
    <section class="warnings" aria-live="polite" aria-label={t('warning.title')}>
      {warnings.map((warning) => (
        <div key={warning.kind} class="refused-note">
          <p class="warning-words">
            <Icon name="warning" size={16} />
            {warningWords(texts, warning, { people: fields.people, titleOf })}
          </p>
          {warning.kind === 'nobody-to-admit' ? <Offers form={form} warning={warning} /> : null}
        </div>
      ))}
    </section>
  );
}

type NobodyToAdmit = Extract<DraftCheck['warnings'][number], { readonly kind: 'nobody-to-admit' }>;

function Offers({ form, warning }: { readonly form: DraftForm; readonly warning: NobodyToAdmit }) {
  const { t } = useTexts();
  const { people } = form.fields;
  return (
    <div class="button-row">
      {warning.offerEveryone ? (
        <button type="button" class="button" onClick={() => form.set({ lobby: 'everyone' })}>
          {t('warning.letEveryoneIn')}
        </button>
      ) : null}
      {warning.offerCoOrganizers.map((person) => (
        <button
          key={person}
          type="button"
          class="button"
          onClick={() =>
            form.set({
              people: people.map((one) =>
                one.kind === 'account' && one.person === person ? { ...one, role: 'coOrganizer' } : one,
              ),
            })
          }
        >
          {t('warning.makeCoOrganizer', { name: nameOf(people, person) })}
        </button>
      ))}
    </div>
  );
}
