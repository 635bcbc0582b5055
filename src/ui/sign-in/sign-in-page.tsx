import { useState } from 'preact/hooks';
import type { PublicTenant } from '../../client/sign-in/config.ts';
import { Icon } from '../parts/icon.tsx';
import type { SignInTexts } from './sign-in-texts.ts';

export interface SignInPageProps {
  readonly texts: SignInTexts;
  /** What the page is for, in a sentence. */
  readonly lead: string;
  readonly demo: boolean;
  /** Listed for a demo only. */
  readonly companies: readonly PublicTenant[];
  /** What went wrong before, in words. */
  readonly problem: string | null;
  /** Being sent to the company's sign-in. */
  readonly busy: boolean;
  /** A sentence when the address cannot be used. */
  readonly onMail: (mail: string) => string | null;
  readonly onCompany: (company: PublicTenant) => void;
}

export function SignInPage(props: SignInPageProps) {
  const { demo, companies, busy, onMail, onCompany, texts } = props;
  const { t } = texts;
  const [mail, setMail] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const problem = refused ?? props.problem;
  return (
    <main class="gate">
      <div class="gate-card">
        <p class="gate-brand">
          <span class="brand-mark" aria-hidden="true" />
          {t('product.name')}
          {demo ? <span class="badge-demo">{t('product.demo')}</span> : null}
        </p>
        <h1>{t('signIn.title')}</h1>
        <p class="gate-lead">{props.lead}</p>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setRefused(onMail(mail));
          }}
        >
          <label for="mail">{t('signIn.mail')}</label>
          <input
            id="mail"
            class="field"
            type="email"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            value={mail}
            aria-invalid={refused !== null}
            aria-describedby={problem === null ? 'mail-hint' : 'mail-hint mail-problem'}
            onInput={(event) => setMail(event.currentTarget.value)}
          />
          <p id="mail-hint" class="quiet">
            {t('signIn.mailHint')}
          </p>
          {problem === null ? null : (
            <p id="mail-problem" class="field-problem" role="alert">
              <Icon name="warning" />
              {problem}
            </p>
          )}
          <button type="submit" class="button button-accent button-large" disabled={busy}>
            {t(busy ? 'signIn.busy' : 'signIn.next')}
          </button>
        </form>
        {demo ? <DemoCompanies texts={texts} companies={companies} busy={busy} onCompany={onCompany} /> : null}
      </div>
    </main>
  );
}

interface DemoProps {
  readonly texts: SignInTexts;
  readonly companies: readonly PublicTenant[];
  readonly busy: boolean;
  readonly onCompany: (company: PublicTenant) => void;
}

function DemoCompanies({ texts: { t }, companies, busy, onCompany }: DemoProps) {
  return (
    <section class="demo-companies" aria-labelledby="demo-title">
      <h2 id="demo-title" class="strong">
        {t('signIn.demoTitle')}
      </h2>
      <p class="quiet">{t('signIn.demoHint')}</p>
      <ul>
        {companies.map((company) => (
          <li key={company.tenantId}>
            <button
              type="button"
              class="company"
              disabled={busy}
              aria-label={t('signIn.demoPick', { company: company.name })}
              onClick={() => onCompany(company)}
            >
              <Icon name="company" />
              <span class="strong">{company.name}</span>
              <span class="quiet">{company.domains.map((domain) => `@${domain}`).join(' ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
