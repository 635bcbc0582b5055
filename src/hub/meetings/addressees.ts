import type { Invitee, Meeting } from '../../domain/meeting/model.ts';
import type { Directory } from '../directory/directory.ts';
import { askerOf, type Peer } from '../people/peer.ts';
import type { Reach } from '../reach/reach.ts';

/** Somebody with an address. */
export interface Addressee {
  readonly name: string;
  readonly mail: string;
}

interface AddressOptions {
  readonly directory: Pick<Directory, 'person'>;
  readonly reach: Pick<Reach, 'sift'>;
}

/** The addresses of those whom the one who asks may know. */
export async function addresseesOf(
  { directory, reach }: AddressOptions,
  peer: Peer,
  invitees: readonly Invitee[],
): Promise<readonly Addressee[]> {
  const mayFind = await reach.sift('find', peer);
  const found = invitees.map(async (invitee): Promise<readonly Addressee[]> => {
    if (invitee.kind === 'mail') return [{ name: '', mail: invitee.mail }];
    const person = await directory.person(invitee.person, askerOf(peer));
    const verdict = mayFind(person?.account ?? null);
    return person !== null && (invitee.person === peer.person || verdict.allowed)
      ? [{ name: person.name, mail: person.account.mail }]
      : [];
  });
  return (await Promise.all(found)).flat();
}

/** Everybody who is to come but for the organizer, whatever their part; each once. */
export function expectedIn({ organizer, coOrganizers, presenters, invitees }: Meeting): readonly Invitee[] {
  const named = new Map<string, Invitee>();
  for (const person of [...coOrganizers, ...presenters]) named.set(person, { kind: 'account', person });
  for (const invitee of invitees) named.set(invitee.kind === 'account' ? invitee.person : invitee.mail, invitee);
  named.delete(organizer);
  return [...named.values()];
}
