import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import type { Refusal } from '../../domain/call/refusal.ts';
import type {
  AdminMatrix,
  AdminPolicy,
  AdminSession,
  ApplyAnswer,
  AuditPage,
  CheckAnswer,
  FoundPerson,
  TryAnswer,
} from '../../protocol/admin-api/answers.ts';
import {
  ADMIN_LIMITS,
  applyRequestSchema,
  auditQuerySchema,
  checkRequestSchema,
  peopleQuerySchema,
  tryRequestSchema,
} from '../../protocol/admin-api/requests.ts';
import { createSerial } from '../calls/serial.ts';
import { refusalOfDirectory } from '../directory/directory-error.ts';
import type { TokenValidator } from '../identity/validate-token.ts';
import type { Logger } from '../log.ts';
import { serialisePolicyFile } from '../policy/policy-file.ts';
import type { PolicyRevision, ReachRecord } from '../store/reach-store.ts';
import type { AdminContext, Administrator } from './administrator.ts';
import { auditLines, auditPage } from './audit-pages.ts';
import { dryRun } from './dry-run.ts';
import { answerRefusal, createEntrance } from './entrance.ts';
import type { Grants } from './grants.ts';
import { overviewOf } from './overview.ts';
import { describeOwnPolicy } from './own-policy.ts';
import { type ReadPolicy, readOwnPolicy } from './read-policy.ts';
import { tryReach } from './try-reach.ts';
import { createViewer, type Viewer } from './viewer.ts';

export interface AdminApiOptions extends AdminContext {
  readonly validator: TokenValidator;
  readonly grants: Grants;
  readonly logger: Logger;
}

interface Env {
  readonly Variables: { readonly admin: Administrator; readonly viewer: Viewer };
}
export type AdminApi = Hono<Env>;

/**
 * What administrators' pages ask, each for the tenant that vouches for them. Nothing here is asked with a cookie: without the
 * `Authorization` header, which no other site can make a browser send, there is no answer.
 */
export function createAdminApi(options: AdminApiOptions): AdminApi {
  const api: AdminApi = new Hono<Env>();
  const { directory, hub } = options;
  const entrance = createEntrance(options);
  const inTurn = createSerial();

  api.use(async (context, next) => {
    context.header('Cache-Control', 'no-store');
    const entered = await entrance.enter(context.req.header('Authorization'));
    if (!entered.ok) return answerRefusal(context, entered.status, entered.refusal);
    const { admin } = entered;
    context.set('admin', admin);
    context.set(
      'viewer',
      createViewer({ tid: admin.tid, directory, world: hub.reach.world, meetings: hub.meetings.book }),
    );
    return next();
  });
  api.get('/session', (context) => context.json(sessionOf(options, context.get('admin'))));
  api.get('/people', (context) => searchPeople(options, context));
  api.get('/policy', async (context) => context.json(await policyOf(options, context)));
  api.get('/policy.json', (context) => exportPolicy(options, context));
  api.post('/policy/check', limit(ADMIN_LIMITS.fileBytes), (context) =>
    // Comparing a large company takes a while of the one thread: one after the other.
    inTurn('check', () => checkPolicy(options, context)),
  );
  api.post('/policy', limit(ADMIN_LIMITS.fileBytes), (context) => applyPolicy(options, context));
  api.post('/try', limit(ADMIN_LIMITS.requestBytes), (context) => answerTry(options, context));
  api.get('/matrix', async (context) => {
    const { policy } = currentOf(options, context);
    return context.json((await overviewOf(options, context.get('viewer'), policy)) satisfies AdminMatrix);
  });
  api.get('/audit', (context) => answerAudit(options, context));
  api.get('/audit.jsonl', (context) => exportAudit(options, context));
  api.all('*', (context) => answerRefusal(context, 404, { code: 'unknown-method' }));
  api.onError((error, context) => {
    const refusal = refusalOfDirectory(error);
    if (refusal !== null) return answerRefusal(context, refusal.code === 'sign-in-more' ? 403 : 503, refusal);
    options.logger.error({ err: error, path: context.req.path }, 'an administrator’s request failed');
    return answerRefusal(context, 500, { code: 'internal' });
  });
  return api;
}

const limit = (maxSize: number) =>
  bodyLimit({ maxSize, onError: (context) => answerRefusal(context, 413, { code: 'too-large' }) });

/** What a schema makes of a request, or the refusal of it. */
type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

