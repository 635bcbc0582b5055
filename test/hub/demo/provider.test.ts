import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { KeyValueStore } from '../../../src/hub/demo/adapter.ts';
import { createDemoProvider, type DemoProviderOptions, DemoRefusedError } from '../../../src/hub/demo/provider.ts';
import { createTokenValidator } from '../../../src/hub/identity/validate-token.ts';
import { createMemoryValues } from '../../../src/hub/store/memory-values.ts';
import {
  createBrowser,
  createDemoStore,
  createFlow,
  type DemoHub,
  demoCompanies,
  demoTenant,
  personOf,
  startDemoHub,
  type Tokens,
} from '../../support/demo-hub.ts';

const ABC = demoTenant('ABC');
const CONTOSO1 = demoTenant('Contoso1');
const DANA = 'dana.okafor@abc.com';
const EXPERT = 'expert1@abc.com';

// A whole sign-in is a dozen requests; on a busy machine they take their time.
vi.setConfig({ testTimeout: 30_000 });

const hubs: DemoHub[] = [];
afterEach(async () => {
  const faults = hubs.flatMap((hub) => hub.errors);
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
  expect(faults).toEqual([]);
});

async function start(options: Partial<DemoProviderOptions> & { port?: number; store?: KeyValueStore } = {}) {
  const hub = await startDemoHub(options.store ?? (await createDemoStore()), options);
  hubs.push(hub);
  return hub;
}

async function startAbc(options: Parameters<typeof start>[0] = {}) {
  const hub = await start(options);
  const browser = createBrowser();
  return { hub, browser, flow: createFlow(hub, ABC, browser) };
}

