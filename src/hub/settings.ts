import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type Tenant, type TenantEntry, tenantsSchema } from './identity/tenants.ts';
import type { MailerSettings } from './meetings/mailer.ts';
import type { SettingName } from './settings-table.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Settings {
  /** 0 = any free port. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Scheme, host and port without a slash; undefined = derive it from the address listened on. */
  readonly publicOrigin: string | undefined;
  /** Real tenants; empty in the demo. */
  readonly tenants: readonly Tenant[];
  /** Which tenants' directories the hub reads, and where. */
  readonly graph: {
    readonly origin: string;
    /** By tenant id. */
    readonly clientSecrets: ReadonlyMap<string, string>;
    /** Whether meetings stand in people's own calendars there. */
    readonly calendar: boolean;
  };
  readonly demo: boolean;
  /** The demo answers commands so much later: a slow network, for tests and demonstrations. */
  readonly demoLatencyMs: number;
  /** Life of the demo's access tokens, s. */
  readonly demoTokenTtlS: number;
  readonly logLevel: LogLevel;
  readonly https: boolean;
  readonly tls: { readonly certPath: string; readonly keyPath: string } | undefined;
  readonly databaseUrl: string | undefined;
  readonly stunUrls: readonly string[];
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | undefined;
  /** A proxy of the operator's own tells each visitor's address. */
  readonly isBehindProxy: boolean;
  /** The mail server that sends invitations, and the sender's address; undefined = people use their own mail programs. */
  readonly mail: MailerSettings | undefined;
}

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the hub's settings from environment variables and the command line. Never throws.
 * @param readText reads TENANTS_FILE; replaced in tests
 * @returns typed settings, or one line per wrong value that names the variable; values that may be secret are not repeated
 */
export function parseSettings(
  env: Environment,
  argv: readonly string[],
  readText: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): SettingsResult {
  const problems: string[] = [];
  const read = createReader(env, problems);
  const readForDemo = createDemoReader(env, read, problems);
  const https = parseOptions(argv, problems);
  const certPath = read('TLS_CERT', text);
  const keyPath = read('TLS_KEY', text);
  const turnUrls = read('TURN_URLS', listOf(/^turns?:[^\s/]+$/, 'must be a list such as turn:turn.abc.com:3478')) ?? [];
  const turnSecret = read('TURN_SECRET', text);
  const smtpUrl = read('SMTP_URL', smtpSchema, 'secret');
  const mailFrom = read('MAIL_FROM', fromSchema);
  requireTogether(problems, { SMTP_URL: smtpUrl, MAIL_FROM: mailFrom });
  requireTogether(problems, { TLS_CERT: certPath, TLS_KEY: keyPath });
  requireTogether(problems, { TURN_URLS: turnUrls[0], TURN_SECRET: turnSecret });
  const entries = parseTenants(env, read, problems, readText);
  const graphOrigin = read('GRAPH_ORIGIN', graphOriginSchema) ?? 'https://graph.microsoft.com';
  const graphCalendar = read('GRAPH_CALENDAR', v.picklist(['0', '1'], 'must be 0 or 1'));
  const tls = certPath !== undefined && keyPath !== undefined ? { certPath, keyPath } : undefined;
  const settings: Settings = {
    port: read('PORT', portSchema) ?? 4400,
    host: read('HOST', text) ?? (https ? '0.0.0.0' : '127.0.0.1'),
    dataDir: read('DATA_DIR', text) ?? 'data',
    publicOrigin: read('PUBLIC_ORIGIN', originSchema),
    tenants: entries.map(({ tenant }) => tenant),
    graph: { origin: graphOrigin, clientSecrets: graphSecretsOf(entries), calendar: graphCalendar !== '0' },
    demo: parseDemo(env, read, problems),
    demoLatencyMs: readForDemo('DEMO_LATENCY_MS', latencySchema, 0),
    demoTokenTtlS: readForDemo('DEMO_TOKEN_TTL_S', tokenTtlSchema, 3600),
    logLevel: read('LOG_LEVEL', v.picklist(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)) ?? 'info',
    https: https || tls !== undefined,
    tls,
    databaseUrl: read('DATABASE_URL', databaseSchema, 'secret'),
    stunUrls: read('STUN_URLS', listOf(/^stuns?:[^\s/]+$/, 'must be a list such as stun:stun.abc.com:3478')) ?? [],
    turn: turnUrls.length > 0 && turnSecret !== undefined ? { urls: turnUrls, secret: turnSecret } : undefined,
    isBehindProxy: read('BEHIND_PROXY', v.picklist(['0', '1'], 'must be 0 or 1')) === '1',
    mail: smtpUrl !== undefined && mailFrom !== undefined ? { smtpUrl, from: mailFrom } : undefined,
  };
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

/** True for names and addresses that only this machine reaches. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare);
}

/** True when somebody on another machine can reach this hub: directly, or under its public origin. */
export function isReachableFromElsewhere(settings: Pick<Settings, 'host' | 'publicOrigin'>): boolean {
  const publicHost = settings.publicOrigin === undefined ? 'localhost' : new URL(settings.publicOrigin).hostname;
  return !isLoopbackHost(settings.host) || !isLoopbackHost(publicHost);
}

const text = v.pipe(v.string(), v.minLength(1, 'must not be empty'));

const portSchema = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535'),
  v.transform(Number),
  v.maxValue(65_535, 'must be a whole number from 0 to 65535'),
);

