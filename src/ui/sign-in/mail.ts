/** The domain of an e-mail address, lower case; null when it is none. No more is read from it than that. */
export function domainOf(mail: string): string | null {
  const match = /^[^\s@]+@([^\s@.]+(?:\.[^\s@.]+)+)$/.exec(mail.trim());
  return match?.[1]?.toLowerCase() ?? null;
}