describe('a sign-in to the demo', () => {
  it('gives an access token that the hub accepts for that tenant', async () => {
    const { hub, flow } = await startAbc();
    const tokens = await flow.signIn(DANA);
    const dana = personOf(ABC, DANA);
    expect(await createTokenValidator(hub.demo.trusted).validate(tokens.access_token)).toMatchObject({
      ok: true,
      identity: {
        personKey: `${ABC.tenantId}:${dana.oid}`,
        name: 'Dana Okafor',
        mail: DANA,
        roles: ['RemoteAssist.User', 'Teams.User'],
        isGuest: false,
        azp: ABC.spaClientId,
      },
    });
  });

  it('shapes the access token like Microsoft Entra ID, version 2.0', async () => {
    const { hub, flow } = await startAbc();
    const { access_token } = await flow.signIn(DANA);
    expect(decodeProtectedHeader(access_token)).toEqual({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) });
    const claims = decodeJwt(access_token);
    expect(claims).toMatchObject({
      iss: `${hub.origin}/${ABC.tenantId}/v2.0`,
      aud: ABC.apiClientId,
      tid: ABC.tenantId,
      scp: 'access_as_user',
      ver: '2.0',
      azpacr: '0',
    });
    expect(claims.nbf).toBe(claims.iat);
    expect(Number(claims.exp) - Number(claims.iat)).toBe(3600);
    expect(Object.keys(claims)).not.toContain('scope');
    expect(Object.keys(claims)).not.toContain('client_id');
  });

  it('gives an ID token with the account, and a subject of its own for each application', async () => {
    const { hub, flow } = await startAbc();
    const tokens = await flow.signIn(DANA);
    const id = decodeJwt(tokens.id_token);
    expect(id).toMatchObject({
      iss: `${hub.origin}/${ABC.tenantId}/v2.0`,
      aud: ABC.spaClientId,
      tid: ABC.tenantId,
      oid: personOf(ABC, DANA).oid,
      preferred_username: DANA,
      name: 'Dana Okafor',
      nonce: 'nonce-1',
    });
    expect(id.sub).not.toBe(decodeJwt(tokens.access_token).sub);
    expect(id.sub).not.toBe(id.oid);
    expect(await createTokenValidator(hub.demo.trusted).validate(tokens.id_token)).toMatchObject({ ok: false });
  });

  it.each([
    ['expert1@abc.com', { acct: 1, idp: `https://sts.windows.net/${ABC.tenantId}/` }, ABC.tenantId],
    ['claire.dubois@outlook.com', { acct: 1, idp: 'mail' }, CONTOSO1.tenantId],
  ])('makes %s a guest of Contoso1, and names the home account', async (mail, claims, homeTenantId) => {
    const hub = await start();
    const tokens = await createFlow(hub, CONTOSO1, createBrowser()).signIn(mail);
    expect(decodeJwt(tokens.access_token)).toMatchObject(claims);
    const validated = await createTokenValidator(hub.demo.trusted).validate(tokens.access_token);
    expect(validated).toMatchObject({ ok: true, identity: { tid: CONTOSO1.tenantId, isGuest: true } });
    const info = JSON.parse(Buffer.from(tokens.client_info, 'base64url').toString());
    const guest = personOf(CONTOSO1, mail);
    expect(info).toEqual({ uid: guest.homeOid ?? guest.oid, utid: homeTenantId });
  });

  it('of one tenant proves nothing in another', async () => {
    const hub = await start();
    const { access_token } = await createFlow(hub, CONTOSO1, createBrowser()).signIn('rosa.delgado@contoso1.com');
    const onlyAbc = createTokenValidator(hub.demo.trusted.filter((tenant) => tenant.tenantId === ABC.tenantId));
    expect(await onlyAbc.validate(access_token)).toMatchObject({ refusal: { code: 'token-issuer' } });
  });

  it('stays signed in: a refresh token renews without a page', async () => {
    const { hub, flow } = await startAbc();
    const tokens = await flow.signIn(DANA);
    const renewed = await flow.refresh(tokens.refresh_token);
    expect(renewed.status).toBe(200);
    const { access_token, refresh_token, client_info } = renewed.body as Tokens;
    expect((await createTokenValidator(hub.demo.trusted).validate(access_token)).ok).toBe(true);
    expect(client_info).toBe(tokens.client_info);
    expect((await flow.refresh(refresh_token)).status).toBe(200);
  });

  it('stays signed in: a hidden frame gets a code without a page', async () => {
    const { flow } = await startAbc();
    await flow.signIn(DANA);
    const answer = await flow.silent({ login_hint: DANA });
    const tokens = await flow.redeem(answer.get('code') ?? '', answer.verifier ?? '');
    expect(decodeJwt(tokens.access_token).oid).toBe(personOf(ABC, DANA).oid);
  });

  it('outlives a restart: session, refresh token and keys', async () => {
    const store = createMemoryValues(); // empty: the first start makes the keys
    const before = await startAbc({ store });
    const tokens = await before.flow.signIn(DANA);
    const port = Number(new URL(before.hub.origin).port);
    await before.hub.close();
    const after = await start({ store, port });
    expect((await createTokenValidator(after.demo.trusted).validate(tokens.access_token)).ok).toBe(true);
    expect((await before.flow.refresh(tokens.refresh_token)).status).toBe(200);
    expect((await before.flow.silent()).get('code')).toBeTruthy();
  });

  it('that is cancelled tells the page so', async () => {
    const { browser, flow, hub } = await startAbc();
    const picker = await flow.openPicker();
    const { location } = await browser.request(picker.url, { cancel: '1' });
    const end = await browser.follow(location ?? '', `${hub.origin}/redirect.html`);
    expect(new URL(end.url).hash).toContain('error=access_denied');
  });

  it('leads nowhere but to our own page', async () => {
    const { browser, flow } = await startAbc();
    const bad = flow
      .authorizeUrl('c'.repeat(43), {})
      .replace(/redirect_uri=[^&]+/, 'redirect_uri=https%3A%2F%2Fevil.example%2F');
    const { status, location, text } = await browser.request(bad);
    expect([status, location]).toEqual([400, null]);
    expect(text).toContain('invalid_redirect_uri');
  });

  it('needs the proof key', async () => {
    const { flow, browser, hub } = await startAbc();
    await flow.signIn(DANA);
    const url = flow.authorizeUrl('', { prompt: 'none' }).replace(/&code_challenge[^&]*/g, '');
    const end = await browser.follow(url, `${hub.origin}/redirect.html`);
    expect(new URL(end.url).hash).toContain('error=invalid_request');
    const answer = await flow.silent();
    await expect(flow.redeem(answer.get('code') ?? '', 'x'.repeat(43))).rejects.toThrow('invalid_grant');
  });
});

