import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as v from 'valibot';
import type { Refusal, RefusalCode } from '../../domain/call/refusal.ts';
import { admittedName } from '../../domain/meeting/lobby-state.ts';
import { cleanName } from '../../domain/meeting/name.ts';
import { type KnockAnswer, KnockSchema, type LinkLook, LookSchema } from '../../protocol/join-api/messages.ts';
import type { Clock } from '../clock.ts';
import type { Hub } from '../hub.ts';
import type { Identity } from '../identity/identity.ts';
import type { TokenValidator } from '../identity/validate-token.ts';
import type { Logger } from '../log.ts';
import { newAnonymous } from '../meetings/anonymous.ts';
import { codeOfTokenRefusal } from '../methods/sign-in.ts';
import { createGuesses, type Guesses } from './guesses.ts';
import { type Doorstep, lookFrom, openLink } from './look.ts';
import { COOKIE_S, type Tickets, type Visit } from './tickets.ts';

export interface JoinApiOptions {
  readonly hub: Hub;
  readonly tickets: Tickets;
  readonly validator: TokenValidator;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Scheme and host under which browsers reach the hub. */
  readonly publicOrigin: string;
  /** A proxy of the operator's own names each visitor's address: last in `X-Forwarded-For`. Anybody else could write that too. */
  readonly isBehindProxy: boolean;
}

interface Bindings {
  readonly incoming?: IncomingMessage;
}
type Env = { readonly Bindings: Bindings };
export type JoinApi = Hono<Env>;

/** Every answer takes so long at least: whatever was found, and whatever had to be looked up for it. */
export const ANSWER_AFTER_MS = 60;
const MAX_BODY_BYTES = 2_048;

/** What the page behind a join link asks before it has a connection. Never tells more of a meeting than a company's name. */
export function createJoinApi(options: JoinApiOptions): JoinApi {
  const { clock, logger, publicOrigin } = options;
  const guesses = createGuesses(clock.nowMs);
  const api: JoinApi = new Hono<Env>();

  api.use(async (context, next) => {
    const soonest = new Promise<void>((resolve) => void clock.after(ANSWER_AFTER_MS, resolve));
    await next();
    await soonest;
    context.header('Cache-Control', 'no-store');
  });
  api.use(async (context, next) => {
    // A form of another site can post, but neither JSON nor from this origin.
    const origin = context.req.header('Origin');
    const isOurs = origin === undefined || origin === publicOrigin;
    const isJson = /^application\/json\b/.test(context.req.header('Content-Type') ?? '');
    return isOurs && isJson ? next() : refused(context, 403, { code: 'not-allowed' });
  });
  api.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => refused(context, 413, { code: 'too-large' }) }));
  api.post('/look', (context) => answer(context, LookSchema, ({ token }) => look(options, guesses, context, token)));
  api.post('/knock', (context) => answer(context, KnockSchema, (body) => knock(options, guesses, context, body)));
  api.onError((error, context) => {
    logger.error({ err: error }, 'a request of the join page failed');
    return refused(context, 500, { code: 'internal' });
  });
  return api;
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

const STATUS: Partial<Record<RefusalCode, ContentfulStatusCode>> = {
  malformed: 400,
  'not-signed-in': 401,
  'sign-in-expired': 401,
  'wrong-tenant': 403,
  'anonymous-off': 403,
  'link-unknown': 404,
  'too-many-requests': 429,
};

async function answer<S extends v.GenericSchema, T>(
  context: Context<Env>,
  schema: S,
  work: (body: v.InferOutput<S>) => Promise<Outcome<T>>,
): Promise<Response> {
  const body: unknown = await context.req.json().catch(() => null);
  const parsed = v.safeParse(schema, body);
  if (!parsed.success) return refused(context, 400, { code: 'malformed' });
  const outcome = await work(parsed.output);
  if (outcome.ok) return context.json(outcome.value as object, 200);
  return refused(context, STATUS[outcome.refusal.code] ?? 409, outcome.refusal);
}

function refused(context: Context, status: ContentfulStatusCode, refusal: Refusal): Response {
  if (status === 429) context.header('Retry-After', '10');
  return context.json(refusal, status);
}

const refusal = (code: RefusalCode): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { code },
});

async function look(
  options: JoinApiOptions,
  guesses: Guesses,
  context: Context<Env>,
  token: string,
): Promise<Outcome<LinkLook>> {
  const came = await comer(options, context);
  if (!came.ok) return came;
  const opened = await open(options, guesses, context, { token, identity: came.identity });
  if (!opened.ok) return opened;
  const { step, visit } = opened;
  return { ok: true, value: await lookFrom(options.hub, step, { identity: came.identity, visit }) };
}

