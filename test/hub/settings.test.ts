import { describe, expect, it } from 'vitest';
import { isLoopbackHost, isReachableFromElsewhere, parseSettings, type Settings } from '../../src/hub/settings.ts';
import { SETTINGS } from '../../src/hub/settings-table.ts';

const TENANT = '3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10';
const SPA = '7d2f5b7e-1111-4c2b-8a55-6b1f0a2f9c01';
const API = '9a1b2c3d-2222-4e4f-9f00-0a1b2c3d4e5f';
const REAL = { TENANT_ID: TENANT, SPA_CLIENT_ID: SPA, API_CLIENT_ID: API };

function settingsOf(env: Record<string, string>, argv: string[] = [], files: Record<string, string> = {}): Settings {
  const result = parseSettings(env, argv, readFrom(files));
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.settings;
}

function problemsOf(env: Record<string, string>, argv: string[] = [], files: Record<string, string> = {}) {
  const result = parseSettings(env, argv, readFrom(files));
  return result.ok ? [] : result.problems;
}

function readFrom(files: Record<string, string>) {
  return (path: string): string => {
    const content = files[path];
    if (content === undefined) throw new Error(`ENOENT: no such file, open '${path}'`);
    return content;
  };
}

describe('settings', () => {
  it('start a demo on this machine alone when nothing is set', () => {
    expect(settingsOf({})).toEqual({
      port: 4400,
      host: '127.0.0.1',
      dataDir: 'data',
      publicOrigin: undefined,
      tenants: [],
      graph: { origin: 'https://graph.microsoft.com', clientSecrets: new Map(), calendar: true },
      demo: true,
      demoLatencyMs: 0,
      demoTokenTtlS: 3600,
      isBehindProxy: false,
      logLevel: 'info',
      https: false,
      tls: undefined,
      databaseUrl: undefined,
      stunUrls: [],
      turn: undefined,
    });
  });

  it('slow the demo down, and nothing else', () => {
    expect(settingsOf({ DEMO_LATENCY_MS: '150' }).demoLatencyMs).toBe(150);
    expect(problemsOf({ DEMO_LATENCY_MS: '5001' })).toHaveLength(1);
    expect(problemsOf({ DEMO_LATENCY_MS: 'fast' })).toHaveLength(1);
    expect(problemsOf({ ...REAL, DEMO_LATENCY_MS: '150' })).toHaveLength(1);
  });

  it("give the demo's tokens a shorter life, which no real tenant has", () => {
    expect(settingsOf({ DEMO_TOKEN_TTL_S: '20' }).demoTokenTtlS).toBe(20);
    for (const wrong of ['19', '3601', '1e3', 'short']) expect(problemsOf({ DEMO_TOKEN_TTL_S: wrong })).toHaveLength(1);
    expect(problemsOf({ ...REAL, DEMO_TOKEN_TTL_S: '20' })).toEqual([
      'DEMO_TOKEN_TTL_S must not be set with a real tenant.',
    ]);
  });

  it('treat an empty variable as not set', () => {
    expect(settingsOf({ PORT: '', DEMO: ' ', TENANT_ID: '' }).demo).toBe(true);
  });

  it('listen on all interfaces with --https', () => {
    expect(settingsOf({}, ['--https'])).toMatchObject({ https: true, host: '0.0.0.0' });
    expect(settingsOf({ HOST: '192.168.1.4' }, ['--https']).host).toBe('192.168.1.4');
  });

  it('take one real tenant in the short form, in lower case, and end the demo', () => {
    const settings = settingsOf({
      ...REAL,
      TENANT_ID: TENANT.toUpperCase(),
      TENANT_DOMAINS: 'ABC.com, abc.example.org',
    });
    expect(settings.demo).toBe(false);
    expect(settings.tenants).toEqual([
      {
        tenantId: TENANT,
        name: 'ABC.com',
        domains: ['abc.com', 'abc.example.org'],
        authority: `https://login.microsoftonline.com/${TENANT}`,
        spaClientId: SPA,
        apiClientId: API,
      },
    ]);
  });

  it('take several tenants from a file', () => {
    const tenants = [
      { tenantId: TENANT, name: 'ABC', domains: ['abc.com'], spaClientId: SPA, apiClientId: API },
      {
        tenantId: SPA,
        name: 'Contoso1',
        domains: ['contoso1.com'],
        authority: `https://login.microsoftonline.us/${SPA}`,
        spaClientId: SPA,
        apiClientId: API,
      },
    ];
    const settings = settingsOf({ TENANTS_FILE: 't.json' }, [], { 't.json': JSON.stringify(tenants) });
    expect(settings.tenants.map((tenant) => tenant.authority)).toEqual([
      `https://login.microsoftonline.com/${TENANT}`,
      `https://login.microsoftonline.us/${SPA}`,
    ]);
    expect(settings.demo).toBe(false);
  });

  it('take secrets for the directories of tenants, apart from what is known of them', () => {
    const one = settingsOf({ ...REAL, GRAPH_CLIENT_SECRET: ' s3cret ', GRAPH_ORIGIN: 'https://Graph.microsoft.us/' });
    expect(one.graph).toEqual({
      origin: 'https://graph.microsoft.us',
      clientSecrets: new Map([[TENANT, 's3cret']]),
      calendar: true,
    });
    expect(settingsOf({ ...REAL, GRAPH_CLIENT_SECRET: 's3cret', GRAPH_CALENDAR: '0' }).graph.calendar).toBe(false);
    const common = { spaClientId: SPA, apiClientId: API };
    const listed = [
      { ...common, tenantId: TENANT, name: 'ABC', domains: ['abc.com'], graphClientSecret: 's3cret' },
      { ...common, tenantId: SPA, name: 'Contoso1', domains: ['contoso1.com'] },
    ];
    const several = settingsOf({ TENANTS_FILE: 't.json' }, [], { 't.json': JSON.stringify(listed) });
    expect(several.graph.clientSecrets).toEqual(new Map([[TENANT, 's3cret']]));
    expect(JSON.stringify([one.tenants, several.tenants])).not.toContain('s3cret');
  });

  it('take servers for media', () => {
    const settings = settingsOf({
      STUN_URLS: 'stun:a:3478,stun:b:3478',
      TURN_URLS: 'turn:t.abc.com:3478?transport=udp',
      TURN_SECRET: 'hush',
    });
    expect(settings.stunUrls).toEqual(['stun:a:3478', 'stun:b:3478']);
    expect(settings.turn).toEqual({ urls: ['turn:t.abc.com:3478?transport=udp'], secret: 'hush' });
  });

  it.each([
    [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535 (it is "70000").'],
    [{ PORT: '44x' }, 'PORT must be a whole number from 0 to 65535 (it is "44x").'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent (it is "loud").'],
    [
      { PUBLIC_ORIGIN: 'https://a.b/c' },
      'PUBLIC_ORIGIN must be an origin such as https://assist.abc.com (it is "https://a.b/c").',
    ],
    [
      { PUBLIC_ORIGIN: 'http://hub.abc.com' },
      'PUBLIC_ORIGIN must use https: without it browsers give a page neither camera nor sign-in (it is "http://hub.abc.com").',
    ],
    [{ TLS_CERT: 'c.pem' }, 'TLS_KEY must be set too, because TLS_CERT is.'],
    [
      { GRAPH_ORIGIN: 'http://graph.abc.com' },
      'GRAPH_ORIGIN must be an https origin such as https://graph.microsoft.com (it is "http://graph.abc.com").',
    ],
    [{ TURN_SECRET: 'hush' }, 'TURN_URLS must be set too, because TURN_SECRET is.'],
    [{ STUN_URLS: 'http://a' }, 'STUN_URLS must be a list such as stun:stun.abc.com:3478 (it is "http://a").'],
    [{ TENANT_ID: TENANT }, 'SPA_CLIENT_ID and API_CLIENT_ID must be set too, because TENANT_ID is.'],
    [
      { ...REAL, TENANT_ID: 'common' },
      'TENANT_ID must be a GUID such as 3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10 (it is "common").',
    ],
    [
      { ...REAL, API_CLIENT_ID: 'api' },
      'API_CLIENT_ID must be a GUID such as 3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10 (it is "api").',
    ],
    [{ ...REAL, DEMO: '1' }, 'DEMO must not be 1 with a real tenant: the demo signs anybody in without a password.'],
    [{ DEMO: '0' }, 'TENANT_ID or TENANTS_FILE must be set, because DEMO is 0.'],
    [{ DEMO: 'yes' }, 'DEMO must be 0 or 1 (it is "yes").'],
    [{ TENANTS_FILE: 'gone.json' }, "TENANTS_FILE cannot be read: gone.json (ENOENT: no such file, open 'gone.json')."],
    [
      { ...REAL, TENANTS_FILE: 't.json' },
      'TENANT_ID, SPA_CLIENT_ID, API_CLIENT_ID must not be set together with TENANTS_FILE.',
    ],
  ])('refuse %o with one clear line', (env, line) => {
    expect(problemsOf(env, [], { 't.json': '[]' })).toContain(line);
  });

  it('refuse an unknown option', () => {
    expect(problemsOf({}, ['--http'])).toEqual(['--http is not an option: the only one is --https.']);
  });

  it('never repeat a value that holds a password', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://root:hunter2@db' }).join()).not.toContain('hunter2');
  });

  it('give one line for each wrong value', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y', TLS_KEY: 'k' })).toHaveLength(3);
  });

  it('never open the demo because of a mistyped tenant', () => {
    expect(parseSettings({ TENANT_ID: 'oops' }, [])).toMatchObject({ ok: false });
    expect(parseSettings({ SPA_CLIENT_ID: SPA }, [])).toMatchObject({ ok: false });
  });

  it.each([
    ['[]', 'the list must list at least one tenant'],
    [
      JSON.stringify([{ tenantId: 'x', name: 'A', domains: ['a.com'], spaClientId: SPA, apiClientId: API }]),
      '0.tenantId must be a GUID',
    ],
    [
      JSON.stringify([
        {
          tenantId: TENANT,
          name: 'A',
          domains: ['a.com'],
          spaClientId: SPA,
          apiClientId: API,
          authority: 'https://login.microsoftonline.com/common',
        },
      ]),
      '"common" and "organizations" are never used',
    ],
    [
      JSON.stringify([
        { tenantId: TENANT, name: 'A', domains: ['a.com'], spaClientId: SPA, apiClientId: API },
        { tenantId: SPA, name: 'B', domains: ['A.com'], spaClientId: SPA, apiClientId: API },
      ]),
      'lists a domain twice',
    ],
    [
      JSON.stringify([
        { tenantId: TENANT, name: 'A', domains: [], spaClientId: SPA, apiClientId: API, graphClientSecret: '' },
      ]),
      'graphClientSecret must not be empty',
    ],
  ])('refuse the tenants file %s', (content, part) => {
    expect(problemsOf({ TENANTS_FILE: 't.json' }, [], { 't.json': content }).join('\n')).toContain(part);
  });

  it('know which hubs other machines can reach', () => {
    expect(isReachableFromElsewhere({ host: '127.0.0.1', publicOrigin: undefined })).toBe(false);
    expect(isReachableFromElsewhere({ host: 'localhost', publicOrigin: 'http://localhost:4400' })).toBe(false);
    expect(isReachableFromElsewhere({ host: '0.0.0.0', publicOrigin: undefined })).toBe(true);
    expect(isReachableFromElsewhere({ host: '127.0.0.1', publicOrigin: 'https://assist.abc.com' })).toBe(true);
    expect(isLoopbackHost('[::1]')).toBe(true);
    expect(isLoopbackHost('127.0.0.1.evil.com')).toBe(false);
  });

  it('are each read, and no others', () => {
    const asked = new Set<string>();
    const env = new Proxy<Record<string, string>>({}, { get: (_, name) => void asked.add(String(name)) });
    parseSettings(env, []);
    expect([...asked].sort()).toEqual(SETTINGS.map((row) => row.name as string).sort());
  });

  it('are each described once for the documentation', () => {
    const names = SETTINGS.map((row) => row.name);
    expect(new Set(names).size).toBe(names.length);
    expect(SETTINGS.every((row) => row.meaning.length > 10 && row.default.length > 0)).toBe(true);
  });
});
