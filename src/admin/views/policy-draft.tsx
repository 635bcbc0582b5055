import { useEffect, useRef } from 'preact/hooks';
import type { AdminFileProblem } from '../../client/admin-api/admin-client.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../admin-texts.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import type { PolicyEditor } from '../policy-editor.ts';

interface PolicyDraftProps {
  readonly editor: PolicyEditor;
  readonly problems: readonly AdminFileProblem[];
  readonly busy: boolean;
}

/** The changed file, and what is wrong in it. */
export function PolicyDraft({ editor, problems, busy }: PolicyDraftProps) {
  const { t } = useTexts();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const failure = editor.failure.value;
  return (
    <section class="card block">
      <label class="strong" for="policy-draft">
        {t('policy.file')}
      </label>
      {problems.length === 0 ? null : <Problems problems={problems} />}
      {failure === null ? null : <FailureNote failure={failure} />}
      <textarea
        id="policy-draft"
        ref={field}
        class="policy-text policy-draft"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="none"
        wrap="off"
        readOnly={busy}
        aria-invalid={problems.length > 0}
        aria-describedby={problems.length > 0 ? 'policy-problems' : undefined}
        value={editor.draft.value}
        onInput={(event) => editor.edit(event.currentTarget.value)}
      />
      <div class="form-actions">
        <button
          type="button"
          class="button button-accent button-large"
          aria-disabled={busy}
          onClick={busy ? undefined : () => void editor.check()}
        >
          {t(busy ? 'policy.checking' : 'policy.check')}
        </button>
        <button type="button" class="button button-large" disabled={busy} onClick={editor.discard}>
          {t('policy.discard')}
        </button>
      </div>
    </section>
  );
}

function Problems({ problems }: { readonly problems: readonly AdminFileProblem[] }) {
  const { t } = useTexts();
  return (
    <div id="policy-problems" class="note note-problem problems" role="alert">
      <Icon name="warning" />
      <div>
        <p class="strong">{t('policy.problems')}</p>
        <p>{problems.length === 1 ? t('policy.oneProblem') : t('policy.problemCount', { count: problems.length })}</p>
        <ul>
          {problems.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
