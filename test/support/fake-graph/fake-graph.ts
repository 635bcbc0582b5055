import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Event } from '@microsoft/microsoft-graph-types';
import { type Answer, graphError, ok } from './answer.ts';
import { createTokenEndpoint, type TokenEndpoint } from './token-endpoint.ts';
import { type FakeUser, listUsers, selected } from './users.ts';

/** What a company has in Microsoft 365. By id of the user where it is somebody's. */
export interface FakeCompany {
  readonly tid: string;
  readonly users: readonly FakeUser[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly related: Readonly<Record<string, readonly string[]>>;
  readonly events: Readonly<Record<string, readonly Event[]>>;
  readonly presences: Readonly<Record<string, { readonly availability: string; readonly activity: string }>>;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly owner: string;
}

/** Microsoft Graph and the sign-in beside it, on this machine: answers as documented, and refuses what is not. */
export interface FakeGraph {
  readonly origin: string;
  readonly tokens: TokenEndpoint;
  readonly clientSecret: string;
  /** For msal-node: an authority that is only a name, with its token endpoint here. */
  readonly auth: {
    readonly authority: string;
    readonly knownAuthorities: string[];
    readonly authorityMetadata: string;
  };
  /** Every request that had a valid token, oldest first. */
  readonly requests: readonly SeenRequest[];
  company: FakeCompany;
  /** These come instead of what is asked for, one for each request; null lets one through. */
  interject(...answers: readonly (Answer | 'silence' | null)[]): void;
  close(): Promise<void>;
}

export const CLIENT_ID = 'abc00000-5e1f-4c00-9000-000000000002';
const SECRET = 'the client secret';

export async function startFakeGraph(company: FakeCompany): Promise<FakeGraph> {
  const requests: SeenRequest[] = [];
  const interjections: (Answer | 'silence' | null)[] = [];
  const server = createServer((request, response) => {
    void respond(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const tokens = createTokenEndpoint({
    clientId: CLIENT_ID,
    clientSecret: SECRET,
    scope: () => `${origin}/.default`,
  });
  const fake: FakeGraph = {
    origin,
    tokens,
    clientSecret: SECRET,
    auth: authOf(company.tid, origin),
    requests,
    company,
    interject: (...answers) => void interjections.push(...answers),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const body = await textOf(request);
    if (url.pathname === `/${company.tid}/oauth2/v2.0/token`) {
      return write(response, tokens.answer(new URLSearchParams(body)));
    }
    const owner = tokens.ownerOf(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
    if (owner === null) return write(response, graphError(401, 'InvalidAuthenticationToken'));
    const path = decodeURIComponent(url.pathname.replace(/^\/v1\.0/, ''));
    requests.push({ method: request.method ?? '', path, params: url.searchParams, owner });
    const interjected = interjections.shift() ?? null;
    if (interjected === 'silence') return;
    write(response, interjected ?? answerOf(fake.company, { url, path, owner, request, body }));
  }
  return fake;
}

interface Asked {
  readonly url: URL;
  readonly path: string;
  readonly owner: string;
  readonly request: IncomingMessage;
  readonly body: string;
}

function answerOf(company: FakeCompany, { url, path, owner, request, body }: Asked): Answer {
  const params = url.searchParams;
  const [, first = '', second = '', third = ''] = path.split('/');
  if (request.method === 'POST') return presencesOf(company, path, body);
  if (path === '/users') {
    return listUsers(company.users, { params, headers: request.headers, self: `${url.origin}${url.pathname}` });
  }
  if (path === '/me/people') {
    return ok({ value: (company.related[owner] ?? []).map((id) => ({ id, personType: { class: 'Person' } })) });
  }
  if (path === '/me/calendarView')
    return calendarOf(company, owner, { params, prefer: String(request.headers.prefer) });
  const user = company.users.find(({ id }) => id === second);
  if (first !== 'users' || user === undefined) return graphError(404, 'Request_ResourceNotFound');
  if (third === '') return ok(selected(user, params.get('$select')));
  if (third !== 'transitiveMemberOf') return graphError(404, 'Request_ResourceNotFound');
  return ok({ value: (company.groups[user.id] ?? []).map((displayName, at) => ({ id: `g${at}`, displayName })) });
}

function presencesOf(company: FakeCompany, path: string, body: string): Answer {
  const { ids } = JSON.parse(body) as { ids: readonly string[] };
  if (path !== '/communications/getPresencesByUserId' || ids.length > 650) return graphError(400, 'BadRequest');
  const unknown = { availability: 'PresenceUnknown', activity: 'PresenceUnknown' };
  return ok({ value: ids.map((id) => ({ id, ...(company.presences[id] ?? unknown) })) });
}

/** In another zone than UTC unless that is preferred, as mailboxes are. */
function calendarOf(
  company: FakeCompany,
  owner: string,
  { params, prefer }: { readonly params: URLSearchParams; readonly prefer: string },
): Answer {
  const [from, to] = [Date.parse(params.get('startDateTime') ?? ''), Date.parse(params.get('endDateTime') ?? '')];
  if (Number.isNaN(from) || Number.isNaN(to)) return graphError(400, 'ErrorInvalidParameter');
  const timeZone = prefer === 'outlook.timezone="UTC"' ? 'UTC' : 'W. Europe Standard Time';
  const events = (company.events[owner] ?? []).filter(({ start, end }) => {
    const [startMs, endMs] = [Date.parse(`${start?.dateTime}Z`), Date.parse(`${end?.dateTime}Z`)];
    return endMs > from && startMs < to;
  });
  const inZone = (event: Event) => ({
    ...event,
    start: { ...event.start, timeZone },
    end: { ...event.end, timeZone },
  });
  return ok({ value: events.map(inZone) });
}

function authOf(tid: string, origin: string): FakeGraph['auth'] {
  const authority = `https://sign-in.invalid/${tid}`;
  return {
    authority,
    knownAuthorities: ['sign-in.invalid'],
    authorityMetadata: JSON.stringify({
      token_endpoint: `${origin}/${tid}/oauth2/v2.0/token`,
      authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
      issuer: `${authority}/v2.0`,
      jwks_uri: `${authority}/discovery/v2.0/keys`,
    }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function write(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
