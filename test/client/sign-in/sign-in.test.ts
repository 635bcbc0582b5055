import type { AccountInfo, AuthenticationResult, IPublicClientApplication } from '@azure/msal-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PublicTenant } from '../../../src/client/sign-in/config.ts';
import { takeReturn } from '../../../src/client/sign-in/return-path.ts';
import { accessTokenOf, createSignIn } from '../../../src/client/sign-in/sign-in.ts';

const TID = '3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10';
const TENANT: PublicTenant = {
  tenantId: TID,
  name: 'ABC',
  domains: ['abc.com'],
  authority: `https://login.microsoftonline.com/${TID}`,
  knownAuthorities: [],
  issuer: `https://login.microsoftonline.com/${TID}/v2.0`,
  spaClientId: 'spa',
  scope: 'api://api/access_as_user',
};
const MINUTE_MS = 60_000;

function accountOf(claims: Record<string, unknown> = {}, oid = 'oid-dana'): AccountInfo {
  return {
    homeAccountId: `${oid}.${TID}`,
    localAccountId: oid,
    environment: 'login.microsoftonline.com',
    tenantId: TID,
    username: 'dana.okafor@abc.com',
    name: 'Dana Okafor',
    idToken: 'id-token',
    idTokenClaims: { tid: TID, iss: TENANT.issuer, oid, ...claims },
  };
}

function answerOf(account: AccountInfo, token: string, expiresAtMs: number): AuthenticationResult {
  return { account, accessToken: token, expiresOn: new Date(expiresAtMs) } as AuthenticationResult;
}

const errorWith = (errorCode: string): Error => Object.assign(new Error('https://aka.ms/…'), { errorCode });

/** The part of the library's surface that a page uses, with answers that a test sets. */
function setUp(cached: AccountInfo[] = []) {
  let clockMs = 0;
  const library = {
    handleRedirectPromise: vi.fn(async (): Promise<AuthenticationResult | null> => null),
    getAllAccounts: vi.fn(() => cached),
    setActiveAccount: vi.fn(),
    clearCache: vi.fn(async () => undefined),
    loginRedirect: vi.fn(async () => undefined),
    logoutRedirect: vi.fn(async () => undefined),
    acquireTokenSilent: vi.fn(async () => answerOf(accountOf(), `token-${clockMs}`, clockMs + 60 * MINUTE_MS)),
  };
  const createClient = vi.fn(async () => library as unknown as IPublicClientApplication);
  const signIn = createSignIn(TENANT, { createClient, nowMs: () => clockMs });
  const pass = (ms: number): void => {
    clockMs += ms;
  };
  return { signIn, library, createClient, pass };
}

