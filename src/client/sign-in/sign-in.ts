import type { AccountInfo, AuthenticationResult, IPublicClientApplication, RedirectRequest } from '@azure/msal-browser';
import { type ReadonlySignal, signal } from '@preact/signals-core';
import { accountOfTenant, type SignedInAccount } from './account.ts';
import type { PublicTenant } from './config.ts';
import { forgetAllAccounts } from './forget-accounts.ts';
import { createMsalClient } from './msal.ts';
import { errorCodeOf, isInteractionRequired, problemOf, type SignInProblem } from './problem.ts';
import { rememberReturn } from './return-path.ts';

export type SignInState =
  /** Reading what the browser knows; nothing can be said yet. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'signed-out'; readonly problem: SignInProblem | undefined }
  /** On the way to another page, to sign in or out. */
  | { readonly kind: 'leaving' }
  | { readonly kind: 'signed-in'; readonly account: SignedInAccount };

export interface AccessToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

export type TokenOutcome =
  | ({ readonly kind: 'token' } & AccessToken)
  /** Only the person can help, by signing in again. Nothing redirects by itself. */
  | { readonly kind: 'interaction-required'; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string };

/** The sign-in of one page with one tenant. None of its methods rejects. */
export interface SignIn {
  readonly state: ReadonlySignal<SignInState>;
  readonly tenant: PublicTenant;
  /** Call once, before anything else: takes up the answer of a sign-in that just came back, or an earlier one. */
  start(): Promise<void>;
  /** Leaves the page for the account picker. @param mail suggests an account */
  signIn(mail?: string): Promise<void>;
  /** Leaves the page for this tenant as somebody who is signed in elsewhere already: asked only where the provider must. */
  signInAs(mail: string): Promise<void>;
  /**
   * A token that lives for at least some minutes more; while none is to be had, the last one up to its very end.
   * Never redirects.
   */
  acquireToken(): Promise<TokenOutcome>;
  /**
   * Forgets the account, and those of other tenants that this tab was switched to; leaves the page to sign out at the
   * provider, and comes back to this address.
   */
  signOut(): Promise<void>;
}

/**
 * A token is renewed this long before its end. Longer than the two minutes that the connection to the hub takes for
 * handing over a fresh one, else that one would be handed the old token again.
 */
const RENEW_BEFORE_MS = 180_000;

export interface SignInOptions {
  /** Makes the sign-in library ready; replaced in tests. */
  readonly createClient?: (tenant: PublicTenant) => Promise<IPublicClientApplication>;
  readonly nowMs?: () => number;
}

