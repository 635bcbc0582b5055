import { domainToASCII } from 'node:url';

/** Characters that a URL's host part would read as something else than a name. */
const NOT_IN_A_DOMAIN = /[\s%/\\@:?#[\]*]/u;
/** Two labels or more; the last one is never a number, so that no IP address is a domain. */
const ASCII_DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const MAX_DOMAIN_LENGTH = 253;
const MAX_LOCAL_LENGTH = 64;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be in an address
const NOT_IN_A_LOCAL_PART = /[\s\u0000-\u001f\u007f"(),:;<>@[\\\]]/u;

/**
 * The one form in which domains are compared: lower-case ASCII (UTS 46, as browsers do it), without the trailing dot.
 * @returns null for what is no domain
 */
export function toAsciiDomain(text: string): string | null {
  const name = text.trim().replace(/\.$/, '');
  if (NOT_IN_A_DOMAIN.test(name)) return null;
  const ascii = domainToASCII(name);
  return ascii.length <= MAX_DOMAIN_LENGTH && ASCII_DOMAIN.test(ascii) ? ascii : null;
}

/** An e-mail address in lower case, its domain as `toAsciiDomain` writes it; null for what is none. */
export function toMail(text: string): string | null {
  const address = text.trim().normalize('NFC').toLowerCase();
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  if (local === '' || local.length > MAX_LOCAL_LENGTH || NOT_IN_A_LOCAL_PART.test(local)) return null;
  const domain = toAsciiDomain(address.slice(at + 1));
  return domain === null ? null : `${local}@${domain}`;
}

/** @param mail as `toMail` gives it */
export const domainOfMail = (mail: string): string => mail.slice(mail.lastIndexOf('@') + 1);
