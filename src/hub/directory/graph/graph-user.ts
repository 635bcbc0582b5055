import type { User } from '@microsoft/microsoft-graph-types';
import * as v from 'valibot';
import { toMail } from '../../policy/address.ts';
import { plainAccount } from '../directory.ts';
import type { DirectoryPerson } from '../person.ts';

/** What is asked of each user. With User.ReadBasic.All alone the last three come back empty. */
const USER_FIELDS = [
  'id',
  'displayName',
  'mail',
  'userPrincipalName',
  'jobTitle',
  'userType',
  'accountEnabled',
] as const satisfies readonly (keyof User)[];
export const USER_SELECT = USER_FIELDS.join(',');

type UserField = (typeof USER_FIELDS)[number];

/** As Graph documents it; what it leaves out is null. */
export type GraphUser = {
  readonly [Field in UserField]: Field extends 'id' ? string : NonNullable<User[Field]> | null;
};

const text = v.nullish(v.string(), null);
export const userSchema: v.GenericSchema<unknown, GraphUser> = v.object({
  id: v.pipe(v.string(), v.toLowerCase(), v.uuid()),
  displayName: text,
  mail: text,
  userPrincipalName: text,
  jobTitle: text,
  userType: text,
  accountEnabled: v.nullish(v.boolean(), null),
});

export interface GraphTenant {
  readonly tid: string;
  readonly name: string;
  /** Which tenant of this hub owns a domain; undefined for others. */
  readonly ownerOf: (domain: string) => { readonly tid: string; readonly name: string } | undefined;
}

/** The mark that Entra puts into the principal name of a guest: `ann_contoso.com#EXT#@abc.onmicrosoft.com`. */
const GUEST_MARK = /#ext#@/i;

/** null for those who cannot sign in, and for those without any name. */
export function toPerson(
  user: GraphUser,
  groups: readonly string[] | null,
  tenant: GraphTenant,
): DirectoryPerson | null {
  const { id, displayName, userPrincipalName: upn } = user;
  const isGuest = user.userType?.toLowerCase() === 'guest' || GUEST_MARK.test(upn ?? '');
  const mail = toMail(user.mail ?? '') ?? (isGuest ? '' : (toMail(upn ?? '') ?? ''));
  const name = displayName ?? mail;
  if (user.accountEnabled === false || name === '') return null;
  const home = isGuest ? tenant.ownerOf(mail.slice(mail.lastIndexOf('@') + 1)) : undefined;
  const key = `${tenant.tid}:${id}`;
  const plain = plainAccount({ key, tid: tenant.tid, kind: isGuest ? 'guest' : 'internal', mail });
  return {
    key,
    name,
    mail,
    jobTitle: user.jobTitle ?? '',
    company: isGuest ? (home?.name ?? '') : tenant.name,
    account: { ...plain, homeTid: home?.tid ?? null, groups: groups === null ? null : [...groups].sort() },
  };
}
