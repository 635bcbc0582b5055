import type { AdminMatrix, AdminSession } from '../../client/admin-api/admin-client.ts';
import { useTexts } from '../admin-texts.ts';
import type { Administration } from '../administration.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { Remarks } from '../parts/remarks.tsx';
import { CompanyTable } from './company-table.tsx';
import { MeetingSettingsList } from './meeting-settings.tsx';
import { SegmentTable } from './segment-table.tsx';

interface OverviewViewProps {
  readonly administration: Administration;
  readonly session: AdminSession;
}

/** Who reaches whom at a glance. */
export function OverviewView({ administration, session }: OverviewViewProps) {
  const { t } = useTexts();
  const { overview } = administration;
  const state = overview.state.value;
  return (
    <>
      <div class="view-head">
        <h1>{t('admin.overview')}</h1>
      </div>
      {state.kind === 'failed' ? (
        <FailureNote failure={state.failure} onRetry={() => void overview.ask()} />
      ) : state.kind === 'ready' ? (
        <Overview matrix={state.value} company={session.company} />
      ) : (
        <p class="quiet list-note" role="status">
          {t('admin.loading')}
        </p>
      )}
    </>
  );
}

interface OverviewProps {
  readonly matrix: AdminMatrix;
  readonly company: string;
}

function Overview({ matrix, company }: OverviewProps) {
  const { t } = useTexts();
  return (
    <>
      <section class="card block" aria-labelledby="segments-title">
        <h2 id="segments-title">{t('overview.segments', { company })}</h2>
        <SegmentTable segments={matrix.segments} company={company} />
      </section>
      <section class="card block" aria-labelledby="companies-title">
        <h2 id="companies-title">{t('overview.companies')}</h2>
        <CompanyTable companies={matrix.companies} company={company} />
      </section>
      <div class="block-pair">
        <section class="card block" aria-labelledby="external-title">
          <h2 id="external-title">{t('overview.external')}</h2>
          <ExternalWords matrix={matrix} company={company} />
        </section>
        <section class="card block" aria-labelledby="guests-title">
          <h2 id="guests-title">{t('overview.guests')}</h2>
          <GuestWords guests={matrix.guests} />
        </section>
      </div>
      <section class="card block" aria-labelledby="meetings-title">
        <h2 id="meetings-title">{t('meetingSettings.title')}</h2>
        <MeetingSettingsList settings={matrix.meetings} />
      </section>
      <section class="card block" aria-labelledby="remarks-title">
        <h2 id="remarks-title">{t('overview.remarks')}</h2>
        <Remarks remarks={matrix.remarks} />
      </section>
    </>
  );
}

function ExternalWords({ matrix: { external }, company }: OverviewProps) {
  const { t } = useTexts();
  if (!external.enabled) return <p>{t('overview.externalOff', { company })}</p>;
  const domains = external.domains.join(', ');
  switch (external.mode) {
    case 'open':
      return <p>{t('overview.externalOpen')}</p>;
    case 'none':
      return <p>{t('overview.externalNone')}</p>;
    case 'allow':
      return <p>{t('overview.externalAllow', { domains })}</p>;
    case 'block':
      return <p>{t(external.blockSubdomains ? 'overview.externalBlockAll' : 'overview.externalBlock', { domains })}</p>;
  }
}

function GuestWords({ guests }: Pick<AdminMatrix, 'guests'>) {
  const { t } = useTexts();
  const rule = !guests.enabled
    ? t('overview.guestsOff')
    : t(guests.reach === 'teams' ? 'overview.guestsTeams' : 'overview.guestsTenant');
  return (
    <p>
      {rule} {guests.count === null || guests.count === 0 ? null : t('overview.guestCount', { count: guests.count })}
    </p>
  );
}