beforeEach(() => {
  const map = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  });
  vi.stubGlobal('location', { pathname: '/desk', search: '?a=1' });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a sign-in', () => {
  it('loads the library only when it starts', async () => {
    const { signIn, createClient } = setUp();
    expect([signIn.state.value.kind, createClient.mock.calls.length]).toEqual(['starting', 0]);
    await signIn.start();
    expect(signIn.state.value).toEqual({ kind: 'signed-out', problem: undefined });
  });

  it('takes up the answer that came back, and its token', async () => {
    const { signIn, library } = setUp();
    library.handleRedirectPromise.mockResolvedValue(answerOf(accountOf(), 'first', 60 * MINUTE_MS));
    await signIn.start();
    expect(signIn.state.value).toEqual({
      kind: 'signed-in',
      account: {
        tid: TID,
        oid: 'oid-dana',
        personKey: `${TID}:oid-dana`,
        name: 'Dana Okafor',
        mail: 'dana.okafor@abc.com',
      },
    });
    expect(await signIn.acquireToken()).toEqual({ kind: 'token', token: 'first', expiresAtMs: 60 * MINUTE_MS });
    expect(library.acquireTokenSilent).not.toHaveBeenCalled();
  });

  it('takes up an earlier account of the tenant, and leaves others alone', async () => {
    const other = accountOf({ tid: 'other' }, 'oid-other');
    const { signIn, library } = setUp([other, accountOf()]);
    await signIn.start();
    expect(signIn.state.value).toMatchObject({ kind: 'signed-in', account: { oid: 'oid-dana' } });
    expect(library.clearCache).not.toHaveBeenCalled();
  });

  it.each([
    ['another tid', { tid: 'c0a1b2c3-8d0b-4e0e-9d53-0d6f6c1f7a20' }],
    ['another issuer', { iss: 'https://login.microsoftonline.com/c0a1b2c3-8d0b-4e0e-9d53-0d6f6c1f7a20/v2.0' }],
    ['an issuer that only starts alike', { iss: `${TENANT.issuer}/` }],
    ['no tid', { tid: undefined }],
    ['no oid', { oid: undefined }],
  ])('with %s is refused, names the wanted tenant and clears the cache', async (_, claims) => {
    const { signIn, library } = setUp();
    const account = accountOf(claims);
    library.handleRedirectPromise.mockResolvedValue(answerOf(account, 'foreign', 60 * MINUTE_MS));
    await signIn.start();
    expect(signIn.state.value).toEqual({
      kind: 'signed-out',
      problem: { code: 'wrong-tenant', wantedTenantId: TID, wantedTenantName: 'ABC' },
    });
    expect(library.clearCache).toHaveBeenCalledWith({ account });
    expect(await signIn.acquireToken()).toMatchObject({ kind: 'interaction-required' });
  });

  it.each([
    ['access_denied', { code: 'cancelled' }],
    ['post_request_failed', { code: 'unreachable', detail: 'post_request_failed' }],
    ['state_mismatch', { code: 'failed', detail: 'state_mismatch' }],
  ])('that comes back with %s says so by a code', async (errorCode, problem) => {
    const { signIn, library } = setUp();
    library.handleRedirectPromise.mockRejectedValue(errorWith(errorCode));
    await signIn.start();
    expect(signIn.state.value).toEqual({ kind: 'signed-out', problem });
  });

  it('whose library cannot be loaded is unreachable, and may be started again', async () => {
    const { signIn, createClient } = setUp();
    createClient.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
    await signIn.start();
    expect(signIn.state.value).toMatchObject({ problem: { code: 'unreachable' } });
    await signIn.start();
    expect(signIn.state.value).toEqual({ kind: 'signed-out', problem: undefined });
  });

  it('always lets the person choose the account, once at a time', async () => {
    const { signIn, library } = setUp();
    await signIn.start();
    await Promise.all([signIn.signIn('dana.okafor@abc.com'), signIn.signIn()]);
    expect(signIn.state.value.kind).toBe('leaving');
    expect(library.loginRedirect.mock.calls).toEqual([
      [{ scopes: [TENANT.scope], prompt: 'select_account', loginHint: 'dana.okafor@abc.com' }],
    ]);
  });

  it('as somebody who is signed in elsewhere already asks for no account', async () => {
    const { signIn, library } = setUp();
    await signIn.start();
    await signIn.signInAs('expert1@abc.com');
    expect(library.loginRedirect.mock.calls).toEqual([[{ scopes: [TENANT.scope], loginHint: 'expert1@abc.com' }]]);
    expect(signIn.state.value.kind).toBe('leaving');
  });

  it('that cannot leave the page says so', async () => {
    const { signIn, library } = setUp();
    library.loginRedirect.mockRejectedValue(errorWith('interaction_in_progress'));
    await signIn.start();
    await signIn.signIn();
    expect(signIn.state.value).toEqual({
      kind: 'signed-out',
      problem: { code: 'failed', detail: 'interaction_in_progress' },
    });
  });
});