describe('several accounts in one browser', () => {
  it('always choose by the picker, which marks who is signed in', async () => {
    const { flow } = await startAbc();
    await flow.signIn(DANA);
    const picker = await flow.openPicker();
    expect(picker.url).toContain('/sign-in/');
    expect(picker.text).toContain('Signed in');
  });

  it('keep the first one renewing by its refresh token after the second one signed in', async () => {
    const { flow } = await startAbc();
    const dana = await flow.signIn(DANA);
    const expert = await flow.signIn(EXPERT);
    expect(decodeJwt(expert.access_token).oid).toBe(personOf(ABC, EXPERT).oid);
    const renewed = await flow.refresh(dana.refresh_token);
    expect(decodeJwt((renewed.body as Tokens).access_token).oid).toBe(personOf(ABC, DANA).oid);
  });

  it('never answer a hidden frame with somebody else', async () => {
    const { flow } = await startAbc();
    await flow.signIn(DANA);
    await flow.signIn(EXPERT);
    expect((await flow.silent({ login_hint: DANA })).get('error')).toBe('login_required');
    expect((await flow.silent({ login_hint: EXPERT })).get('code')).toBeTruthy();
  });

  it('of different companies do not meet', async () => {
    const { hub, browser, flow } = await startAbc();
    const contoso = createFlow(hub, CONTOSO1, browser);
    await flow.signIn(DANA);
    await contoso.signIn('rosa.delgado@contoso1.com');
    expect((await flow.silent({ login_hint: DANA })).get('code')).toBeTruthy();
    expect((await contoso.silent({ login_hint: 'rosa.delgado@contoso1.com' })).get('code')).toBeTruthy();
    expect(browser.cookieNames().every((name) => /^\/[0-9a-f-]{36}\//.test(name))).toBe(true);
  });
});

describe('signing out', () => {
  it('ends the session and the refresh token, and comes back to the page', async () => {
    const { flow, hub } = await startAbc();
    const tokens = await flow.signIn(DANA);
    expect(await flow.signOut(tokens.id_token)).toBe(`${hub.origin}/redirect.html?state=s`);
    expect((await flow.silent()).get('error')).toBe('login_required');
    expect(await flow.refresh(tokens.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('of an account that another one replaced leaves that other one alone', async () => {
    const { flow, hub } = await startAbc();
    const dana = await flow.signIn(DANA);
    const expert = await flow.signIn(EXPERT);
    expect(await flow.signOut(dana.id_token)).toContain(`${hub.origin}/redirect.html`);
    expect((await flow.silent({ login_hint: EXPERT })).get('code')).toBeTruthy();
    expect((await flow.refresh(expert.refresh_token)).status).toBe(200);
  });

  it('asks when the address came from anybody', async () => {
    const { flow, browser } = await startAbc();
    await flow.signIn(DANA);
    const { text } = await browser.follow(`${flow.base}/logout`);
    expect(text).toContain('Do you want to sign out');
    expect(text).not.toContain('data-submit-at-once');
  });
});

describe('the account picker', () => {
  it('lists the people of its company alone, with what they usually use', async () => {
    const { flow } = await startAbc();
    const { text } = await flow.openPicker();
    for (const person of ABC.people) expect(text).toContain(person.mail);
    expect(text).not.toContain('contoso1.com');
    expect(text).toContain('Headset');
  });

  it('finds people without script, whatever the accents', async () => {
    const { flow, browser } = await startAbc();
    const picker = await flow.openPicker();
    const found = await browser.request(`${picker.url}?q=lucia`);
    expect(found.text).toContain('Lucía Romero');
    expect(found.text).not.toContain('Dana Okafor');
    const nobody = await browser.request(`${picker.url}?q=%3Cscript%3Ealert(1)`);
    expect(nobody.text).toContain('Nobody found');
    expect(nobody.text).not.toContain('<script>alert');
  });

  it('puts the suggested person first', async () => {
    const { flow } = await startAbc();
    const { text } = await flow.openPicker({ login_hint: 'Expert3@abc.com' });
    expect(text.indexOf('expert3@abc.com')).toBeLessThan(text.indexOf(DANA));
    expect(text).toContain('Suggested');
  });

  it('has a strict policy, is never framed and never cached', async () => {
    const { flow, browser } = await startAbc();
    const { url } = await flow.openPicker();
    const { headers } = await browser.request(url);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('takes nobody who is not of the company', async () => {
    const { flow, browser } = await startAbc();
    const { url } = await flow.openPicker();
    const stranger = personOf(CONTOSO1, 'rosa.delgado@contoso1.com').oid;
    expect((await browser.request(url, { account: stranger })).location).toBeNull();
  });

  it('of a sign-in that ended offers the way back', async () => {
    const { hub, browser } = await startAbc();
    const { status, text } = await browser.request(`${hub.origin}/${ABC.tenantId}/sign-in/unknown`);
    expect(status).toBe(404);
    expect(text).toContain('This sign-in has ended');
  });

  it('refuses a form that is far too large', async () => {
    const { flow, browser } = await startAbc();
    const { url } = await flow.openPicker();
    expect((await browser.request(url, { account: 'x'.repeat(100_000) })).status).toBe(413);
  });
});

describe('away from its own machine', () => {
  async function openRemote() {
    const codes: string[] = [];
    const { flow, browser } = await startAbc({ announceCode: (code) => codes.push(code) });
    const account = personOf(ABC, DANA).oid;
    const picker = await flow.openPicker();
    const tryCode = (code: string) => browser.request(picker.url, { account, code });
    return { codes, tryCode, flow, browser, picker, account };
  }

  it('a sign-in takes the code of the console', async () => {
    const { codes, tryCode, picker } = await openRemote();
    expect(picker.text).toContain('Code from the console');
    expect(codes).toHaveLength(1);
    expect((await tryCode('')).status).toBe(403);
    expect((await tryCode('0000-0000')).text).toContain('That code is not right');
    expect((await tryCode(codes[0] ?? '')).status).toBe(303);
  });

  it('a code works once', async () => {
    const { codes, tryCode, flow, browser, account } = await openRemote();
    expect((await tryCode(codes[0] ?? '')).status).toBe(303);
    const second = await flow.openPicker();
    expect(codes).toHaveLength(2);
    expect((await browser.request(second.url, { account, code: codes[0] ?? '' })).status).toBe(403);
    expect((await browser.request(second.url, { account, code: codes[1] ?? '' })).status).toBe(303);
  });

  it('guessing is stopped, also for the right code', async () => {
    const { codes, tryCode } = await openRemote();
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await tryCode('1')).status).toBe(403);
    const blocked = await tryCode(codes[0] ?? '');
    expect(blocked.status).toBe(429);
    expect(blocked.text).toContain('Wait one minute');
  });
});

describe('the demo provider', () => {
  const base = {
    origin: 'http://localhost:1',
    companies: demoCompanies(),
    store: createMemoryValues(),
    assetsDir: 'assets/demo',
  };

  it('refuses to exist beside a real tenant', async () => {
    const real = {
      tenantId: ABC.tenantId,
      name: 'A',
      domains: ['a.com'],
      authority: `https://login.microsoftonline.com/${ABC.tenantId}`,
      spaClientId: ABC.spaClientId,
      apiClientId: ABC.apiClientId,
    };
    await expect(createDemoProvider({ ...base, settings: { demo: true, tenants: [real] } })).rejects.toThrow(
      DemoRefusedError,
    );
    await expect(createDemoProvider({ ...base, settings: { demo: false, tenants: [] } })).rejects.toThrow(
      DemoRefusedError,
    );
  });

  it('leaves every other address to the hub', async () => {
    const hub = await start();
    for (const path of ['/', '/desk', '/config.json', `/${ABC.tenantId}`, '/redirect.html']) {
      expect((await fetch(hub.origin + path)).status, path).toBe(404);
    }
    expect((await fetch(`${hub.origin}/demo-sign-in/sign-in.css`)).headers.get('content-type')).toContain('text/css');
  });

  it('describes itself under its public address, whatever a client claims', async () => {
    const hub = await start();
    const answer = await fetch(`${hub.origin}/${ABC.tenantId}/v2.0/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' },
    });
    const text = await answer.text();
    const metadata = JSON.parse(text);
    const base = `${hub.origin}/${ABC.tenantId}/v2.0`;
    expect(metadata).toMatchObject({
      issuer: base,
      authorization_endpoint: `${base}/authorize`,
      token_endpoint: `${base}/token`,
      jwks_uri: `${base}/keys`,
      end_session_endpoint: `${base}/logout`,
    });
    expect(text).not.toContain('evil');
  });

  it('gives cookies to HTTPS alone where it is reached by HTTPS', async () => {
    const hub = await start({ origin: 'https://hub.example:4400' });
    const flow = createFlow({ origin: 'https://hub.example:4400' }, ABC, createBrowser());
    const path = new URL(flow.authorizeUrl('c'.repeat(43), { prompt: 'select_account' }));
    const answer = await fetch(hub.origin + path.pathname + path.search, { redirect: 'manual' });
    const cookies = answer.headers.getSetCookie();
    expect(answer.status).toBe(303);
    expect(cookies.length).toBeGreaterThan(0);
    expect(cookies.every((cookie) => /; secure/i.test(cookie) && /; httponly/i.test(cookie))).toBe(true);
    expect(answer.headers.get('location')).toMatch(/^\/[0-9a-f-]{36}\/sign-in\//);
  });

  it('never shows the private half of its keys', async () => {
    const hub = await start();
    const { keys } = (await (await fetch(`${hub.origin}/${ABC.tenantId}/v2.0/keys`)).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('answers token requests of other origins with a refusal', async () => {
    const { flow } = await startAbc();
    const tokens = await flow.signIn(DANA);
    const response = await fetch(`${flow.base}/token`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: new URLSearchParams({
        client_id: ABC.spaClientId,
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token,
      }),
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
