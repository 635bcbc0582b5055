import type { RefusalCode } from '../../domain/call/refusal.ts';
import type { AuthRequest, AuthResult } from '../../signalr/index.ts';
import type { TokenRefusalCode, TokenValidator } from '../identity/validate-token.ts';
import type { Tickets } from '../join-api/tickets.ts';
import { createSession, type Session } from './session.ts';
import { identityOfVisit } from './visiting.ts';

/** What a page is told of a token that does not count; the exact reason stays in the log. */
export function codeOfTokenRefusal(code: TokenRefusalCode): RefusalCode {
  switch (code) {
    case 'token-expired':
      return 'sign-in-expired';
    case 'token-tenant':
    case 'token-issuer':
      return 'wrong-tenant';
    case 'keys-unavailable':
      return 'internal';
    default:
      return 'not-signed-in';
  }
}

/** By what a connection is let in. */
export interface Credentials {
  readonly validator: TokenValidator;
  readonly tickets: Pick<Tickets, 'readTicket'>;
  readonly nowMs: () => number;
}

/** A ticket only makes the connection: longer than this nobody waits and talks. */
const VISIT_MS = 12 * 3_600_000;

/** Lets a connection in by its access token or ticket alone. @param onRefused told the exact reason, for the log */
export async function authenticate(
  { validator, tickets, nowMs }: Credentials,
  request: AuthRequest,
  onRefused: (code: TokenRefusalCode | 'no-token') => void,
): Promise<AuthResult<Session>> {
  const { accessToken } = request;
  if (accessToken === undefined) {
    onRefused('no-token');
    return { ok: false, status: 401, reason: 'not-signed-in' };
  }
  const visit = await tickets.readTicket(accessToken);
  if (visit !== null) {
    const expiresAtMs = nowMs() + VISIT_MS;
    const context = createSession(identityOfVisit(visit, expiresAtMs), accessToken, visit);
    return { ok: true, userId: visit.person, context, expiresAtMs };
  }
  const result = await validator.validate(accessToken);
  if (result.ok) {
    const { personKey, expiresAtMs } = result.identity;
    return { ok: true, userId: personKey, context: createSession(result.identity, accessToken), expiresAtMs };
  }
  onRefused(result.refusal.code);
  const reason = codeOfTokenRefusal(result.refusal.code);
  return { ok: false, status: reason === 'wrong-tenant' ? 403 : 401, reason };
}
