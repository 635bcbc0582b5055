/** One line of the settings table; the documentation is generated from these. */
export interface SettingRow {
  readonly name: string;
  readonly default: string;
  readonly meaning: string;
}

/** Every setting of the hub, in the order in which a reader meets them. */
export const SETTINGS = [
  { name: 'PORT', default: '4400', meaning: 'Port to listen on. 0 takes any free one.' },
  {
    name: 'HOST',
    default: '127.0.0.1, with --https 0.0.0.0',
    meaning: 'Address to listen on. 0.0.0.0 means all interfaces.',
  },
  {
    name: 'DATA_DIR',
    default: 'data',
    meaning: 'Folder of the embedded database and of the certificate made by --https.',
  },
  {
    name: 'PUBLIC_ORIGIN',
    default: 'the address it listens on',
    meaning:
      'The one origin that people use, e.g. https://assist.abc.com. Other names redirect to it; sign-in and links use it.',
  },
  {
    name: 'TENANT_ID',
    default: 'none: demo',
    meaning: 'GUID of the one Microsoft Entra tenant whose accounts may sign in.',
  },
  {
    name: 'TENANT_NAME',
    default: 'its first domain, else its GUID',
    meaning: 'Name of that tenant as people read it.',
  },
  { name: 'TENANT_DOMAINS', default: 'none', meaning: 'Domains of that tenant, separated by commas, e.g. abc.com.' },
  { name: 'SPA_CLIENT_ID', default: 'none', meaning: "GUID of the pages' app registration. Needed with TENANT_ID." },
  { name: 'API_CLIENT_ID', default: 'none', meaning: "GUID of the hub's app registration. Needed with TENANT_ID." },
  {
    name: 'TENANTS_FILE',
    default: 'none',
    meaning:
      'JSON file with a list of tenants, instead of TENANT_ID: tenantId, name, domains, spaClientId, apiClientId, for its directory graphClientSecret and, outside the public cloud, authority.',
  },
  {
    name: 'GRAPH_CLIENT_SECRET',
    default: 'none: people who have signed in',
    meaning: "Secret of the hub's app registration: people search the company's directory through Microsoft Graph.",
  },
  {
    name: 'GRAPH_ORIGIN',
    default: 'https://graph.microsoft.com',
    meaning: 'Microsoft Graph of a national cloud, e.g. https://graph.microsoft.us.',
  },
  {
    name: 'GRAPH_CALENDAR',
    default: '1',
    meaning:
      "With GRAPH_CLIENT_SECRET meetings stand in people's own calendars, which send the invitations. 0 keeps them in the hub alone.",
  },
  {
    name: 'DEMO',
    default: '1 without a tenant',
    meaning: '1 signs in the demo companies, without passwords. Refused together with a real tenant.',
  },
  {
    name: 'DEMO_LATENCY_MS',
    default: '0',
    meaning: 'The demo answers commands so many ms later, at most 5000: a slow network to try.',
  },
  {
    name: 'DEMO_TOKEN_TTL_S',
    default: '3600',
    meaning:
      "Life of the demo's access tokens in s, from 20 to 3600: a short one to try how pages renew their sign-in.",
  },
  { name: 'LOG_LEVEL', default: 'info', meaning: 'fatal, error, warn, info, debug, trace or silent.' },
  { name: 'TLS_CERT', default: 'none', meaning: 'Certificate file (PEM) for HTTPS, together with TLS_KEY.' },
  { name: 'TLS_KEY', default: 'none', meaning: 'Private key file (PEM) for HTTPS, together with TLS_CERT.' },
  {
    name: 'DATABASE_URL',
    default: 'none: embedded database',
    meaning: 'A PostgreSQL server instead of the embedded database, e.g. postgres://user:password@host/sightline.',
  },
  { name: 'STUN_URLS', default: 'none', meaning: 'STUN servers, separated by commas, e.g. stun:stun.abc.com:3478.' },
  {
    name: 'TURN_URLS',
    default: 'none',
    meaning: 'TURN servers, separated by commas, e.g. turn:turn.abc.com:3478?transport=udp. Needs TURN_SECRET.',
  },
  {
    name: 'TURN_SECRET',
    default: 'none',
    meaning: "The secret shared with the TURN servers (coturn's static-auth-secret).",
  },
  {
    name: 'BEHIND_PROXY',
    default: '0',
    meaning:
      "1 takes a visitor's address from the end of X-Forwarded-For: only behind a proxy that writes it, for anybody else could too.",
  },
  {
    name: 'SMTP_URL',
    default: "none: people's own mail programs",
    meaning: 'Mail server that sends invitations, e.g. smtps://user:password@mail.abc.com. Needs MAIL_FROM.',
  },
  {
    name: 'MAIL_FROM',
    default: 'none',
    meaning: 'Sender of invitations, e.g. Sightline <assist@abc.com>; answers go to whoever sent it.',
  },
] as const satisfies readonly SettingRow[];

export type SettingName = (typeof SETTINGS)[number]['name'];

/** Options of the command line, in the same form. */
export const OPTIONS = [
  {
    name: '--https',
    default: 'off',
    meaning:
      'Serve HTTPS on all interfaces, for a real headset on the network: with TLS_CERT and TLS_KEY, or a certificate made at the first start.',
  },
] as const satisfies readonly SettingRow[];
