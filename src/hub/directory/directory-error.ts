import type { Refusal } from '../../domain/call/refusal.ts';

/** Why a directory elsewhere did not answer. */
export type DirectoryFailure =
  /** The person has to sign in once more, with these claims (JSON text) where the directory names some. */
  | { readonly code: 'sign-in-more'; readonly claims: string | null }
  /** It asks for less: not before so many ms. */
  | { readonly code: 'throttled'; readonly retryAfterMs: number }
  /** It does not answer, not in time or not as documented. */
  | { readonly code: 'unavailable' }
  /** It does not let this person, or this hub, do this: mostly a consent that nobody gave. */
  | { readonly code: 'denied' };

export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly failure: DirectoryFailure;

  /** @param message for the log: holds no tokens, names or addresses */
  constructor(failure: DirectoryFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** What a page is told: how it can go on. null for faults of another kind. */
export function refusalOfDirectory(error: unknown): Refusal | null {
  if (!(error instanceof DirectoryError)) return null;
  const { failure } = error;
  switch (failure.code) {
    case 'sign-in-more':
      return failure.claims === null ? { code: 'sign-in-more' } : { code: 'sign-in-more', claims: failure.claims };
    case 'throttled':
    case 'unavailable':
    case 'denied':
      return { code: 'directory-unavailable', detail: failure.code };
  }
}
