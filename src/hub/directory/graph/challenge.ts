/**
 * The claims that a `WWW-Authenticate: Bearer …` header asks for, as JSON text; null when it asks for none.
 * Source: "Claims challenges, claims requests and client capabilities", Microsoft identity platform.
 */
export function challengeOf(header: string | null): string | null {
  if (header === null || !/^\s*Bearer\b/i.test(header)) return null;
  const encoded = /\bclaims="([^"]*)"/i.exec(header)?.[1];
  if (encoded === undefined || !/\berror="insufficient_claims"/i.test(header)) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return isJsonObject(text) ? text : null;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
