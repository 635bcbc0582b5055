import * as v from 'valibot';
import type { Asker } from '../directory.ts';
import { DirectoryError } from '../directory-error.ts';
import { createBoundedMap } from './bounded-map.ts';
import { challengeOf } from './challenge.ts';
import type { GraphTokens } from './on-behalf-of.ts';
import { retryAfterMsOf } from './retry-after.ts';

/** The little of Microsoft Graph (version 1.0) that the hub needs, on behalf of whoever asks. */
export interface GraphClient {
  /** null when there is no such thing (404). */
  get<T>(asker: Asker, request: GraphRequest<T>): Promise<T | null>;
  post<T>(asker: Asker, request: GraphRequest<T> & { readonly body: unknown }): Promise<T>;
  /** What may meet that a thing is gone, or there already. An answer without a body is null for the schema. */
  change<T>(asker: Asker, request: GraphChange<T>): Promise<GraphAnswer<T>>;
  /** The pages of a collection, one after the other as they are asked for, at most `maxPages`. @throws MissingError */
  pages<T>(asker: Asker, request: GraphRequest<T> & { readonly maxPages: number }): AsyncGenerator<readonly T[]>;
}

export interface GraphRequest<T> {
  /** E.g. `/users`; every part of it that comes from elsewhere is encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the answer, or of one item of a collection. */
  readonly schema: v.GenericSchema<unknown, T>;
}

export interface GraphChange<T> extends GraphRequest<T> {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** As JSON; none unless given. */
  readonly body?: unknown;
}

export type GraphAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** 404, with Graph's own code: there is no such thing, or the person has no mailbox. */
  | { readonly kind: 'missing'; readonly code: string }
  /** 409: it is there already. */
  | { readonly kind: 'conflict' };

export interface GraphClientOptions {
  /** E.g. `https://graph.microsoft.com`. */
  readonly origin: string;
  readonly tokens: GraphTokens;
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Who holds back together when Graph is busy: everybody unless given. */
  readonly throttledWith?: (asker: Asker) => string;
  readonly timeoutMs?: number;
}

const VERSION = '/v1.0';
const TIMEOUT_MS = 10_000;
/** People wait for a search: a longer wait is theirs to decide. */
const MAX_WAIT_MS = 3_000;
const MAX_TRIES = 3;
/** Of those who hold back apart from others; whoever is forgotten only learns once more that Graph is busy. */
const MAX_THROTTLED = 10_000;

interface Call {
  readonly asker: Asker;
  readonly url: URL;
  readonly method: 'GET' | GraphChange<unknown>['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export function createGraphClient(options: GraphClientOptions): GraphClient {
  const send = createSender(options);
  const urlOf = ({ path, query }: Pick<GraphRequest<unknown>, 'path' | 'query'>): URL => {
    const url = new URL(`${options.origin}${VERSION}${path}`);
    // Graph takes `+` for itself, not for a space.
    url.search = Object.entries(query ?? {})
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&');
    return url;
  };
  return {
    async get(asker, request) {
      const { headers = {}, schema } = request;
      const answer = await send({ asker, url: urlOf(request), method: 'GET', headers, body: null });
      return answer.kind === 'missing' ? null : parse(schema, present(answer));
    },
    async post(asker, request) {
      const headers = { ...request.headers, ...JSON_BODY };
      const body = JSON.stringify(request.body);
      return parse(request.schema, present(await send({ asker, url: urlOf(request), method: 'POST', headers, body })));
    },
    async change(asker, { method, body, ...request }) {
      const headers = { ...request.headers, ...(body === undefined ? {} : JSON_BODY) };
      const text = body === undefined ? null : JSON.stringify(body);
      const answer = await send({ asker, url: urlOf(request), method, headers, body: text });
      return answer.kind === 'ok' ? { kind: 'ok', value: parse(request.schema, answer.value) } : answer;
    },
    async *pages(asker, request) {
      const { headers = {}, maxPages } = request;
      const schema = v.object({ value: v.array(request.schema), '@odata.nextLink': v.optional(v.string()) });
      let url: URL | null = urlOf(request);
      for (let page = 0; page < maxPages && url !== null; page += 1) {
        const answer = parse(schema, present(await send({ asker, url, method: 'GET', headers, body: null })));
        yield answer.value;
        url = nextUrl(answer['@odata.nextLink'], options.origin);
      }
    },
  };
}

const JSON_BODY = { 'content-type': 'application/json' } as const;

/** What must be there is not. */
export class MissingError extends DirectoryError {
  readonly graphCode: string;

  constructor(graphCode: string) {
    super({ code: 'unavailable' }, `Graph does not have what was asked for: ${graphCode}`);
    this.graphCode = graphCode;
  }
}

function present(answer: GraphAnswer<unknown>): unknown {
  if (answer.kind === 'ok') return answer.value;
  throw new MissingError(answer.kind === 'missing' ? answer.code : 'it is there already');
}

/** The token goes where the link points: never to another host. */
function nextUrl(link: string | undefined, origin: string): URL | null {
  if (link === undefined) return null;
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url?.origin === origin && url.pathname.startsWith(`${VERSION}/`)) return url;
  throw new DirectoryError({ code: 'unavailable' }, 'Graph sent a link to somewhere else');
}

