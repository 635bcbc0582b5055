import { type Result, refuse } from '../../domain/call/refusal.ts';
import { parseRequest } from '../../protocol/schemas/requests.ts';
import type { HubAnswer, HubMethodName, RelayPayload } from '../../protocol/types.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { Clock } from '../clock.ts';
import { refusalOfDirectory } from '../directory/directory-error.ts';
import type { Hub } from '../hub.ts';
import { ruleOf } from '../reach/rules-of-methods.ts';
import { witness } from '../reach/witness.ts';
import type { Handlers, Wire } from './handler.ts';
import { allowedWhileHeld } from './held.ts';
import type { Session } from './session.ts';
import { allowedToVisitor } from './visiting.ts';

export interface DispatchOptions {
  readonly hub: Pick<Hub, 'log'>;
  readonly handlers: Handlers;
  readonly clock: Clock;
  /** What changes a call is answered so much later: the demo's slow network. */
  readonly latencyMs: number;
  /** Told the code of every answer, `ok` for accepted ones. */
  readonly onAnswered: (method: HubMethodName, code: string) => void;
  /** A fault of ours, not of the page's. */
  readonly onFailure: (method: HubMethodName, error: unknown) => void;
}

export type Dispatch = (
  method: HubMethodName,
  args: readonly unknown[],
  session: Session,
  wire: Wire,
) => Promise<HubAnswer<unknown>>;

/**
 * Limits, parses, authorises and runs an invocation, and holds it to its rule of reach: what is accepted without having asked
 * is answered with `internal`. Never rejects: every failure is an answer with a code.
 */
export function createDispatch(options: DispatchOptions): Dispatch {
  return async (method, args, session, wire) => {
    const result = await run(options, method, args, { session, wire }).catch((error: unknown): Result<never> => {
      options.onFailure(method, error);
      const refusal = refusalOfDirectory(error);
      return refusal === null ? refuse('internal') : { ok: false, refusal };
    });
    options.onAnswered(method, result.ok ? 'ok' : result.refusal.code);
    return result;
  };
}

/**
 * Refuses what is not looked at any further, within the same limit as everything else that a page asks.
 * @returns the code that the page is told
 */
export function refuseUnread(
  { requests }: Session,
  code: 'unknown-method' | 'too-large',
  nowMs: number,
): 'too-many-requests' | typeof code {
  return requests.take(nowMs) ? code : 'too-many-requests';
}

async function run<M extends HubMethodName>(
  { hub, handlers, clock, latencyMs }: DispatchOptions,
  method: M,
  args: readonly unknown[],
  { session, wire }: { readonly session: Session; readonly wire: Wire },
): Promise<Result<unknown>> {
  if (!bucketOf(session, method, args).take(clock.nowMs())) return refuse('too-many-requests');
  const parsed = parseRequest(method, args, PROTOCOL_VERSION);
  if (!parsed.ok) return parsed;
  const visiting = allowedToVisitor(hub, session, method, parsed.value);
  if (!visiting.ok) return visiting;
  const allowed = allowedWhileHeld(session, method, parsed.value);
  if (!allowed.ok) return allowed;
  if (latencyMs > 0 && method === 'command') await delay(clock, latencyMs);
  const request = parsed.value;
  const rule = ruleOf(method, request);
  const { result, asked } = await witness(() => handlers[method]({ request, session, wire }));
  if (result.ok && rule !== 'self' && !asked.has(rule) && !isEmptyList(result.value))
    throw new Error(`${method} was accepted without asking "${rule}"`);
  return result;
}

/** What a call is counted with, by what it claims to be: what is not of that form is refused when it is read. */
function bucketOf({ requests, relays, smallRelays }: Session, method: HubMethodName, [request]: readonly unknown[]) {
  if (method !== 'relay') return requests;
  return SMALL_RELAYS.has(relayType(request)) ? smallRelays : relays;
}

const SMALL_RELAYS: ReadonlySet<unknown> = new Set<RelayPayload['type']>([
  'stillMarks',
  'stillOver',
  'askStill',
  'stillSeen',
]);

function relayType(request: unknown): unknown {
  const payload = request instanceof Object && 'payload' in request ? request.payload : null;
  return payload instanceof Object && 'type' in payload ? payload.type : null;
}

/** Where there was nobody to sift. */
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const delay = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));
