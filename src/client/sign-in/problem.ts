/** Why a sign-in or a renewal did not work. The words are elsewhere; `detail` is for the log and for support. */
export type SignInProblem =
  /** The account is of another tenant than the one this page wants. */
  | { readonly code: 'wrong-tenant'; readonly wantedTenantId: string; readonly wantedTenantName: string }
  | { readonly code: 'cancelled' }
  /** No way to the sign-in provider: try again later. */
  | { readonly code: 'unreachable'; readonly detail: string }
  | { readonly code: 'failed'; readonly detail: string };

/** Codes of @azure/msal-browser 5 that mean: the network or the provider, not the person. */
const NETWORK_CODES = new Set([
  'no_network_connectivity',
  'network_error',
  'post_request_failed',
  'get_request_failed',
  'endpoints_resolution_error',
  'openid_config_error',
  'timed_out',
  // RFC 6749, 4.1.2.1: the provider is there but cannot answer now.
  'server_error',
  'temporarily_unavailable',
]);
const CANCEL_CODES = new Set(['access_denied', 'user_cancelled']);
/** What only a new sign-in by the person repairs, beside the library's own class of such errors. */
const INTERACTION_CODES = new Set([
  'interaction_required',
  'login_required',
  'consent_required',
  'account_selection_required',
  'invalid_grant',
  'bad_token',
  'no_tokens_found',
  'no_account_error',
  'refresh_token_expired',
  'native_account_unavailable',
]);

/** The library's `errorCode`; its messages are only links. */
export function errorCodeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'errorCode' in error) return String(error.errorCode);
  return error instanceof Error ? error.name : 'unknown';
}

export function isInteractionRequired(error: unknown): boolean {
  return INTERACTION_CODES.has(errorCodeOf(error));
}

export function problemOf(error: unknown): SignInProblem {
  const detail = errorCodeOf(error);
  if (CANCEL_CODES.has(detail)) return { code: 'cancelled' };
  // A chunk of the page that cannot be fetched arrives as a TypeError.
  if (NETWORK_CODES.has(detail) || error instanceof TypeError) return { code: 'unreachable', detail };
  return { code: 'failed', detail };
}
