import type { AdminPolicy } from '../../client/admin-api/admin-client.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../admin-texts.ts';
import { AdminIcon } from '../parts/admin-icon.tsx';
import { ExportButton } from '../parts/export-button.tsx';
import { FailureNote } from '../parts/failure-note.tsx';
import { Moment } from '../parts/moment.tsx';
import type { PolicyEditor } from '../policy-editor.ts';
import { someoneText } from '../words.ts';
import { DryRunView } from './dry-run-view.tsx';
import { PolicyDraft } from './policy-draft.tsx';

/** The policy as a file: read, changed, tried dry, applied. */
export function PolicyView({ editor }: { readonly editor: PolicyEditor }) {
  const { t } = useTexts();
  return (
    <>
      <div class="view-head">
        <h1>{t('admin.policy')}</h1>
        <p class="quiet">{t('policy.lead')}</p>
      </div>
      <Step editor={editor} />
    </>
  );
}

function Step({ editor }: { readonly editor: PolicyEditor }) {
  const { t } = useTexts();
  const step = editor.step.value;
  const policy = editor.policy.value;
  switch (step.kind) {
    case 'reading':
      return (
        <p class="quiet list-note" role="status">
          {t('admin.loading')}
        </p>
      );
    case 'unread':
      return <FailureNote failure={step.failure} onRetry={() => void editor.read()} />;
    case 'current':
      return policy === null ? null : <Current editor={editor} policy={policy} applied={step.applied} />;
    case 'editing':
      return <PolicyDraft editor={editor} problems={step.problems} busy={false} />;
    case 'checking':
      return <PolicyDraft editor={editor} problems={[]} busy />;
    case 'checked':
    case 'applying':
      return <DryRunView editor={editor} outcome={step.outcome} busy={step.kind === 'applying'} />;
  }
}

interface CurrentProps {
  readonly editor: PolicyEditor;
  readonly policy: AdminPolicy;
  readonly applied: boolean;
}

function Current({ editor, policy, applied }: CurrentProps) {
  const texts = useTexts();
  const { t, language } = texts;
  const { revision, text, atMs, by } = policy;
  return (
    <>
      {applied ? (
        <p class="note note-good" role="status">
          <Icon name="check" />
          {t('policy.applied', { revision })}
        </p>
      ) : null}
      <section class="card block">
        <div class="policy-head">
          <div>
            <h2>{t('policy.revision', { revision })}</h2>
            <p class="quiet">
              <Moment atMs={atMs} language={language} /> · {someoneText(texts, by)}
            </p>
          </div>
          <div class="form-actions">
            <button type="button" class="button button-accent" onClick={() => editor.edit(text)}>
              <Icon name="edit" />
              {t('policy.edit')}
            </button>
            <FileButton onText={editor.edit} />
            <ExportButton label={t('policy.download')} busyLabel={t('policy.downloading')} ask={editor.file} />
          </div>
        </div>
        <textarea class="policy-text" readOnly wrap="off" aria-label={t('policy.file')} value={text} />
      </section>
    </>
  );
}

/** A file of the reader's own. Nothing is sent before it is tried. */
function FileButton({ onText }: { readonly onText: (text: string) => void }) {
  const { t } = useTexts();
  return (
    <label class="button file-button">
      <AdminIcon name="upload" />
      {t('policy.upload')}
      <input
        type="file"
        class="visually-hidden"
        accept=".json,application/json"
        onChange={(event) => {
          const input = event.currentTarget;
          const [file] = input.files ?? [];
          if (file !== undefined) void file.text().then(onText);
          // The same file again, changed meanwhile, is a new choice.
          input.value = '';
        }}
      />
    </label>
  );
}
