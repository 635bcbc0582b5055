import type { RefusalCode } from '../../domain/call/refusal.ts';
import type { AuthRequest, AuthResult } from '../../signalr/index.ts';
import type { TokenRefusalCode, TokenValidator } from '../identity/validate-token.ts';
import { createSession, type Session } from './session.ts';

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

/** Lets a connection in by its access token alone. @param onRefused told the exact reason, for the log */
export async function authenticate(
  validator: TokenValidator,
  request: AuthRequest,
  onRefused: (code: TokenRefusalCode | 'no-token') => void,
): Promise<AuthResult<Session>> {
  const { accessToken } = request;
  if (accessToken === undefined) {
    onRefused('no-token');
    return { ok: false, status: 401, reason: 'not-signed-in' };
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
