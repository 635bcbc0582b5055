import { type Asker, plainAccount } from '../../../src/hub/directory/directory.ts';
import type { ListedPerson } from '../../../src/hub/directory/person.ts';
import type { Tenant } from '../../../src/hub/identity/tenants.ts';

/** The people that the contract of directories is about. */
export const ABC = 'abc00000-5e1f-4a00-9000-0000000abc00';
export const CONTOSO = 'c0a70501-5e1f-4a00-9000-0000000c0501';

const tenant = (tenantId: string, name: string, domain: string): Tenant => ({
  tenantId,
  name,
  domains: [domain],
  authority: `https://login.microsoftonline.com/${tenantId}`,
  spaClientId: 'abc00000-5e1f-4c00-9000-000000000001',
  apiClientId: 'abc00000-5e1f-4c00-9000-000000000002',
});
export const TENANTS = [tenant(ABC, 'ABC', 'abc.com'), tenant(CONTOSO, 'Contoso1', 'contoso1.com')];

export const oidOf = (n: number): string => `${String(n).padStart(8, '0')}-5e1f-4b00-9000-000000000000`;

function somebody(tid: string, n: number, name: string, mail: string): ListedPerson {
  const key = `${tid}:${oidOf(n)}`;
  const company = tid === ABC ? 'ABC' : 'Contoso1';
  const account = plainAccount({ key, tid, kind: 'internal', mail });
  return { key, name, mail, jobTitle: 'Technician', company, account, roles: [], usually: null };
}

export const ZOE = somebody(ABC, 1, 'Zoë Żak', 'zoe.zak@abc.com');
export const ANN_ZOE = somebody(ABC, 2, 'Ann Zoë', 'ann.zoe@abc.com');
export const ANN_LEE = somebody(ABC, 3, 'Ann Lee', 'ann.lee@abc.com');
export const JOANN = somebody(ABC, 4, 'Joann Lee', 'joann.lee@abc.com');
export const OLGA = somebody(CONTOSO, 6, 'Olga Other', 'olga@contoso1.com');
export const GIL_AT_HOME = somebody(CONTOSO, 7, 'Gil Guest', 'gil@contoso1.com');
const gil = somebody(ABC, 5, 'Gil Guest', 'gil@contoso1.com');
export const GIL: ListedPerson = {
  ...gil,
  company: 'Contoso1',
  account: { ...gil.account, kind: 'guest', homeTid: CONTOSO },
};
/** More than fit on a page, or are wanted. */
export const MANY = Array.from({ length: 130 }, (_, at) => {
  const n = String(at).padStart(3, '0');
  return somebody(ABC, 1_000 + at, `Many ${n}`, `many${n}@abc.com`);
});
export const PUMPS = 'Pumps';
export const IN_PUMPS = ANN_LEE.key;

const withGroups = (person: ListedPerson): ListedPerson => ({
  ...person,
  account: { ...person.account, groups: person.key === IN_PUMPS ? [PUMPS] : [] },
});
export const OF_ABC = [ZOE, ANN_ZOE, ANN_LEE, JOANN, GIL, ...MANY].map(withGroups);
export const OF_CONTOSO = [OLGA, GIL_AT_HOME];

export const asks = (person: ListedPerson, accessToken: string | null = null): Asker => ({
  person: person.key,
  tid: person.account.tid,
  accessToken: () => accessToken,
});
