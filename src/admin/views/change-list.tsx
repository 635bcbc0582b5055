import type { AlikeSummary, ReachChangeSummary } from '../../client/admin-api/admin-client.ts';
import { useTexts } from '../admin-texts.ts';
import { AdminIcon } from '../parts/admin-icon.tsx';
import { alikeText, countText } from '../words.ts';

interface ChangeListProps {
  readonly kind: 'gains' | 'losses';
  readonly changes: readonly ReachChangeSummary[];
}

/** The hub lists those first that are about most people; further down nobody reads. */
const MOST_SHOWN = 100;

/** Who gains, or who loses, by people who are alike. */
export function ChangeList({ kind, changes }: ChangeListProps) {
  const { t } = useTexts();
  const isGain = kind === 'gains';
  return (
    <div class={`change-list change-${kind}`}>
      <h3>
        <AdminIcon name={isGain ? 'allows' : 'denies'} />
        {t(isGain ? 'policy.gains' : 'policy.losses')}
        <span class="tag">{changes.length}</span>
      </h3>
      {changes.length === 0 ? <p class="quiet">{t(isGain ? 'policy.noGains' : 'policy.noLosses')}</p> : null}
      <ul>
        {changes.slice(0, MOST_SHOWN).map((change) => (
          <li key={JSON.stringify(change)}>
            <Change change={change} />
          </li>
        ))}
      </ul>
      {changes.length > MOST_SHOWN ? (
        <p class="quiet">{t('policy.more', { count: changes.length - MOST_SHOWN })}</p>
      ) : null}
    </div>
  );
}

function Change({ change: { a, b, example, policy } }: { readonly change: ReachChangeSummary }) {
  const { t } = useTexts();
  const isOneClass = JSON.stringify(a) === JSON.stringify(b);
  return (
    <>
      <p>
        <People people={a} />{' '}
        {isOneClass ? (
          t('policy.each')
        ) : (
          <>
            <span class="quiet">{t('policy.with')}</span> <People people={b} />
          </>
        )}
      </p>
      <p class="quiet">
        {t('policy.example', example)}
        {policy === null ? '' : `, ${t('policy.because', { policy })}`}
      </p>
    </>
  );
}

function People({ people }: { readonly people: AlikeSummary }) {
  const texts = useTexts();
  const count = countText(texts, people.count);
  return (
    <span title={people.people.join(', ')}>
      <span class="strong">{alikeText(texts, people)}</span>
      {count === null ? null : <span class="quiet"> ({count})</span>}
    </span>
  );
}
