import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Answer, graphError, ok } from './answer.ts';
import { createFakeCalendars, type FakeCalendars } from './calendars.ts';
import { createTokenEndpoint, type TokenEndpoint } from './token-endpoint.ts';
import { type FakeUser, listUsers, selected } from './users.ts';

/** What a company has in Microsoft 365. By id of the user where it is somebody's. */
export interface FakeCompany {
  readonly tid: string;
  readonly users: readonly FakeUser[];
  /** Ids of groups. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly related: Readonly<Record<string, readonly string[]>>;
  readonly presences: Readonly<Record<string, { readonly availability: string; readonly activity: string }>>;
}

type Interjection = Answer | 'silence' | 'lost' | null;

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly owner: string;
  readonly body: string;
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
  readonly calendars: FakeCalendars;
  /**
   * These come instead of what is asked for, one for each request; null lets one through, `lost` does what is asked for but says
   * that something went wrong.
   */
  interject(...answers: readonly Interjection[]): void;
  close(): Promise<void>;
}

export const CLIENT_ID = 'abc00000-5e1f-4c00-9000-000000000002';
const SECRET = 'the client secret';

export async function startFakeGraph(company: FakeCompany): Promise<FakeGraph> {
  const requests: SeenRequest[] = [];
  const interjections: Interjection[] = [];
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
    calendars: createFakeCalendars((mail) => fake.company.users.find((user) => user.mail?.toLowerCase() === mail)?.id),
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
    requests.push({ method: request.method ?? '', path, params: url.searchParams, owner, body });
    const interjected = interjections.shift() ?? null;
    if (interjected === 'silence') return;
    const isMeant = interjected === null || interjected === 'lost';
    const answer = isMeant ? answerOf(fake, { url, path, owner, request, body }) : interjected;
    write(response, interjected === 'lost' ? graphError(500, 'InternalServerError') : answer);
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

function answerOf({ company, calendars }: FakeGraph, { url, path, owner, request, body }: Asked): Answer {
  const params = url.searchParams;
  const self = `${url.origin}${url.pathname}`;
  const { method = '' } = request;
  const prefer = String(request.headers.prefer);
  const ofCalendar = calendars.answer({ method, path, params, prefer, owner, body, self });
  if (ofCalendar !== null) return ofCalendar;
  const [, first = '', second = '', third = ''] = path.split('/');
  if (request.method === 'POST') return presencesOf(company, path, body);
  if (path === '/users') {
    return listUsers(company.users, { params, headers: request.headers, self });
  }
  if (path === '/me/people') {
    return ok({ value: (company.related[owner] ?? []).map((id) => ({ id, personType: { class: 'Person' } })) });
  }
  const user = company.users.find(({ id }) => id === second);
  if (first !== 'users' || user === undefined) return graphError(404, 'Request_ResourceNotFound');
  if (third === '') return ok(selected(user, params.get('$select')));
  if (third !== 'transitiveMemberOf') return graphError(404, 'Request_ResourceNotFound');
  // Names of groups are not unique: here everybody's are the same.
  const groups = (company.groups[user.id] ?? []).map((id) => ({ id: id.toUpperCase(), displayName: 'Pumps' }));
  return ok({ value: groups.map((group) => selected(group, params.get('$select'))) });
}

function presencesOf(company: FakeCompany, path: string, body: string): Answer {
  const { ids } = JSON.parse(body) as { ids: readonly string[] };
  if (path !== '/communications/getPresencesByUserId' || ids.length > 650) return graphError(400, 'BadRequest');
  const unknown = { availability: 'PresenceUnknown', activity: 'PresenceUnknown' };
  return ok({ value: ids.map((id) => ({ id, ...(company.presences[id] ?? unknown) })) });
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
