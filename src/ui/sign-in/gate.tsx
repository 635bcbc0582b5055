import type { ComponentChildren } from 'preact';
import type { PublicConfig } from '../../client/sign-in/config.ts';
import type { Entry } from '../../client/sign-in/entry.ts';
import type { SignInProblem } from '../../client/sign-in/problem.ts';
import { domainOf } from './mail.ts';
import { SignInPage } from './sign-in-page.tsx';
import type { SignInTexts } from './sign-in-texts.ts';

export interface GateProps<Opened> {
  readonly entry: Entry<Opened>;
  readonly texts: SignInTexts;
  /** What the page is for, in a sentence. */
  readonly lead: string;
  /** What somebody sees who is signed in. */
  readonly children: (opened: Opened, config: PublicConfig) => ComponentChildren;
}

/** Everything that stands before a page for somebody who is signed in. */
export function Gate<Opened>({ entry, texts, lead, children }: GateProps<Opened>) {
  const state = entry.state.value;
  switch (state.kind) {
    case 'loading':
      return <p class="splash">{texts.t('start.loading')}</p>;
    case 'switching':
      return <p class="splash">{texts.t('start.switching', { company: state.to.name })}</p>;
    case 'failed':
      return <Failed texts={texts} onRetry={() => void entry.start()} />;
    case 'ask':
    case 'leaving': {
      const { config } = state;
      return (
        <SignInPage
          texts={texts}
          lead={lead}
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
      return <>{children(state.opened, state.config)}</>;
  }
}

interface FailedProps {
  readonly texts: SignInTexts;
  readonly onRetry: () => void;
}

function Failed({ texts: { t }, onRetry }: FailedProps) {
  return (
    <main class="gate">
      <div class="gate-card">
        <h1>{t('product.name')}</h1>
        <p role="alert">{t('start.failed')}</p>
        <button type="button" class="button button-accent button-large" onClick={onRetry}>
          {t('action.retry')}
        </button>
      </div>
    </main>
  );
}

function mailProblem<Opened>({ t }: SignInTexts, entry: Entry<Opened>, mail: string): string | null {
  const domain = domainOf(mail);
  if (domain === null) return t('signIn.mailInvalid');
  return entry.useMail(mail) ? null : t('signIn.tenantUnknown', { domain });
}

export function signInProblemText({ t }: SignInTexts, problem: SignInProblem): string {
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
