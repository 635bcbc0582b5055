import { domainOfMail, toAsciiDomain, toMail } from './address.ts';
import type { PolicyPerson, ResolvedPolicy } from './resolve.ts';

export type Picked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

const refusePick = (reason: string): Picked<never> => ({ ok: false, reason });

/** @param name a tenant's name, one of its domains, or its GUID */
export function pickTenant({ policies }: ResolvedPolicy, name: string): Picked<string> {
  const folded = name.trim().toLowerCase();
  const domain = toAsciiDomain(name);
  const tenant = policies.find(
    ({ tid, name: own, domains }) =>
      tid === folded || own.toLowerCase() === folded || (domain !== null && domains.includes(domain)),
  );
  return tenant === undefined ? refusePick(`no tenant ${name} in the file`) : { ok: true, value: tenant.tid };
}

/**
 * Which account an address means: one human may have several, at home and as a guest.
 * Inside of a named tenant the account there counts, if there is one; else the one at home; else the only one there is.
 * @param insideTid the tenant in which something happens, or null
 */
export function pickAccount(
  { people, policies }: ResolvedPolicy,
  address: string,
  insideTid: string | null,
): Picked<PolicyPerson> {
  const mail = toMail(address);
  if (mail === null) return refusePick(`${address} is no e-mail address`);
  const accounts = people.filter((person) => person.mail === mail);
  const inside = accounts.find(({ account }) => account.tid === insideTid);
  const picked =
    inside ?? accounts.find(({ kind }) => kind !== 'guest') ?? (accounts.length === 1 ? accounts[0] : null);
  if (picked) return { ok: true, value: picked };
  if (accounts.length === 0) return refusePick(`nobody in the file has the address ${mail}`);
  const names = accounts.map(({ account }) => policies.find(({ tid }) => tid === account.tid)?.name ?? account.tid);
  return refusePick(
    `${domainOfMail(mail)} is no tenant in the file, and ${mail} is a guest in ${names.join(' and ')}: add --in`,
  );
}
