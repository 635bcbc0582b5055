import * as v from 'valibot';
import type { Refusal } from '../../domain/call/refusal.ts';
import {
  type AdminMatrix,
  type AdminPolicy,
  type AdminSession,
  type ApplyAnswer,
  type AuditPage,
  adminRefusalSchema,
  applyAnswerSchema,
  auditAnswerSchema,
  type CheckAnswer,
  checkAnswerSchema,
  type FoundPerson,
  matrixAnswerSchema,
  peopleAnswerSchema,
  policyAnswerSchema,
  sessionAnswerSchema,
  type TryAnswer,
  tryAnswerSchema,
} from '../../protocol/admin-api/answers.ts';
import { ADMIN_PATH, type TryRequest } from '../../protocol/admin-api/requests.ts';

export type * from '../../protocol/admin-api/answers.ts';

/** Why there is no answer. */
export type AdminFailure =
  /** No network, or no hub: try again. */
  | { readonly kind: 'offline' }
  /** Only a new sign-in helps. */
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The hub answers something else than this page understands. */
  | { readonly kind: 'strange' };

export type AdminResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: AdminFailure };

export interface AuditWish {
  readonly before?: number;
  readonly reference?: string;
}

/** What an administrator's page asks of the hub. None of it rejects. */
export interface AdminClient {
  session(): Promise<AdminResult<AdminSession>>;
  people(query: string): Promise<AdminResult<readonly FoundPerson[]>>;
  policy(): Promise<AdminResult<AdminPolicy>>;
  check(file: string): Promise<AdminResult<CheckAnswer>>;
  apply(file: string, revision: number): Promise<AdminResult<ApplyAnswer>>;
  tryReach(request: TryRequest): Promise<AdminResult<TryAnswer>>;
  matrix(): Promise<AdminResult<AdminMatrix>>;
  audit(wish: AuditWish): Promise<AdminResult<AuditPage>>;
  /** The policy file to be kept, which leaves a record. */
  policyFile(): Promise<AdminResult<ExportedFile>>;
  /** All of the audit as lines of JSON. */
  auditLines(): Promise<AdminResult<ExportedFile>>;
}

/** With the name that the hub gives it. */
export interface ExportedFile {
  readonly content: Blob;
  readonly fileName: string;
}

export interface AdminClientOptions {
  /** null when only a new sign-in gives one; rejects while one may be had later. */
  readonly accessToken: () => Promise<{ readonly token: string } | null>;
  readonly fetch?: typeof fetch;
}

interface Ask {
  readonly path: string;
  readonly body?: unknown;
}

export function createAdminClient({ accessToken, fetch: ask = fetch }: AdminClientOptions): AdminClient {
  async function send({ path, body }: Ask): Promise<AdminResult<Response>> {
    try {
      const access = await accessToken();
      if (access === null) return failed({ kind: 'signed-out' });
      const response = await ask(ADMIN_PATH + path, {
        method: body === undefined ? 'GET' : 'POST',
        cache: 'no-store',
        credentials: 'omit',
        headers: {
          Authorization: `Bearer ${access.token}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { ok: true, value: response };
    } catch {
      return failed({ kind: 'offline' });
    }
  }

  /** @param also a status from 400 whose body is an answer all the same */
  async function read<T>(schema: v.GenericSchema<unknown, T>, wish: Ask, also = 200): Promise<AdminResult<T>> {
    const sent = await send(wish);
    if (!sent.ok) return sent;
    if (!sent.value.ok && sent.value.status !== also) return failed(await failureOf(sent.value));
    const answer = v.safeParse(schema, await sent.value.json().catch(() => null));
    return answer.success ? { ok: true, value: answer.output } : failed({ kind: 'strange' });
  }

  async function take(path: string, otherwise: string): Promise<AdminResult<ExportedFile>> {
    const sent = await send({ path });
    if (!sent.ok) return sent;
    if (!sent.value.ok) return failed(await failureOf(sent.value));
    const named = /filename="([\w.-]+)"/.exec(sent.value.headers.get('Content-Disposition') ?? '')?.[1];
    try {
      return { ok: true, value: { content: await sent.value.blob(), fileName: named ?? otherwise } };
    } catch {
      return failed({ kind: 'offline' });
    }
  }

  return {
    session: () => read(sessionAnswerSchema, { path: '/session' }),
    async people(query) {
      const found = await read(peopleAnswerSchema, { path: `/people?${new URLSearchParams({ query })}` });
      return found.ok ? { ok: true, value: found.value.people } : found;
    },
    policy: () => read(policyAnswerSchema, { path: '/policy' }),
    check: (file) => read(checkAnswerSchema, { path: '/policy/check', body: { file } }),
    apply: (file, revision) => read(applyAnswerSchema, { path: '/policy', body: { file, revision } }, UNPROCESSABLE),
    tryReach: (request) => read(tryAnswerSchema, { path: '/try', body: request }),
    matrix: () => read(matrixAnswerSchema, { path: '/matrix' }),
    audit: (wish) => read(auditAnswerSchema, { path: `/audit${queryOf(wish)}` }),
    policyFile: () => take('/policy.json', 'sightline-policy.json'),
    auditLines: () => take('/audit.jsonl', 'sightline-audit.jsonl'),
  };
}

/** Of a bad policy file: its problems are the answer. */
const UNPROCESSABLE = 422;

const failed = (failure: AdminFailure) => ({ ok: false, failure }) as const;

async function failureOf(response: Response): Promise<AdminFailure> {
  const refusal = v.safeParse(adminRefusalSchema, await response.json().catch(() => null));
  // A proxy that answers in the hub's place has words of its own.
  if (!refusal.success) return { kind: response.status >= 500 ? 'offline' : 'strange' };
  if (response.status === 401) return { kind: 'signed-out' };
  const { code, detail, reference } = refusal.output;
  return {
    kind: 'refused',
    refusal: {
      code,
      ...(detail === undefined ? {} : { detail }),
      ...(reference === undefined ? {} : { reference }),
    },
  };
}

function queryOf({ before, reference }: AuditWish): string {
  const query = new URLSearchParams({
    ...(before === undefined ? {} : { before: String(before) }),
    ...(reference === undefined ? {} : { reference }),
  });
  return query.size === 0 ? '' : `?${query}`;
}