function parse<T>(schema: v.GenericSchema<unknown, T>, content: unknown): Parsed<T> {
  const result = v.safeParse(schema, content, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  const at = v.getDotPath(result.issues[0]);
  return { ok: false, refusal: at === null ? { code: 'malformed' } : { code: 'malformed', detail: at } };
}

const bodyOf = (context: Context<Env>): Promise<unknown> => context.req.json().catch(() => undefined);

function currentOf({ hub }: AdminContext, context: Context<Env>): PolicyRevision {
  const { tid } = context.get('admin');
  const current = hub.policies.of(tid);
  if (current === undefined) throw new Error(`tenant ${tid} has no policy`);
  return current;
}

function sessionOf({ hub, directory }: AdminContext, { identity, tid }: Administrator): AdminSession {
  const policy = hub.policies.of(tid)?.policy;
  return {
    me: { name: identity.name ?? identity.mail ?? '', mail: identity.mail ?? '' },
    company: policy?.name ?? directory.tenantName(tid),
    domains: policy?.domains ?? [],
  };
}

const PEOPLE_FOUND = 8;

async function searchPeople({ directory }: AdminContext, context: Context<Env>): Promise<Response> {
  const query = parse(peopleQuerySchema, context.req.query());
  if (!query.ok) return answerRefusal(context, 400, query.refusal);
  const found = await directory.search(context.get('admin').asker, query.value.query, PEOPLE_FOUND);
  const people = found.map(({ key, name, mail, jobTitle, account }): FoundPerson => {
    return { key, name, mail, jobTitle, isGuest: account.kind === 'guest' };
  });
  return context.json({ people });
}

/** For the page to show, as often as it is opened: only a file that is taken away leaves a record. */
async function policyOf(options: AdminContext, context: Context<Env>): Promise<AdminPolicy> {
  const { policy, revision, atMs, by } = currentOf(options, context);
  const text = serialisePolicyFile(await describeOwnPolicy(options.directory, policy));
  return { revision, atMs, by: await context.get('viewer').author(by), text };
}

async function exportPolicy(options: AdminContext, context: Context<Env>): Promise<Response> {
  const { revision, text } = await policyOf(options, context);
  await note(options, context, 'policy');
  context.header('Content-Type', 'application/json; charset=utf-8');
  context.header('Content-Disposition', `attachment; filename="sightline-policy-${revision}.json"`);
  return context.body(text);
}

async function readPolicy(options: AdminContext, context: Context<Env>, text: string): Promise<ReadPolicy> {
  const { directory, hub } = options;
  const { policy: current } = currentOf(options, context);
  return readOwnPolicy({ directory, world: hub.reach.world(), asker: context.get('admin').asker, current }, text);
}

async function checkPolicy(options: AdminContext, context: Context<Env>): Promise<Response> {
  const request = parse(checkRequestSchema, await bodyOf(context));
  if (!request.ok) return answerRefusal(context, 400, request.refusal);
  const read = await readPolicy(options, context, request.value.file);
  if (!read.ok) return context.json({ ok: false, problems: read.problems } satisfies CheckAnswer);
  const { policy, people } = read;
  const current = currentOf(options, context);
  const answer = await dryRun(options, context.get('viewer'), { current, policy, people });
  return context.json(answer satisfies CheckAnswer);
}

async function applyPolicy(options: AdminContext, context: Context<Env>): Promise<Response> {
  const request = parse(applyRequestSchema, await bodyOf(context));
  if (!request.ok) return answerRefusal(context, 400, request.refusal);
  const read = await readPolicy(options, context, request.value.file);
  if (!read.ok) return context.json({ ok: false, problems: read.problems } satisfies ApplyAnswer, 422);
  const { policy, people } = read;
  const by = context.get('admin').identity.personKey;
  const applied = await options.hub.policies.apply({ policy, people, by, afterRevision: request.value.revision });
  if (!applied.ok) return answerRefusal(context, applied.refusal.code === 'out-of-turn' ? 409 : 404, applied.refusal);
  return context.json({ ok: true, revision: applied.value.revision } satisfies ApplyAnswer);
}

async function answerTry({ directory, hub }: AdminContext, context: Context<Env>): Promise<Response> {
  const request = parse(tryRequestSchema, await bodyOf(context));
  if (!request.ok) return answerRefusal(context, 400, request.refusal);
  const options = { directory, world: hub.reach.world(), viewer: context.get('viewer') };
  return context.json((await tryReach(options, context.get('admin'), request.value)) satisfies TryAnswer);
}

async function answerAudit(options: AdminContext, context: Context<Env>): Promise<Response> {
  const query = parse(auditQuerySchema, context.req.query());
  if (!query.ok) return answerRefusal(context, 400, query.refusal);
  const { tid } = context.get('admin');
  return context.json((await auditPage(options, context.get('viewer'), tid, query.value)) satisfies AuditPage);
}

async function exportAudit(options: AdminContext, context: Context<Env>): Promise<Response> {
  await note(options, context, 'audit');
  const day = new Date(options.nowMs()).toISOString().slice(0, 10);
  context.header('Content-Type', 'application/jsonl; charset=utf-8');
  context.header('Content-Disposition', `attachment; filename="sightline-audit-${day}.jsonl"`);
  return context.body(auditLines(options, context.get('viewer'), context.get('admin').tid));
}

/** Leaves a record before anything is handed out. */
async function note(options: AdminContext, context: Context<Env>, what: 'policy' | 'audit'): Promise<void> {
  const { tid, identity } = context.get('admin');
  const record: ReachRecord = {
    tid,
    reference: options.newReference(),
    atMs: options.nowMs(),
    what: { kind: 'exported', by: identity.personKey, what },
  };
  await options.store.reachAudit.write([record]);
}
