/** One answer of the fake, before it is written to the wire. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** As Graph's errors look ("Microsoft Graph error responses and resource types"). */
export const graphError = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  body: {
    error: {
      code,
      message: `Something about anna.secret@abc.com that must stay out of every log (${code}).`,
      innerError: { date: '2026-01-05T09:00:00', 'request-id': 'r', 'client-request-id': 'c' },
    },
  },
});

/** 429 of the service, with the time to wait. */
export const tooManyRequests = (retryAfter: string): Answer =>
  graphError(429, 'TooManyRequests', { 'retry-after': retryAfter });

/** 401 of continuous access evaluation: this token will do no more, one with these claims will. */
export const claimsChallenge = (claims: string): Answer =>
  graphError(401, 'InvalidAuthenticationToken', {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
      `error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
  });
