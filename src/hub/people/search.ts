import { accept, type Result } from '../../domain/call/refusal.ts';
import type { Directory, DirectoryPerson } from '../directory/directory.ts';
import { domainOfMail, toMail } from '../policy/address.ts';
import type { Reach } from '../reach/reach.ts';
import { askerOf, type Peer } from './peer.ts';

export interface SearchOptions {
  readonly directory: Directory;
  readonly reach: Reach;
}

const SEARCH_RESULTS = 25;

/**
 * People of the asker's own tenant by parts of their names and addresses; of another tenant by a full mail address alone,
 * which is looked up in that tenant. Refuses with `external-off` what the two domains rule out, whoever may be there.
 * Who may not be found goes the same way as who does not exist.
 */
export async function searchPeople(
  { directory, reach }: SearchOptions,
  peer: Peer,
  query: string,
): Promise<Result<readonly DirectoryPerson[]>> {
  const mayFind = await reach.finder(peer);
  const keep = (person: DirectoryPerson): boolean => person.key !== peer.person && mayFind(person.account);
  const own = await directory.search(askerOf(peer), query, SEARCH_RESULTS, keep);
  const mail = toMail(query);
  if (mail === null) return accept(own);
  const domain = domainOfMail(mail);
  const tenant = reach.world().tenantOfDomain(domain);
  if (tenant?.tid === peer.account.tid) return accept(own);
  const home = tenant === undefined ? null : await directory.byMail(askerOf(peer), tenant.tid, mail);
  const found = await reach.askAddress(peer, domain, home);
  if (found.ok) return accept([found.value]);
  // The address may be that of a guest here.
  return own.length > 0 || found.refusal.code === 'not-found' ? accept(own) : found;
}
