import { useState } from 'preact/hooks';
import { useTexts } from '../admin-texts.ts';
import type { Administration } from '../administration.ts';
import { ExportButton } from '../parts/export-button.tsx';
import { FailureNote } from '../parts/failure-note.tsx';
import { RecordRow } from './record-row.tsx';

/** What was refused, changed and exported. */
export function AuditView({ administration }: { readonly administration: Administration }) {
  const { t } = useTexts();
  const { audit } = administration;
  const { records, reference, busy, more, failure } = audit.state.value;
  const isEmpty = records.length === 0 && !busy && failure === null;
  return (
    <>
      <div class="view-head">
        <h1>{t('admin.audit')}</h1>
        <p class="quiet">{t('audit.lead')}</p>
      </div>
      <div class="card block audit-tools">
        <ReferenceForm administration={administration} />
        <ExportButton
          label={t('audit.export')}
          busyLabel={t('audit.exporting')}
          ask={administration.client.auditLines}
        />
      </div>
      <div class="live" aria-live="polite">
        {isEmpty ? (
          <p class="quiet list-note">{t(reference === '' || reference === null ? 'audit.empty' : 'audit.none')}</p>
        ) : null}
        {busy && records.length === 0 ? <p class="quiet list-note">{t('admin.loading')}</p> : null}
      </div>
      {records.length === 0 ? null : (
        <ol class="card records">
          {records.map((record) => (
            <li key={record.place} class="record">
              <RecordRow record={record} />
            </li>
          ))}
        </ol>
      )}
      {failure === null ? null : (
        <FailureNote
          failure={failure}
          onRetry={() => void (records.length === 0 ? audit.show(reference ?? '') : audit.more())}
        />
      )}
      {more && failure === null ? (
        <button type="button" class="button" aria-disabled={busy} onClick={busy ? undefined : () => void audit.more()}>
          {t(busy ? 'admin.loading' : 'audit.more')}
        </button>
      ) : null}
    </>
  );
}

function ReferenceForm({ administration: { audit } }: { readonly administration: Administration }) {
  const { t } = useTexts();
  const shown = audit.state.value.reference ?? '';
  const [typed, setTyped] = useState(shown);
  return (
    <form
      class="reference-form"
      onSubmit={(event) => {
        event.preventDefault();
        void audit.show(typed);
      }}
    >
      <label for="reference">{t('audit.reference')}</label>
      <div class="field-row">
        <input
          id="reference"
          class="field"
          type="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={16}
          value={typed}
          aria-describedby="reference-hint"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="button">
          {t('audit.find')}
        </button>
        {shown === '' ? null : (
          <button
            type="button"
            class="button button-bare"
            onClick={() => {
              setTyped('');
              void audit.show('');
            }}
          >
            {t('audit.all')}
          </button>
        )}
      </div>
      <p id="reference-hint" class="quiet">
        {t('audit.referenceHint')}
      </p>
    </form>
  );
}
