import type { AdminMatrix } from '../../client/admin-api/admin-client.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../admin-texts.ts';
import { TableScroll } from '../parts/table-scroll.tsx';

interface SegmentTableProps {
  readonly segments: AdminMatrix['segments'];
  readonly company: string;
}

/** Segments with each other: a sign and a word in each cell, never a colour alone. */
export function SegmentTable({ segments, company }: SegmentTableProps) {
  const { t } = useTexts();
  const { names, counts, allowed } = segments;
  if (names.length < 2) return <p class="quiet">{t('overview.noSegments', { company })}</p>;
  const nameOf = (name: string): string => (name === '' ? t('overview.noSegment') : name);
  return (
    <>
      <p class="quiet">{t('overview.segmentsLead')}</p>
      <TableScroll labelledBy="segments-title">
        <table class="matrix">
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th key={name} scope="col">
                  <span>{nameOf(name)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name, row) => (
              <tr key={name}>
                <th scope="row">
                  {nameOf(name)}
                  {counts === null ? null : <Count count={counts[row] ?? 0} />}
                </th>
                {names.map((column, at) => (
                  <Cell key={column} allowed={allowed[row]?.[at] === true} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <Legend />
    </>
  );
}

function Count({ count }: { readonly count: number }) {
  const { t } = useTexts();
  return <span class="quiet">{count === 1 ? t('overview.onePerson') : t('overview.people', { count })}</span>;
}

function Cell({ allowed }: { readonly allowed: boolean }) {
  const { t } = useTexts();
  return (
    <td class={allowed ? 'cell-yes' : 'cell-no'}>
      <Icon name={allowed ? 'check' : 'close'} size={16} />
      <span class="visually-hidden">{t(allowed ? 'overview.yes' : 'overview.no')}</span>
    </td>
  );
}

function Legend() {
  const { t } = useTexts();
  return (
    <p class="legend">
      <span class="visually-hidden">{t('overview.legend')}: </span>
      <span class="legend-entry">
        <span class="legend-sign cell-yes">
          <Icon name="check" size={16} />
        </span>
        {t('overview.legendYes')}
      </span>
      <span class="legend-entry">
        <span class="legend-sign cell-no">
          <Icon name="close" size={16} />
        </span>
        {t('overview.legendNo')}
      </span>
    </p>
  );
}
