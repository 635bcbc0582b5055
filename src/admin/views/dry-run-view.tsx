import { useEffect, useRef } from 'preact/hooks';
import type { DryRun } from '../../client/admin-api/admin-client.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { nameList } from '../../ui/text/time.ts';
import { useTexts } from '../admin-texts.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { FailureNote } from '../parts/failure-note.tsx';
import { Remarks } from '../parts/remarks.tsx';
import type { PolicyEditor } from '../policy-editor.ts';
import { callText, partText } from '../words.ts';
import { ChangeList } from './change-list.tsx';
import { MeetingSettingsChanges } from './meeting-settings.tsx';

interface DryRunViewProps {
  readonly editor: PolicyEditor;
  readonly outcome: DryRun;
  readonly busy: boolean;
}

/** What applying the changed file would do. */
export function DryRunView({ editor, outcome, busy }: DryRunViewProps) {
  const texts = useTexts();
  const { t, language } = texts;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const failure = editor.failure.value;
  const isOutdated = failure?.kind === 'refused' && failure.refusal.code === 'out-of-turn';
  const parts = outcome.changed.map((part) => partText(texts, part));
  return (
    <section class="card block dry-run">
      <h2 ref={title} tabIndex={-1}>
        {t('policy.dryRun')}
      </h2>
      <p class="quiet">
        {parts.length === 0 ? t('policy.nothing') : t('policy.parts', { parts: nameList(parts, language) })}
      </p>
      <div class="changes">
        <ChangeList kind="gains" changes={outcome.gains} />
        <ChangeList kind="losses" changes={outcome.losses} />
      </div>
      <People outcome={outcome} />
      {outcome.meetings === null ? null : <MeetingSettingsChanges {...outcome.meetings} />}
      <h3>{t('policy.calls')}</h3>
      {outcome.calls.length === 0 ? <p class="quiet">{t('policy.noCalls')}</p> : <Calls outcome={outcome} />}
      <h3>{t('overview.remarks')}</h3>
      <Remarks remarks={outcome.remarks} />
      {isOutdated ? (
        <p class="note note-problem" role="alert">
          <Icon name="warning" />
          {t('policy.outdated')}
        </p>
      ) : failure === null ? null : (
        <FailureNote failure={failure} />
      )}
      <div class="form-actions">
        <ConfirmDialog
          label={t(busy ? 'policy.applying' : 'policy.apply')}
          disabled={busy || isOutdated || parts.length === 0}
          title={t('policy.sure')}
          text={t('policy.sureWhat')}
          confirm={t('policy.apply')}
          onConfirm={() => void editor.apply()}
        />
        <button type="button" class="button button-large" disabled={busy} onClick={editor.reconsider}>
          {t('policy.back')}
        </button>
        <button type="button" class="button button-bare button-large" disabled={busy} onClick={editor.discard}>
          {t('policy.discard')}
        </button>
      </div>
    </section>
  );
}

function Calls({ outcome }: Pick<DryRunViewProps, 'outcome'>) {
  const texts = useTexts();
  return (
    <ul class="remarks">
      {outcome.calls.map((call) => (
        <li key={JSON.stringify(call)} class="remark remark-warning">
          <Icon name="end-call" />
          <p>{callText(texts, call)}</p>
        </li>
      ))}
    </ul>
  );
}

function People({ outcome: { added, removed } }: Pick<DryRunViewProps, 'outcome'>) {
  const { t } = useTexts();
  const rows = [
    { text: t('policy.added', { count: added.count }), people: added },
    { text: t('policy.removed', { count: removed.count }), people: removed },
  ].filter(({ people }) => people.count > 0);
  return (
    <>
      {rows.map(({ text, people }) => (
        <p key={text}>
          <span class="strong">{text}.</span> <span class="quiet">{people.people.join(', ')}</span>
        </p>
      ))}
    </>
  );
}
