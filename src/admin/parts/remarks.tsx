import type { PolicyRemark } from '../../client/admin-api/admin-client.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../admin-texts.ts';
import { remarkText } from '../words.ts';

const ORDER = { error: 0, warning: 1, note: 2 } as const;

/** What is wrong or surprising in a policy, the worst first. */
export function Remarks({ remarks }: { readonly remarks: readonly PolicyRemark[] }) {
  const texts = useTexts();
  if (remarks.length === 0) return <p class="quiet">{texts.t('overview.noRemarks')}</p>;
  const sorted = [...remarks].sort((a, b) => ORDER[a.weight] - ORDER[b.weight]);
  return (
    <ul class="remarks">
      {sorted.map((remark) => (
        <li key={JSON.stringify(remark)} class={`remark remark-${remark.weight}`}>
          <Icon name={remark.weight === 'note' ? 'info' : 'warning'} />
          <p>
            <span class="strong">{texts.t(`weight.${remark.weight}`)}: </span>
            {remarkText(texts, remark)}
          </p>
        </li>
      ))}
    </ul>
  );
}
