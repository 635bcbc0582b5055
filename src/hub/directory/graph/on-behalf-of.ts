import { createHash } from 'node:crypto';
import {
  AuthError,
  ConfidentialClientApplication,
  type Configuration,
  InteractionRequiredAuthError,
} from '@azure/msal-node';
import type { Asker } from '../directory.ts';
import { DirectoryError } from '../directory-error.ts';
import { TOKEN_NETWORK } from './token-network.ts';

/** Tokens of Microsoft Graph that act for the people who ask. */
export interface GraphTokens {
  /** @throws DirectoryError when the asker's own token cannot be exchanged */
  of(asker: Asker): Promise<string>;
  /** Graph does not take the token any more. */
  forget(asker: Asker): void;
}

export interface OnBehalfOfOptions {
  /** The hub's application, its secret and its tenant; more only where the authority is not Microsoft's. */
  readonly auth: Configuration['auth'];
  readonly graphOrigin: string;
  readonly nowMs: () => number;
}

interface Kept {
  readonly token: Promise<string>;
  /** Unknown until the token is there. */
  expiresAtMs: number;
}

/** A token that ends within this is not used for a new request. */
const MARGIN_MS = 60_000;
/** Tokens that have ended are looked for when there are more than this. */
const KEPT_BEFORE_SWEEP = 500;

/**
 * OAuth 2.0 on behalf of: the page's token for the hub becomes one for Graph. Kept here by the hash of the page's token, so
 * that nobody is served with another one's; msal-node's own cache keeps every token that it has ever seen, so each exchange
 * has a client of its own, which is forgotten with it.
 */
export function createGraphTokens({ auth, graphOrigin, nowMs }: OnBehalfOfOptions): GraphTokens {
  const kept = new Map<string, Kept>();
  const sweep = (): void => {
    if (kept.size <= KEPT_BEFORE_SWEEP) return;
    for (const [key, { expiresAtMs }] of kept) if (expiresAtMs <= nowMs()) kept.delete(key);
  };
  const start = (key: string, assertion: string): Promise<string> => {
    const exchanged = exchange(auth, assertion, graphOrigin);
    const one: Kept = { token: exchanged.then(({ token }) => token), expiresAtMs: Number.POSITIVE_INFINITY };
    sweep();
    kept.set(key, one);
    exchanged.then(
      ({ lifeMs }) => {
        one.expiresAtMs = nowMs() + lifeMs;
      },
      () => {
        if (kept.get(key) === one) kept.delete(key);
      },
    );
    return one.token;
  };
  return {
    async of(asker) {
      const assertion = asker.accessToken();
      if (assertion === null) throw new DirectoryError({ code: 'unavailable' }, 'nobody is signed in to ask for');
      const key = hashOf(assertion);
      const there = kept.get(key);
      return there !== undefined && there.expiresAtMs - MARGIN_MS > nowMs() ? there.token : start(key, assertion);
    },
    forget(asker) {
      const assertion = asker.accessToken();
      if (assertion !== null) kept.delete(hashOf(assertion));
    },
  };
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64');

interface Exchanged {
  readonly token: string;
  readonly lifeMs: number;
}

async function exchange(auth: Configuration['auth'], assertion: string, graphOrigin: string): Promise<Exchanged> {
  // Without the capability `cp1` Graph sends no claims challenges (continuous access evaluation).
  const client = new ConfidentialClientApplication({
    auth: { ...auth, clientCapabilities: ['cp1'] },
    system: { networkClient: TOKEN_NETWORK },
  });
  try {
    const result = await client.acquireTokenOnBehalfOf({
      oboAssertion: assertion,
      scopes: [`${graphOrigin}/.default`],
      skipCache: true,
    });
    if (result === null) throw new DirectoryError({ code: 'unavailable' }, 'the sign-in gave no token');
    return { token: result.accessToken, lifeMs: (result.expiresOn?.getTime() ?? 0) - Date.now() };
  } catch (error) {
    throw toDirectoryError(error);
  }
}

/** The library's messages may repeat what was sent: only its codes are kept. */
function toDirectoryError(error: unknown): DirectoryError {
  if (error instanceof DirectoryError) return error;
  if (error instanceof InteractionRequiredAuthError) {
    const claims = error.claims === '' ? null : error.claims;
    return new DirectoryError({ code: 'sign-in-more', claims }, `the sign-in asks the person: ${codesOf(error)}`);
  }
  if (!(error instanceof AuthError)) return new DirectoryError({ code: 'unavailable' }, 'the sign-in does not answer');
  switch (error.errorCode) {
    // The page's own token has ended or does not count any more: a new one may.
    case 'invalid_grant':
      return new DirectoryError({ code: 'sign-in-more', claims: null }, `the token counts no more: ${codesOf(error)}`);
    case 'invalid_client':
    case 'unauthorized_client':
    case 'invalid_scope':
    case 'invalid_resource':
      return new DirectoryError({ code: 'denied' }, `the sign-in refuses this hub: ${codesOf(error)}`);
    default:
      return new DirectoryError({ code: 'unavailable' }, `the sign-in failed: ${codesOf(error)}`);
  }
}

const codesOf = (error: AuthError): string => [error.errorCode, error.subError].filter(Boolean).join(' ');