function parse<T>(schema: v.GenericSchema<unknown, T>, answer: unknown): T {
  const result = v.safeParse(schema, answer);
  if (result.success) return result.output;
  const where = v.getDotPath(result.issues[0]) ?? 'the answer';
  throw new DirectoryError({ code: 'unavailable' }, `Graph's answer is not as documented: ${where}`);
}

/** Sends with a token, waits when Graph is busy, and turns everything but an answer into a `DirectoryError`. */
function createSender(options: GraphClientOptions): (call: Call) => Promise<GraphAnswer<unknown>> {
  const { tokens, nowMs, wait, throttledWith = () => '' } = options;
  /** Of the directory Graph counts for the whole tenant: who is throttled holds back for all. */
  const busyUntilMs = createBoundedMap<string, number>(MAX_THROTTLED);

  const waitForTurn = async (who: string): Promise<void> => {
    const waitMs = (busyUntilMs.get(who) ?? 0) - nowMs();
    if (waitMs <= 0) return;
    if (waitMs > MAX_WAIT_MS) throw throttled(waitMs);
    await wait(waitMs);
  };
  return async (call) => {
    const who = throttledWith(call.asker);
    let hasNewToken = false;
    for (let attempt = 1; ; attempt += 1) {
      await waitForTurn(who);
      const response = await fetchOnce(options, call);
      if (response.ok) return { kind: 'ok', value: await readJson(response) };
      const problem = await problemOf(response, nowMs());
      if (problem.kind === 'missing' || problem.kind === 'conflict') return problem;
      if (problem.kind === 'busy') {
        busyUntilMs.set(who, Math.max(busyUntilMs.get(who) ?? 0, nowMs() + problem.retryAfterMs));
        if (attempt >= MAX_TRIES) throw throttled(problem.retryAfterMs);
      } else {
        if (response.status === 401) tokens.forget(call.asker);
        if (problem.kind !== 'stale-token' || hasNewToken) throw problem.error;
        hasNewToken = true;
      }
    }
  };
}

const throttled = (retryAfterMs: number): DirectoryError =>
  new DirectoryError({ code: 'throttled', retryAfterMs }, `Graph asks to wait ${Math.ceil(retryAfterMs / 1000)} s`);

async function fetchOnce({ tokens, timeoutMs = TIMEOUT_MS }: GraphClientOptions, call: Call): Promise<Response> {
  const token = await tokens.of(call.asker);
  try {
    return await fetch(call.url, {
      method: call.method,
      headers: { ...call.headers, accept: 'application/json', authorization: `Bearer ${token}` },
      body: call.body,
      // A redirect would take the token along.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    throw new DirectoryError({ code: 'unavailable' }, 'Graph does not answer', { cause: error });
  }
}

/** What was taken without a word (202, 204) answers null. */
async function readJson(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' && WORDLESS_STATUSES.has(response.status) ? null : JSON.parse(text);
  } catch {
    // The cause would quote the answer, and end up in a log.
    throw new DirectoryError({ code: 'unavailable' }, 'Graph did not answer in JSON');
  }
}

type Problem =
  | { readonly kind: 'missing'; readonly code: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  | { readonly kind: 'stale-token' | 'final'; readonly error: DirectoryError };

const WORDLESS_STATUSES = new Set([202, 204]);
const BUSY_STATUSES = new Set([429, 503, 504]);
/** Of a request whose `transactionId` has made an event before; its status is not documented. */
const DUPLICATE = 'ErrorDuplicateTransactionId';

/** Of the body only the code is kept: the message may hold names and addresses. */
async function problemOf(response: Response, nowMs: number): Promise<Problem> {
  const code = await graphCodeOf(response);
  const { status } = response;
  const what = `Graph answered ${status} ${code}`;
  if (status === 404) return { kind: 'missing', code };
  if (status === 409 || code === DUPLICATE) return { kind: 'conflict' };
  if (BUSY_STATUSES.has(status)) {
    return { kind: 'busy', retryAfterMs: retryAfterMsOf(response.headers.get('retry-after'), nowMs) };
  }
  if (status === 401) {
    const claims = challengeOf(response.headers.get('www-authenticate'));
    const error = new DirectoryError({ code: 'sign-in-more', claims }, what);
    return { kind: claims === null ? 'stale-token' : 'final', error };
  }
  if (status === 403) return { kind: 'final', error: new DirectoryError({ code: 'denied' }, what) };
  return { kind: 'final', error: new DirectoryError({ code: 'unavailable' }, what) };
}

const errorSchema = v.object({ error: v.object({ code: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/)) }) });

async function graphCodeOf(response: Response): Promise<string> {
  const parsed = v.safeParse(errorSchema, await response.json().catch(() => null));
  return parsed.success ? parsed.output.error.code : 'without a code';
}