describe('a token', () => {
  it('is kept until three minutes before its end, then renewed without leaving the page', async () => {
    const { signIn, library, pass } = setUp([accountOf()]);
    await signIn.start();
    expect(await signIn.acquireToken()).toMatchObject({ token: 'token-0' });
    pass(57 * MINUTE_MS - 1);
    expect(await signIn.acquireToken()).toMatchObject({ token: 'token-0' });
    pass(1);
    expect(await signIn.acquireToken()).toMatchObject({ token: `token-${57 * MINUTE_MS}` });
    expect(library.acquireTokenSilent).toHaveBeenCalledTimes(2);
    expect(library.loginRedirect).not.toHaveBeenCalled();
  });

  it('is asked for once by many', async () => {
    const { signIn, library } = setUp([accountOf()]);
    await signIn.start();
    await Promise.all([signIn.acquireToken(), signIn.acquireToken(), signIn.acquireToken()]);
    expect(library.acquireTokenSilent).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['login_required', 'interaction-required'],
    ['interaction_required', 'interaction-required'],
    ['invalid_grant', 'interaction-required'],
    ['no_network_connectivity', 'unreachable'],
    ['timed_out', 'unreachable'],
    ['temporarily_unavailable', 'unreachable'],
    ['something_new', 'failed'],
  ])('that cannot be had because of %s is %s', async (errorCode, kind) => {
    const { signIn, library } = setUp([accountOf()]);
    library.acquireTokenSilent.mockRejectedValue(errorWith(errorCode));
    await signIn.start();
    expect(await signIn.acquireToken()).toEqual({ kind, detail: errorCode });
    if (kind === 'unreachable') await expect(accessTokenOf(signIn)()).rejects.toThrow(errorCode);
    else expect(await accessTokenOf(signIn)()).toBeNull();
    expect(library.loginRedirect).not.toHaveBeenCalled();
    expect(signIn.state.value.kind).toBe('signed-in');
  });

  it.each(['no_network_connectivity', 'server_error', 'something_new', 'login_required'])(
    'is used to its end while no other is to be had (%s)',
    async (errorCode) => {
      const { signIn, library, pass } = setUp([accountOf()]);
      await signIn.start();
      await signIn.acquireToken();
      library.acquireTokenSilent.mockRejectedValue(errorWith(errorCode));
      pass(60 * MINUTE_MS - 1);
      expect(await signIn.acquireToken()).toMatchObject({ kind: 'token', token: 'token-0' });
      pass(1);
      expect(await signIn.acquireToken()).not.toMatchObject({ kind: 'token' });
    },
  );

  it.each([
    ['of somebody else', accountOf({}, 'oid-expert')],
    ['of another tenant', accountOf({ tid: 'other' })],
  ])('%s is not taken', async (_, account) => {
    const { signIn, library } = setUp([accountOf()]);
    library.acquireTokenSilent.mockResolvedValue(answerOf(account, 'foreign', 60 * MINUTE_MS));
    await signIn.start();
    expect(await signIn.acquireToken()).toEqual({ kind: 'interaction-required', detail: 'account_mismatch' });
  });

  it('that arrives after signing out is dropped', async () => {
    const { signIn, library } = setUp([accountOf()]);
    let arrive: (answer: AuthenticationResult) => void = () => undefined;
    library.acquireTokenSilent.mockImplementation(
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    );
    await signIn.start();
    const asked = signIn.acquireToken();
    await signIn.signOut();
    arrive(answerOf(accountOf(), 'late', 60 * MINUTE_MS));
    expect(await asked).toEqual({ kind: 'interaction-required', detail: 'account_changed' });
    expect(await signIn.acquireToken()).toEqual({ kind: 'interaction-required', detail: 'signed_out' });
  });

  it('comes in the form that the connection asks for', async () => {
    const { signIn } = setUp([accountOf()]);
    await signIn.start();
    expect(await accessTokenOf(signIn)()).toEqual({ token: 'token-0', expiresAtMs: 60 * MINUTE_MS });
  });
});

describe('signing out', () => {
  it('proves whose sign-in ends, and comes back to the page that asked', async () => {
    const { signIn, library } = setUp([accountOf()]);
    await signIn.start();
    await signIn.signOut();
    expect(signIn.state.value.kind).toBe('leaving');
    expect(library.logoutRedirect).toHaveBeenCalledWith({ account: accountOf(), idTokenHint: 'id-token' });
    expect(takeReturn()).toBe('/desk?a=1');
    expect(takeReturn()).toBe('/');
  });

  it('forgets the account also where the provider cannot be reached', async () => {
    const { signIn, library } = setUp([accountOf()]);
    library.logoutRedirect.mockRejectedValue(errorWith('network_error'));
    await signIn.start();
    await signIn.signOut();
    expect(library.clearCache).toHaveBeenCalled();
    expect(signIn.state.value).toEqual({
      kind: 'signed-out',
      problem: { code: 'unreachable', detail: 'network_error' },
    });
  });

  it.each(['//evil.example/x', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'never leads to %s',
    (path) => {
      sessionStorage.setItem('sightline.sign-out-return', path);
      expect(takeReturn()).toBe('/');
    },
  );
});