const latencySchema = v.pipe(
  v.string(),
  v.regex(/^\d{1,4}$/, 'must be a whole number of ms from 0 to 5000'),
  v.transform(Number),
  v.maxValue(5_000, 'must be a whole number of ms from 0 to 5000'),
);

/** Pages renew every 5 s at the most often: a token that ends much sooner would end before it is renewed. */
const tokenTtlSchema = v.pipe(
  v.string(),
  v.regex(/^\d{1,4}$/, 'must be a whole number of s from 20 to 3600'),
  v.transform(Number),
  v.minValue(20, 'must be a whole number of s from 20 to 3600'),
  v.maxValue(3_600, 'must be a whole number of s from 20 to 3600'),
);

const smtpSchema = v.pipe(
  v.string(),
  v.regex(/^smtps?:\/\/[^\s/]+\/?(?:\?\S*)?$/, 'must be an address such as smtps://user:password@mail.abc.com'),
);

const fromSchema = v.pipe(
  v.string(),
  v.regex(
    /^(?:[^<>@\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
    'must be a sender such as Sightline <assist@abc.com>',
  ),
);

const originSchema = v.pipe(
  v.string(),
  v.transform((value) => value.replace(/\/$/, '').toLowerCase()),
  v.check(
    (value) => URL.canParse(value) && new URL(value).origin === value,
    'must be an origin such as https://assist.abc.com',
  ),
  v.check(
    (value) => value.startsWith('https://') || (value.startsWith('http://') && isLoopbackHost(new URL(value).hostname)),
    'must use https: without it browsers give a page neither camera nor sign-in',
  ),
);

const graphOriginSchema = v.pipe(
  v.string(),
  v.transform((value) => value.replace(/\/$/, '').toLowerCase()),
  v.check(
    (value) => value.startsWith('https://') && URL.canParse(value) && new URL(value).origin === value,
    'must be an https origin such as https://graph.microsoft.com',
  ),
);

const databaseSchema = v.pipe(
  v.string(),
  v.check(
    (value) => URL.canParse(value) && /^postgres(?:ql)?:$/.test(new URL(value).protocol),
    'must be an address such as postgres://user:password@host/sightline',
  ),
);

function listOf(item: RegExp, message: string) {
  return v.pipe(
    v.string(),
    v.transform(splitList),
    v.check((items) => items.length > 0 && items.every((url) => item.test(url)), message),
  );
}

function splitList(value: string): readonly string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

type Reader = <T>(name: SettingName, schema: v.GenericSchema<string, T>, secrecy?: 'secret') => T | undefined;

/** An empty variable counts as not set: that is what container files produce. */
function createReader(env: Environment, problems: string[]): Reader {
  return (name, schema, secrecy) => {
    const raw = env[name]?.trim();
    if (raw === undefined || raw === '') return undefined;
    const result = v.safeParse(schema, raw, { abortEarly: true });
    if (result.success) return result.output;
    const shown = secrecy === 'secret' ? '' : ` (it is ${JSON.stringify(raw)})`;
    problems.push(`${name} ${result.issues[0].message}${shown}.`);
    return undefined;
  };
}

function parseOptions(argv: readonly string[], problems: string[]): boolean {
  for (const option of argv.filter((argument) => argument !== '--https')) {
    problems.push(`${option} is not an option: the only one is --https.`);
  }
  return argv.includes('--https');
}

function requireTogether(problems: string[], pair: Readonly<Record<string, string | undefined>>): void {
  const names = Object.keys(pair);
  const missing = names.filter((name) => pair[name] === undefined);
  if (missing.length === 0 || missing.length === names.length) return;
  const present = names.filter((name) => pair[name] !== undefined);
  problems.push(
    `${missing.join(' and ')} must be set too, because ${present.join(' and ')} ${present.length > 1 ? 'are' : 'is'}.`,
  );
}

const SHORT_FORM = ['TENANT_ID', 'SPA_CLIENT_ID', 'API_CLIENT_ID'] as const;
const SHORT_FORM_EXTRAS = ['TENANT_NAME', 'TENANT_DOMAINS', 'GRAPH_CLIENT_SECRET'] as const;

function isSet(env: Environment, name: SettingName): boolean {
  return (env[name]?.trim() ?? '') !== '';
}

function parseTenants(
  env: Environment,
  read: Reader,
  problems: string[],
  readText: (path: string) => string,
): readonly TenantEntry[] {
  const file = read('TENANTS_FILE', text);
  const short = [...SHORT_FORM, ...SHORT_FORM_EXTRAS].filter((name) => isSet(env, name));
  if (file !== undefined) {
    if (short.length > 0) problems.push(`${short.join(', ')} must not be set together with TENANTS_FILE.`);
    return parseTenantsFile(file, problems, readText);
  }
  if (short.length === 0) return [];
  requireTogether(problems, Object.fromEntries(SHORT_FORM.map((name) => [name, read(name, text)])));
  return parseShortForm(env, problems);
}

function parseShortForm(env: Environment, problems: string[]): readonly TenantEntry[] {
  const values = {
    tenantId: env.TENANT_ID,
    domains: splitList(env.TENANT_DOMAINS ?? ''),
    spaClientId: env.SPA_CLIENT_ID,
    apiClientId: env.API_CLIENT_ID,
    graphClientSecret: isSet(env, 'GRAPH_CLIENT_SECRET') ? env.GRAPH_CLIENT_SECRET?.trim() : undefined,
  };
  const name = isSet(env, 'TENANT_NAME') ? env.TENANT_NAME : (values.domains[0] ?? env.TENANT_ID);
  const result = v.safeParse(tenantsSchema, [{ name, ...values }]);
  if (result.success) return result.output;
  const variableOf: Readonly<Record<string, SettingName>> = {
    tenantId: 'TENANT_ID',
    domains: 'TENANT_DOMAINS',
    spaClientId: 'SPA_CLIENT_ID',
    apiClientId: 'API_CLIENT_ID',
    name: 'TENANT_NAME',
  };
  for (const issue of result.issues) {
    const variable = variableOf[String(issue.path?.[1]?.key)] ?? 'TENANT_ID';
    if (isSet(env, variable)) problems.push(`${variable} ${issue.message} (it is ${JSON.stringify(env[variable])}).`);
  }
  return [];
}

const graphSecretsOf = (entries: readonly TenantEntry[]): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap(({ tenant, graphClientSecret }) =>
      graphClientSecret === null ? [] : [[tenant.tenantId, graphClientSecret]],
    ),
  );

function parseTenantsFile(
  file: string,
  problems: string[],
  readText: (path: string) => string,
): readonly TenantEntry[] {
  let content: unknown;
  try {
    content = JSON.parse(readText(file));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    problems.push(`TENANTS_FILE ${why}: ${file} (${error instanceof Error ? error.message : String(error)}).`);
    return [];
  }
  const result = v.safeParse(tenantsSchema, content);
  if (result.success) return result.output;
  for (const issue of result.issues) {
    problems.push(`TENANTS_FILE ${file}: ${v.getDotPath(issue) ?? 'the list'} ${issue.message}.`);
  }
  return [];
}

type DemoReader = (name: SettingName, schema: v.GenericSchema<string, number>, byDefault: number) => number;

/** For what only a demo takes: with a real tenant nothing but the default will do. */
function createDemoReader(env: Environment, read: Reader, problems: string[]): DemoReader {
  return (name, schema, byDefault) => {
    const value = read(name, schema) ?? byDefault;
    if (value !== byDefault && hasRealTenant(env)) problems.push(`${name} must not be set with a real tenant.`);
    return value;
  };
}

/** Any sign of a real tenant counts, also a wrong one: a typing mistake must never open the demo's doors. */
const hasRealTenant = (env: Environment): boolean =>
  [...SHORT_FORM, ...SHORT_FORM_EXTRAS, 'TENANTS_FILE' as const].some((name) => isSet(env, name));

function parseDemo(env: Environment, read: Reader, problems: string[]): boolean {
  const asked = read('DEMO', v.picklist(['0', '1'], 'must be 0 or 1'));
  const real = hasRealTenant(env);
  if (asked === '1' && real) {
    problems.push('DEMO must not be 1 with a real tenant: the demo signs anybody in without a password.');
  }
  if (asked === '0' && !real) problems.push('TENANT_ID or TENANTS_FILE must be set, because DEMO is 0.');
  return !real;
}