/** Signs a person in with one tenant, by redirect. The library is loaded when `start` is called. */
export function createSignIn(tenant: PublicTenant, options: SignInOptions = {}): SignIn {
  const { createClient = createMsalClient, nowMs = Date.now } = options;
  const state = signal<SignInState>({ kind: 'starting' });
  let client: IPublicClientApplication | undefined;
  let current: AccountInfo | undefined;
  let cached: AccessToken | undefined;
  let pending: Promise<TokenOutcome> | undefined;

  const wrongTenant: SignInProblem = {
    code: 'wrong-tenant',
    wantedTenantId: tenant.tenantId,
    wantedTenantName: tenant.name,
  };

  function adopt(msal: IPublicClientApplication, account: AccountInfo, accepted: SignedInAccount): SignInState {
    current = account;
    msal.setActiveAccount(account);
    return { kind: 'signed-in', account: accepted };
  }

  async function takeUp(): Promise<SignInState> {
    const msal = client ?? (await createClient(tenant));
    client = msal;
    const answer = await msal.handleRedirectPromise();
    if (answer !== null) return takeAnswer(msal, answer);
    // The cache may hold accounts of other tenants, from another page of this tab: they are not for us to judge.
    for (const account of msal.getAllAccounts()) {
      const accepted = accountOfTenant(account, tenant);
      if (accepted !== undefined) return adopt(msal, account, accepted);
    }
    return { kind: 'signed-out', problem: undefined };
  }

  async function takeAnswer(msal: IPublicClientApplication, answer: AuthenticationResult): Promise<SignInState> {
    const accepted = accountOfTenant(answer.account, tenant);
    if (accepted !== undefined) {
      keep(answer);
      return adopt(msal, answer.account, accepted);
    }
    // An account of another tenant leaves no trace in this page.
    await msal.clearCache({ account: answer.account });
    return { kind: 'signed-out', problem: wrongTenant };
  }

  function keep(answer: AuthenticationResult): AccessToken | undefined {
    const expiresAtMs = answer.expiresOn?.getTime() ?? 0;
    cached = answer.accessToken === '' ? undefined : { token: answer.accessToken, expiresAtMs };
    return cached;
  }

  async function renew(msal: IPublicClientApplication, account: AccountInfo): Promise<TokenOutcome> {
    try {
      const answer = await msal.acquireTokenSilent({ account, scopes: [tenant.scope] });
      // Signed out, or signed in anew, while the answer was on its way: it is of no use any more.
      if (current !== account) return { kind: 'interaction-required', detail: 'account_changed' };
      const isSamePerson = answer.account.homeAccountId === account.homeAccountId;
      if (!isSamePerson || accountOfTenant(answer.account, tenant) === undefined) {
        return { kind: 'interaction-required', detail: 'account_mismatch' };
      }
      const token = keep(answer);
      return token === undefined ? { kind: 'failed', detail: 'no_token' } : { kind: 'token', ...token };
    } catch (error) {
      // Signing in may be out of order for a while: until its end the last token is as good as ever.
      if (cached !== undefined && cached.expiresAtMs > nowMs()) return { kind: 'token', ...cached };
      return outcomeOf(error);
    }
  }

  async function leave(request: Pick<RedirectRequest, 'prompt' | 'loginHint'>): Promise<void> {
    if (client === undefined || state.peek().kind === 'leaving') return;
    state.value = { kind: 'leaving' };
    try {
      await client.loginRedirect({ scopes: [tenant.scope], ...request });
    } catch (error) {
      state.value = { kind: 'signed-out', problem: problemOf(error) };
    }
  }

  return {
    state,
    tenant,
    async start() {
      try {
        state.value = await takeUp();
      } catch (error) {
        state.value = { kind: 'signed-out', problem: problemOf(error) };
      }
    },
    signIn: (mail) => leave({ prompt: 'select_account', ...(mail === undefined ? {} : { loginHint: mail }) }),
    signInAs: (mail) => leave({ loginHint: mail }),
    async acquireToken() {
      if (client === undefined || current === undefined) return { kind: 'interaction-required', detail: 'signed_out' };
      if (cached !== undefined && cached.expiresAtMs - nowMs() > RENEW_BEFORE_MS) return { kind: 'token', ...cached };
      pending ??= renew(client, current).finally(() => {
        pending = undefined;
      });
      return pending;
    },
    async signOut() {
      const account = current;
      if (client === undefined || account === undefined) return;
      current = undefined;
      cached = undefined;
      state.value = { kind: 'leaving' };
      forgetAllAccounts();
      rememberReturn();
      try {
        // The ID token proves to the provider whose sign-in ends, so that it need not ask.
        const proof = account.idToken === undefined ? {} : { idTokenHint: account.idToken };
        await client.logoutRedirect({ account, ...proof });
      } catch (error) {
        await client.clearCache({ account }).catch(() => undefined);
        state.value = { kind: 'signed-out', problem: problemOf(error) };
      }
    },
  };
}

function outcomeOf(error: unknown): TokenOutcome {
  const detail = errorCodeOf(error);
  if (isInteractionRequired(error)) return { kind: 'interaction-required', detail };
  const problem = problemOf(error);
  return { kind: problem.code === 'unreachable' ? 'unreachable' : 'failed', detail };
}

/**
 * The form in which the connection to the hub asks for tokens: null when only a new sign-in gives one. Rejects while the
 * sign-in provider cannot be reached, which passes.
 */
export function accessTokenOf(signIn: Pick<SignIn, 'acquireToken'>): () => Promise<AccessToken | null> {
  return async () => {
    const outcome = await signIn.acquireToken();
    switch (outcome.kind) {
      case 'token':
        return { token: outcome.token, expiresAtMs: outcome.expiresAtMs };
      case 'unreachable':
        throw new Error(`The sign-in provider cannot be reached: ${outcome.detail}.`);
      case 'interaction-required':
      case 'failed':
        return null;
    }
  };
}
