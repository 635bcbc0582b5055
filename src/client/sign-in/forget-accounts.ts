/** What the sign-in library names its entries by (`CacheKeys` of @azure/msal-browser 5). */
const LIBRARY_PREFIX = 'msal.';

/**
 * Forgets every account of this tab: signing out at one company must not leave somebody signed in at those that the tab
 * was switched to before. The library itself knows only the tokens of one client id.
 */
export function forgetAllAccounts(storage: Pick<Storage, 'length' | 'key' | 'removeItem'> = sessionStorage): void {
  try {
    const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at));
    for (const key of keys) if (key?.startsWith(LIBRARY_PREFIX)) storage.removeItem(key);
  } catch {
    // Where the browser refuses storage, nothing was kept.
  }
}
