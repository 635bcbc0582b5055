/**
 * After signing out the provider leads to the one registered address, which must know which page asked.
 * (For signing in, the sign-in library remembers the page itself.)
 */
const RETURN_KEY = 'sightline.sign-out-return';

export function rememberReturn(): void {
  try {
    sessionStorage.setItem(RETURN_KEY, location.pathname + location.search);
  } catch {
    // Without storage the way back ends at the first page.
  }
}

/** The path to go back to, once; `/` when none is known or it is not one of ours. */
export function takeReturn(): string {
  try {
    const path = sessionStorage.getItem(RETURN_KEY);
    sessionStorage.removeItem(RETURN_KEY);
    return path !== null && /^\/(?![/\\])/.test(path) ? path : '/';
  } catch {
    return '/';
  }
}
