import type { SignInProblem } from '../client/sign-in/problem.ts';
import type { CallNotifications } from './calls/notifications.ts';
import type { Ringer } from './calls/ringer.ts';
import { DeskPage } from './desk-page.tsx';
import { type DeskTexts, DeskTextsContext, useTexts } from './desk-texts.ts';
import type { Entry } from './entry.ts';
import { domainOf } from './sign-in/mail.ts';
import { SignInPage } from './sign-in/sign-in-page.tsx';

export interface AppProps {
  readonly entry: Entry;
  readonly texts: DeskTexts;
  readonly ringer: Ringer;
  readonly notifications: CallNotifications;
}

export function App({ texts, ...rest }: AppProps) {
  return (
    <DeskTextsContext.Provider value={texts}>
      <Way {...rest} />
    </DeskTextsContext.Provider>
  );
}

function Way({ entry, ringer, notifications }: Omit<AppProps, 'texts'>) {
  const texts = useTexts();
  const { t } = texts;
  const state = entry.state.value;
  switch (state.kind) {
    case 'loading':
      return <p class="splash">{t('start.loading')}</p>;
    case 'failed':
      return <Failed entry={entry} />;
    case 'ask':
    case 'leaving': {
      const { config } = state;
      return (
        <SignInPage
          demo={config.demo}
          companies={config.demo ? config.tenants : []}
          problem={state.kind === 'ask' && state.problem !== null ? signInProblemText(texts, state.problem) : null}
          busy={state.kind === 'leaving'}
          onMail={(mail) => mailProblem(texts, entry, mail)}
          onCompany={entry.useTenant}
        />
      );
    }
    case 'open':
      return (
        <DeskPage
          desk={state.desk}
          demo={state.config.demo}
          ringer={ringer}
          notifications={notifications}
          onSignIn={() => void entry.signInAgain()}
        />
      );
  }
}

function Failed({ entry }: { readonly entry: Entry }) {
  const { t } = useTexts();
  return (
    <main class="gate">
      <div class="gate-card">
        <h1>{t('product.name')}</h1>
        <p role="alert">{t('start.failed')}</p>
        <button type="button" class="button button-accent button-large" onClick={() => void entry.start()}>
          {t('action.retry')}
        </button>
      </div>
    </main>
  );
}

function mailProblem({ t }: DeskTexts, entry: Entry, mail: string): string | null {
  const domain = domainOf(mail);
  if (domain === null) return t('signIn.mailInvalid');
  return entry.useMail(mail) ? null : t('signIn.tenantUnknown', { domain });
}

export function signInProblemText({ t }: DeskTexts, problem: SignInProblem): string {
  switch (problem.code) {
    case 'wrong-tenant':
      return t('signIn.wrongTenant', { tenant: problem.wantedTenantName });
    case 'cancelled':
      return t('signIn.cancelled');
    case 'unreachable':
      return t('signIn.unreachable');
    case 'failed':
      return t('signIn.failed');
  }
}
