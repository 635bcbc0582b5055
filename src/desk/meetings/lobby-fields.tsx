import { useId } from 'preact/hooks';
import { LOBBY_MODES } from '../../domain/meeting/model.ts';
import { useTexts } from '../desk-texts.ts';
import { Labelled } from './labelled.tsx';
import type { DraftForm } from './use-draft.ts';

interface LobbyFieldsProps {
  readonly form: DraftForm;
  readonly problems: readonly string[];
}

/** Who comes in without waiting, within what the company allows. */
export function LobbyFields({ form, problems }: LobbyFieldsProps) {
  const { t } = useTexts();
  const { fields, check } = form;
  const allowed = check?.settings.lobby.allowed ?? LOBBY_MODES;
  // One that was allowed once may stay.
  const choices = LOBBY_MODES.filter((mode) => allowed.includes(mode) || mode === fields.lobby);
  const anonymousOff = check?.settings.anonymousJoin === false;
  const id = useId();
  return (
    <>
      <Labelled label={t('form.lobby')} problems={problems}>
        {(selectId, wrong) => (
          <>
            <select
              id={selectId}
              class="field"
              value={fields.lobby}
              aria-invalid={wrong}
              aria-describedby={`${selectId}-wrong ${id}-hint`}
              onChange={(event) => {
                const lobby = choices.find((mode) => mode === event.currentTarget.value);
                if (lobby !== undefined) form.set({ lobby });
              }}
            >
              {choices.map((mode) => (
                <option key={mode} value={mode}>
                  {t(`lobby.${mode}`)}
                </option>
              ))}
            </select>
            <p class="quiet" id={`${id}-hint`}>
              {t('form.lobbyHint')}
            </p>
          </>
        )}
      </Labelled>
      <div class="form-check">
        <input
          type="checkbox"
          id={`${id}-anonymous`}
          checked={fields.anonymousAllowed && !anonymousOff}
          disabled={anonymousOff}
          aria-describedby={`${id}-off`}
          onChange={(event) => form.set({ anonymousAllowed: event.currentTarget.checked })}
        />
        <label for={`${id}-anonymous`}>{t('form.anonymous')}</label>
        <p class="quiet" id={`${id}-off`}>
          {anonymousOff ? t('form.anonymousOff') : ''}
        </p>
      </div>
    </>
  );
}
