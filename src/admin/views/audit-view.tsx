import { useState } from 'preact/hooks';
import type { AdminFailure, AdminRecord } from '../../client/admin-api/admin-client.ts';
import { nameList } from '../../ui/text/time.ts';
import { useTexts } from '../admin-texts.ts';
import type { Administration } from '../administration.ts';
import { AdminIcon, type AdminIconName } from '../parts/admin-icon.tsx';
import { download } from '../parts/download.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { Moment } from '../parts/moment.tsx';
import { RuleChain } from '../parts/rule-chain.tsx';
import { partText, recordText, someoneText } from '../words.ts';

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
        <ExportButton administration={administration} />
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
              <Row record={record} />
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

function ExportButton({ administration: { client } }: { readonly administration: Administration }) {
  const { t } = useTexts();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AdminFailure | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    const result = await client.auditLines();
    setBusy(false);
    setFailure(result.ok ? null : result.failure);
    if (result.ok) download(result.value.content, result.value.fileName);
  };
  return (
    <div class="audit-export">
      <button type="button" class="button" aria-disabled={busy} onClick={busy ? undefined : () => void run()}>
        <AdminIcon name="download" />
        {t(busy ? 'audit.exporting' : 'audit.export')}
      </button>
      {failure === null ? null : <FailureNote failure={failure} />}
    </div>
  );
}

const ICONS: Readonly<Record<AdminRecord['kind'], AdminIconName>> = {
  refused: 'denies',
  removed: 'denies',
  'sign-in-refused': 'denies',
  'door-refused': 'denies',
  'policy-changed': 'policy',
  exported: 'download',
  'administrator-changed': 'allows',
};

function Row({ record }: { readonly record: AdminRecord }) {
  const texts = useTexts();
  const { t, language } = texts;
  return (
    <>
      <span class={`record-icon record-${record.kind}`}>
        <AdminIcon name={ICONS[record.kind]} />
      </span>
      <div class="record-words">
        <p>{recordText(texts, record)}</p>
        <Details record={record} />
        <p class="quiet record-facts">
          <Moment atMs={record.atMs} language={language} />
          <code class="reference">{record.reference}</code>
          {'code' in record ? <code>{record.code}</code> : null}
          {record.kind === 'policy-changed' ? (
            <span>
              {nameList(
                record.changed.map((part) => partText(texts, part)),
                language,
              )}
            </span>
          ) : null}
        </p>
        {'rules' in record && record.rules.length > 0 ? (
          <details class="record-rules">
            <summary>{t('audit.rules')}</summary>
            <RuleChain steps={record.rules} />
          </details>
        ) : null}
      </div>
    </>
  );
}

/** Who else was there. */
function Details({ record }: { readonly record: AdminRecord }) {
  const texts = useTexts();
  if (!('present' in record) || record.present.length === 0) return null;
  const names = nameList(
    record.present.map((one) => someoneText(texts, one)),
    texts.language,
  );
  return <p class="quiet">{texts.t('audit.also', { names })}</p>;
}
