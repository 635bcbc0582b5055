import type { AdminMatrix } from '../../client/admin-api/admin-client.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../admin-texts.ts';
import { TableScroll } from '../parts/table-scroll.tsx';

interface CompanyTableProps {
  readonly companies: AdminMatrix['companies'];
  readonly company: string;
}

/** The other companies of the hub: both sides have to accept. */
export function CompanyTable({ companies, company }: CompanyTableProps) {
  const { t } = useTexts();
  if (companies.length === 0) return <p class="quiet">{t('overview.noCompanies')}</p>;
  return (
    <TableScroll labelledBy="companies-title">
      <table class="companies">
        <thead>
          <tr>
            <th scope="col">{t('overview.company')}</th>
            <th scope="col">{t('overview.weAccept', { company })}</th>
            <th scope="col">{t('overview.theyAccept', { company })}</th>
            <th scope="col">{t('overview.result')}</th>
          </tr>
        </thead>
        <tbody>
          {companies.map(({ name, domain, accepted, accepts }) => (
            <tr key={name}>
              <th scope="row">
                {name} <span class="quiet">{domain}</span>
              </th>
              <td>
                <Answer yes={accepted} />
              </td>
              <td>
                <Answer yes={accepts} />
              </td>
              <td class="strong">{t(accepted && accepts ? 'overview.resultYes' : 'overview.resultNo')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function Answer({ yes }: { readonly yes: boolean }) {
  const { t } = useTexts();
  return (
    <span class={yes ? 'answer answer-yes' : 'answer answer-no'}>
      <Icon name={yes ? 'check' : 'close'} size={16} />
      {t(yes ? 'overview.yes' : 'overview.no')}
    </span>
  );
}
