import type { AdminFailure, AdminSession } from '../client/admin-api/admin-client.ts';
import { missingLicence } from '../domain/call/refusal.ts';
import { Icon } from '../ui/parts/icon.tsx';
import { useTexts } from './admin-texts.ts';
import { type Administration, SECTIONS, type Section } from './administration.ts';
import { AdminIcon } from './parts/admin-icon.tsx';
import { SignInAgainContext } from './parts/failure-note.tsx';
import { AuditView } from './views/audit-view.tsx';
import { OverviewView } from './views/overview-view.tsx';
import { PolicyView } from './views/policy-view.tsx';
import { TryView } from './views/try-view.tsx';
import { failureText } from './words.ts';

export interface AdminPageProps {
  readonly administration: Administration;
  readonly demo: boolean;
  readonly onSignIn: () => void;
}

/** Everything that somebody sees who is signed in. */
export function AdminPage({ administration, demo, onSignIn }: AdminPageProps) {
  const { t } = useTexts();
  const session = administration.session.state.value;
  switch (session.kind) {
    case 'idle':
    case 'loading':
      return <p class="splash">{t('admin.loading')}</p>;
    case 'failed':
      return <TurnedAway administration={administration} failure={session.failure} onSignIn={onSignIn} />;
    case 'ready':
      return (
        <SignInAgainContext.Provider value={onSignIn}>
          <div class="admin">
            <Header administration={administration} session={session.value} demo={demo} />
            <main class="admin-main" id="main">
              <View administration={administration} session={session.value} />
            </main>
          </div>
        </SignInAgainContext.Provider>
      );
  }
}

interface ViewProps {
  readonly administration: Administration;
  readonly session: AdminSession;
}

function View({ administration, session }: ViewProps) {
  switch (administration.section.value) {
    case 'try':
      return <TryView administration={administration} company={session.company} />;
    case 'overview':
      return <OverviewView administration={administration} session={session} />;
    case 'policy':
      return <PolicyView editor={administration.editor} />;
    case 'audit':
      return <AuditView administration={administration} />;
  }
}

function Header({ administration, session, demo }: ViewProps & { readonly demo: boolean }) {
  const { t } = useTexts();
  return (
    <header class="admin-header">
      <div class="admin-bar">
        <p class="admin-brand">
          <span class="brand-mark" aria-hidden="true" />
          <span class="strong">{t('product.name')}</span>
        </p>
        <p class="company-badge">
          <Icon name="company" />
          <span>{session.company}</span>
        </p>
        {demo ? <p class="badge-demo">{t('product.demo')}</p> : null}
        <details class="admin-account">
          <summary class="icon-button" aria-label={t('admin.account', { name: session.me.name })}>
            <Icon name="person" />
            <span class="admin-account-name">{session.me.name}</span>
          </summary>
          <div class="admin-account-card">
            <p class="strong">{session.me.name}</p>
            <p class="quiet">{session.me.mail}</p>
            <a class="button" href="/desk">
              <Icon name="desk" />
              {t('admin.toDesk')}
            </a>
            <button type="button" class="button" onClick={administration.signOut}>
              <Icon name="sign-out" />
              {t('action.signOut')}
            </button>
          </div>
        </details>
      </div>
      <nav class="admin-nav" aria-label={t('admin.sections')}>
        <ul>
          {SECTIONS.map((section) => (
            <li key={section}>
              <Tab administration={administration} section={section} />
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function Tab({ administration, section }: { readonly administration: Administration; readonly section: Section }) {
  const { t } = useTexts();
  return (
    <button
      type="button"
      class="admin-tab"
      aria-current={administration.section.value === section ? 'page' : undefined}
      onClick={() => administration.show(section)}
    >
      <AdminIcon name={section} />
      <span>{t(`admin.${section}`)}</span>
    </button>
  );
}

interface TurnedAwayProps {
  readonly administration: Administration;
  readonly failure: AdminFailure;
  readonly onSignIn: () => void;
}

function TurnedAway({ administration, failure, onSignIn }: TurnedAwayProps) {
  const texts = useTexts();
  const { t } = texts;
  const { company, session, signOut } = administration;
  const role = failure.kind === 'refused' ? missingLicence(failure.refusal) : null;
  const reference = failure.kind === 'refused' ? failure.refusal.reference : undefined;
  return (
    <main class="gate">
      <div class="gate-card">
        <p class="gate-brand">
          <span class="brand-mark" aria-hidden="true" />
          {t('product.name')}
        </p>
        <h1>{role === null ? t('admin.title') : t('admin.denied', { company })}</h1>
        {role === null ? (
          <p role="alert">{failureText(texts, failure)}</p>
        ) : (
          <div role="alert" class="turned-away">
            <p>{t('admin.deniedWhat', { company, role })}</p>
            <p>{t('admin.deniedConsole')}</p>
          </div>
        )}
        {reference === undefined ? null : <p class="quiet">{t('admin.reference', { reference })}</p>}
        {failure.kind === 'offline' ? (
          <button type="button" class="button button-accent button-large" onClick={() => void session.ask()}>
            {t('action.retry')}
          </button>
        ) : null}
        {failure.kind === 'signed-out' ? (
          <button type="button" class="button button-accent button-large" onClick={onSignIn}>
            {t('action.signIn')}
          </button>
        ) : null}
        {failure.kind === 'refused' ? (
          <>
            <button type="button" class="button button-large" onClick={signOut}>
              {t('action.signOut')}
            </button>
            <a class="button button-bare" href="/desk">
              {t('admin.toDesk')}
            </a>
          </>
        ) : null}
      </div>
    </main>
  );
}
