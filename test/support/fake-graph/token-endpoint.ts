import type { Answer } from './answer.ts';

/** Tokens as Entra gives them on behalf of somebody ("OAuth 2.0 on-behalf-of flow"). */
export interface TokenEndpoint {
  answer(form: URLSearchParams): Answer;
  /** Whose token it is; null when it counts no more. */
  ownerOf(token: string): string | null;
  revokeAll(): void;
  /** The next exchange is refused so. */
  refuseNext(error: TokenError): void;
  readonly exchanges: readonly string[];
}

export interface TokenError {
  readonly error: string;
  readonly suberror?: string;
  readonly claims?: string;
  readonly status?: number;
}

export interface TokenEndpointOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: () => string;
}

/** Assertions are `hub-token <oid> <anything>`. */
export const assertionOf = (oid: string, serial: number | string = 1): string => `hub-token ${oid} ${serial}`;

export function createTokenEndpoint(options: TokenEndpointOptions): TokenEndpoint {
  const owners = new Map<string, string>();
  const exchanges: string[] = [];
  let refusal: TokenError | null = null;

  const problemOf = (form: URLSearchParams): TokenError | null => {
    if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') return { error: 'invalid_request' };
    if (form.get('requested_token_use') !== 'on_behalf_of') return { error: 'invalid_request' };
    if (form.get('client_id') !== options.clientId) return { error: 'unauthorized_client' };
    if (form.get('client_secret') !== options.clientSecret) return { error: 'invalid_client', status: 401 };
    if (!form.get('scope')?.split(' ').includes(options.scope())) return { error: 'invalid_scope' };
    return form.get('assertion')?.startsWith('hub-token ') ? null : { error: 'invalid_grant' };
  };
  return {
    answer(form) {
      const problem = refusal ?? problemOf(form);
      refusal = null;
      const assertion = form.get('assertion') ?? '';
      exchanges.push(assertion);
      if (problem !== null) return refused(problem);
      const token = `graph-token-${owners.size + 1}`;
      owners.set(token, assertion.split(' ')[1] ?? '');
      return {
        status: 200,
        body: {
          token_type: 'Bearer',
          scope: options.scope(),
          expires_in: 3_600,
          ext_expires_in: 3_600,
          access_token: token,
        },
      };
    },
    ownerOf: (token) => owners.get(token) ?? null,
    revokeAll: () => owners.clear(),
    refuseNext(error) {
      refusal = error;
    },
    exchanges,
  };
}

function refused({ status = 400, ...error }: TokenError): Answer {
  return {
    status,
    body: {
      error_description: 'AADSTS00000: words about anna.secret@abc.com that must stay out of every log',
      error_codes: [0],
      timestamp: '2026-01-05 09:00:00Z',
      trace_id: 't',
      correlation_id: 'c',
      ...error,
    },
  };
}
