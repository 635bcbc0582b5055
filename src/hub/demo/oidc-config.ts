import type { AccountClaims, Configuration, Grant, interactionPolicy, KoaContextWithOIDC } from 'oidc-provider';
import { scopeOf } from '../identity/tenants.ts';
import { createAdapterFactory, type KeyValueStore } from './adapter.ts';
import type { DemoPerson, DemoTenant } from './companies.ts';
import { ROUTES } from './issuer.ts';
import type { DemoSecrets } from './keys.ts';
import { failedPage, signedOutPage, signOutPage } from './pages.ts';
import { accessTokenClaims, idTokenClaims, pairwiseSubject } from './person-claims.ts';

/** The provider library, loaded only where there is a demo. */
export interface ProviderLibrary {
  readonly interactionPolicy: typeof interactionPolicy;
}

export interface TenantContext {
  readonly tenant: DemoTenant;
  /** Scheme, host and port of the hub. */
  readonly origin: string;
  readonly issuer: string;
  readonly secrets: DemoSecrets;
  readonly store: KeyValueStore;
  readonly accessTokenTtlS: number;
  readonly nowMs: () => number;
}

const DAY_S = 24 * 3600;
/** Microsoft Entra ID gives single-page applications refresh tokens of 24 hours that don't slide. */
const REFRESH_TOKEN_TTL_S = DAY_S;
const SESSION_TTL_S = 14 * DAY_S;
const CODE_TTL_S = 60;
const INTERACTION_TTL_S = 3600;
const OIDC_SCOPES = ['openid', 'profile', 'email', 'offline_access'] as const;

export function signInPathOf(tenantId: string, uid: string): string {
  return `/${tenantId}/sign-in/${uid}`;
}

export function findPerson(tenant: DemoTenant, oid: string | undefined): DemoPerson | undefined {
  return tenant.people.find((person) => person.oid === oid);
}

/** The configuration of oidc-provider for one demo tenant, shaped after Microsoft Entra ID version 2.0. */
export function oidcConfiguration(context: TenantContext, library: ProviderLibrary): Configuration {
  const { tenant, secrets, store, nowMs } = context;
  return {
    adapter: createAdapterFactory({ store, tenantId: tenant.tenantId, nowMs }),
    jwks: { keys: [secrets.signingKey] },
    routes: ROUTES,
    clients: [clientOf(context)],
    clientAuthMethods: ['none'],
    responseTypes: ['code'],
    scopes: [...OIDC_SCOPES],
    claims: { openid: ['sub', 'tid', 'ver', 'oid', 'name', 'preferred_username', 'acct', 'idp'] },
    // The pages read name and account from the ID token; the strict reading leaves them to a userinfo endpoint.
    conformIdTokenClaims: false,
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_ctx, oid, client) => pairwiseSubject(secrets.subjectSalt, oid, client.clientId),
    cookies: cookiesOf(context),
    // The library drops the scope `offline_access` where consent was not asked; Entra always gives a refresh token.
    issueRefreshToken: () => true,
    // It is the same one until it ends: an answer lost on a bad network must not end the sign-in.
    rotateRefreshToken: false,
    // Another account may sign in in another tab; this one's refresh token lives on. Signing out revokes it below.
    expiresWithSession: () => false,
    ttl: {
      AccessToken: context.accessTokenTtlS,
      AuthorizationCode: CODE_TTL_S,
      IdToken: context.accessTokenTtlS,
      RefreshToken: REFRESH_TOKEN_TTL_S,
      Interaction: INTERACTION_TTL_S,
      Session: SESSION_TTL_S,
      Grant: SESSION_TTL_S,
    },
    findAccount: (_ctx, oid) => accountOf(tenant, oid),
    loadExistingGrant: (ctx) => loadGrant(ctx, tenant),
    interactions: {
      policy: promptPolicy(tenant, library.interactionPolicy),
      url: (_ctx, interaction) => signInPathOf(tenant.tenantId, interaction.uid),
    },
    clientBasedCORS: (_ctx, origin) => origin === context.origin,
    formats: { customizers: { jwt: (_ctx, token, parts) => shapeAccessToken(context, token, parts) } },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: resourceOf(context),
      rpInitiatedLogout: { enabled: true, logoutSource: renderSignOut, postLogoutSuccessSource: renderSignedOut },
    },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = failedPage(out.error);
    },
  };
}

function clientOf({ tenant, origin }: TenantContext): NonNullable<Configuration['clients']>[number] {
  return {
    client_id: tenant.spaClientId,
    application_type: 'web',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    subject_type: 'pairwise',
    redirect_uris: [`${origin}/redirect.html`],
    post_logout_redirect_uris: [`${origin}/redirect.html`],
  };
}

