import type { AdminRecord } from '../../client/admin-api/admin-client.ts';
import { nameList } from '../../ui/text/time.ts';
import { useTexts } from '../admin-texts.ts';
import { AdminIcon, type AdminIconName } from '../parts/admin-icon.tsx';
import { Moment } from '../parts/moment.tsx';
import { RuleChain } from '../parts/rule-chain.tsx';
import { doorText, recordText, repeatedText } from '../record-words.ts';
import { partText, someoneText } from '../words.ts';

const ICONS: Readonly<Record<AdminRecord['kind'], AdminIconName>> = {
  refused: 'denies',
  removed: 'denies',
  'sign-in-refused': 'denies',
  'door-refused': 'denies',
  'policy-changed': 'policy',
  exported: 'download',
  'administrator-changed': 'allows',
};

export function RecordRow({ record }: { readonly record: AdminRecord }) {
  const texts = useTexts();
  const { t, language } = texts;
  const repeated = repeatedText(texts, record);
  return (
    <>
      <span class={`record-icon record-${record.kind}`}>
        <AdminIcon name={ICONS[record.kind]} />
      </span>
      <div class="record-words">
        <p>{recordText(texts, record)}</p>
        {record.kind === 'door-refused' ? <p>{doorText(texts, record)}</p> : null}
        {repeated === null ? null : <p class="record-repeated">{repeated}</p>}
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