async function knock(
  options: JoinApiOptions,
  guesses: Guesses,
  context: Context<Env>,
  { token, name }: v.InferOutput<typeof KnockSchema>,
): Promise<Outcome<KnockAnswer>> {
  const came = await comer(options, context);
  if (!came.ok) return came;
  const { identity } = came;
  const opened = await open(options, guesses, context, { token, identity });
  if (!opened.ok) return opened;
  if (opened.step === null) return refusal('link-unknown');
  const { step } = opened;
  const before = identity === null ? opened.visit : null;
  const { closed } = await lookFrom(options.hub, step, { identity, visit: before });
  if (closed !== null) return refusal(closed);
  const { meetingId } = step.meeting;
  if (identity !== null) {
    const person = identity.personKey;
    return { ok: true, value: { meetingId, person, name: identity.name ?? '', ticket: null, ticketEndsMs: null } };
  }
  if (before === null && !guesses.mayBring(addressOf(options, context), meetingId)) return refusal('too-many-requests');
  return admitVisitor(options, context, step, { before, typed: name });
}

interface Visitor {
  readonly before: Visit | null;
  readonly typed: string;
}

/** The same person as before, by the cookie; else a new one. */
async function admitVisitor(
  { tickets, publicOrigin }: JoinApiOptions,
  context: Context<Env>,
  { meeting, state }: Doorstep,
  { before, typed }: Visitor,
): Promise<Outcome<KnockAnswer>> {
  const { tid, meetingId } = meeting;
  const admitted = before === null ? null : admittedName(state, before.person);
  const name = admitted ?? cleanName(typed) ?? before?.name ?? null;
  if (name === null) return { ok: false, refusal: { code: 'malformed', detail: 'name' } };
  const visit: Visit = { person: before?.person ?? newAnonymous(), name, tid, meetingId };
  const { token: ticket, endsMs } = await tickets.ticket(visit);
  setCookie(context, cookieName(meetingId), await tickets.cookie(visit), {
    httpOnly: true,
    sameSite: 'Strict',
    secure: publicOrigin.startsWith('https:'),
    path: '/api/join',
    maxAge: COOKIE_S,
  });
  return { ok: true, value: { meetingId, person: visit.person, name, ticket, ticketEndsMs: endsMs } };
}

/** One for each meeting, so that links to two of them in one browser do not meet. */
const cookieName = (meetingId: string): string =>
  `sightline-join-${createHash('sha256').update(meetingId).digest('hex').slice(0, 12)}`;

async function visitOf(
  { tickets }: JoinApiOptions,
  context: Context<Env>,
  { meeting }: Doorstep,
): Promise<Visit | null> {
  const cookie = getCookie(context, cookieName(meeting.meetingId));
  const visit = cookie === undefined ? null : await tickets.readCookie(cookie);
  return visit?.meetingId === meeting.meetingId ? visit : null;
}

type Came =
  | { readonly ok: true; readonly identity: Identity | null }
  | { readonly ok: false; readonly refusal: Refusal };

/** A sign-in that does not count is told so: somebody signed in would not want to come as nobody by mistake. */
async function comer({ validator }: JoinApiOptions, context: Context<Env>): Promise<Came> {
  const header = context.req.header('Authorization');
  if (header === undefined) return { ok: true, identity: null };
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1];
  if (token === undefined) return refusal('not-signed-in');
  const result = await validator.validate(token);
  return result.ok ? { ok: true, identity: result.identity } : refusal(codeOfTokenRefusal(result.refusal.code));
}

type Opened =
  | { readonly ok: true; readonly step: Doorstep | null; readonly visit: Visit | null }
  | { readonly ok: false; readonly refusal: Refusal };

interface Opening {
  readonly token: string;
  readonly identity: Identity | null;
}

/** Looked up before anything is refused, so that nobody who is known is kept out by what others at their address have tried. */
async function open(
  options: JoinApiOptions,
  guesses: Guesses,
  context: Context<Env>,
  { token, identity }: Opening,
): Promise<Opened> {
  const address = addressOf(options, context);
  const step = await openLink(options.hub, token);
  const visit = step === null ? null : await visitOf(options, context, step);
  const isKnown = step !== null && (identity !== null || visit !== null);
  if (!isKnown && !guesses.mayTry(address, step !== null)) return refusal('too-many-requests');
  if (step === null) guesses.wrong(address);
  return { ok: true, step, visit };
}

function addressOf({ isBehindProxy }: JoinApiOptions, context: Context<Env>): string {
  const forwarded = isBehindProxy ? context.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() : undefined;
  return forwarded ?? context.env?.incoming?.socket.remoteAddress ?? '';
}