/** Kept below the tenant's own path, so that the sign-ins of several companies don't meet in one browser. */
function cookiesOf({ tenant, secrets }: TenantContext): NonNullable<Configuration['cookies']> {
  return {
    names: { session: 'demo_session', interaction: 'demo_sign_in', resume: 'demo_sign_in_resume' },
    keys: [secrets.cookieSecret],
    long: { httpOnly: true, sameSite: 'lax', signed: true, path: `/${tenant.tenantId}/` },
    short: { httpOnly: true, sameSite: 'lax', signed: true },
  };
}

function accountOf(tenant: DemoTenant, oid: string) {
  const person = findPerson(tenant, oid);
  if (person === undefined) return undefined;
  const claims = (): AccountClaims => ({ ...idTokenClaims(tenant, person), sub: oid });
  return { accountId: oid, claims };
}

/** The sign-in library sends no `resource`: our one API is meant whenever tokens are asked for. */
function resourceOf({ tenant, accessTokenTtlS }: TenantContext) {
  const resource = `api://${tenant.apiClientId}`;
  return {
    enabled: true,
    defaultResource: () => resource,
    useGrantedResource: () => true,
    getResourceServerInfo: () => ({
      scope: scopeOf(tenant),
      audience: tenant.apiClientId,
      accessTokenFormat: 'jwt' as const,
      accessTokenTTL: accessTokenTtlS,
      jwt: { sign: { alg: 'RS256' as const } },
    }),
  };
}

/** Everybody of the tenant has consented, as after an administrator's consent. */
async function loadGrant(ctx: KoaContextWithOIDC, tenant: DemoTenant): Promise<Grant | undefined> {
  const { provider, session, account } = ctx.oidc;
  if (session === undefined || account === undefined) return undefined;
  const grantId = session.grantIdFor(tenant.spaClientId);
  const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  if (existing !== undefined) return existing;
  const grant = new provider.Grant({ accountId: account.accountId, clientId: tenant.spaClientId });
  grant.addOIDCScope(OIDC_SCOPES.join(' '));
  grant.addResourceScope(`api://${tenant.apiClientId}`, scopeOf(tenant));
  await grant.save();
  return grant;
}

/** Asks for an account when asked to, and whenever the hint names another account than the one signed in. */
function promptPolicy(tenant: DemoTenant, { base, Check, Prompt }: typeof interactionPolicy) {
  const policy = base();
  policy.remove('consent');
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0);
  const isOtherAccount = (ctx: KoaContextWithOIDC): boolean => {
    const hint = ctx.oidc.params?.login_hint;
    const current = findPerson(tenant, ctx.oidc.session?.accountId);
    const hasChosen = ctx.oidc.result?.login !== undefined;
    return typeof hint === 'string' && current !== undefined && !hasChosen && current.mail !== hint.toLowerCase();
  };
  policy
    .get('login')
    ?.checks.add(new Check('login_hint', 'the account of the hint is not signed in', 'login_required', isOtherAccount));
  return policy;
}

type JwtCustomizer = NonNullable<NonNullable<NonNullable<Configuration['formats']>['customizers']>['jwt']>;

function shapeAccessToken(
  { tenant, issuer, secrets }: TenantContext,
  token: Parameters<JwtCustomizer>[1],
  parts: Parameters<JwtCustomizer>[2],
): void {
  const person = 'accountId' in token ? findPerson(tenant, token.accountId) : undefined;
  if (person === undefined) throw new Error('An access token is for a person of the tenant.');
  const { jti, iat, exp } = parts.payload;
  if (typeof jti !== 'string' || typeof iat !== 'number' || typeof exp !== 'number') {
    throw new Error('An access token has jti, iat and exp.');
  }
  parts.header = { typ: 'JWT' };
  parts.payload = accessTokenClaims(tenant, person, {
    issuer,
    subjectSalt: secrets.subjectSalt,
    jti,
    issuedAtS: iat,
    expiresAtS: exp,
  });
}

async function renderSignOut(ctx: KoaContextWithOIDC, form: string): Promise<void> {
  const hint = ctx.oidc.entities.IdTokenHint?.payload;
  const { session, client } = ctx.oidc;
  if (hint === undefined || session === undefined || client === undefined) {
    ctx.body = signOutPage(form, 'ask');
    return;
  }
  if (hint.oid !== session.accountId) {
    ctx.body = signOutPage(form, 'page-only');
    return;
  }
  const grantId = session.grantIdFor(client.clientId);
  if (grantId !== undefined) await ctx.oidc.provider.RefreshToken.revokeByGrantId(grantId);
  ctx.body = signOutPage(form, 'at-once');
}

function renderSignedOut(ctx: KoaContextWithOIDC): void {
  ctx.type = 'html';
  ctx.body = signedOutPage();
}
