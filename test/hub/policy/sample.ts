import { parsePolicyFile } from '../../../src/hub/policy/policy-file.ts';
import type { PolicyFile } from '../../../src/hub/policy/schema.ts';

export const ABC_TID = 'abc00000-5e1f-4a00-9000-0000000abc00';
export const CONTOSO_TID = 'c0705010-5e1f-4a01-9000-00000c070501';
export const ELSEWHERE_TID = 'e15e0000-5e1f-4a01-9000-00000c070501';

export const OID = '00000000-0000-4000-8000-000000000001';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** New values by JSON path; undefined takes the value out. */
export type Changes = Readonly<Record<string, Json | undefined>>;

/** A good file that uses every part of the format, as plain JSON, with changes. */
export function fileWith(changes: Changes): Json {
  const file: Json = {
    version: 1,
    tenants: [abc(), contoso()],
    otherTenants: [{ tenantId: ELSEWHERE_TID, name: 'Elsewhere' }],
  };
  return Object.entries(changes).reduce<Json>((json, [path, value]) => put(json, partsOf(path), value), file);
}

/** @param path e.g. `tenants[0].barriers.policies[2].allow[1]` */
const partsOf = (path: string): readonly string[] =>
  [...path.matchAll(/\["(.+?)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, key]) => quoted ?? index ?? key ?? '');

/** A copy with another value at one place. */
function put(json: Json, [key, ...rest]: readonly string[], value: Json | undefined): Json {
  if (key === undefined || typeof json !== 'object' || json === null) throw new Error(`there is no ${key} to change`);
  const entries = new Map(Object.entries(json));
  if (rest.length > 0) entries.set(key, put(entries.get(key) ?? null, rest, value));
  else if (value === undefined) entries.delete(key);
  else entries.set(key, value);
  // From entries, a key such as __proto__ becomes a property like any other.
  return Array.isArray(json) ? [...entries.values()] : Object.fromEntries(entries);
}

export const MEETING = {
  meetingId: 'm1',
  title: 'Press 3',
  startOffsetMin: -5,
  durationMin: 60,
  organizer: 'ada@abc.com',
  invitees: ['ben@abc.com'],
};

const oid = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;

function abc(): Json {
  return {
    tenantId: ABC_TID,
    name: 'ABC',
    domains: ['abc.com', 'abc.example'],
    people: [
      { oid: oid(1), displayName: 'Ada', mail: 'ada@abc.com', jobTitle: 'Technician', groups: ['Red'] },
      { oid: oid(2), displayName: 'Ben', mail: 'ben@abc.com', groups: ['Blue'], hidden: true },
      {
        oid: oid(3),
        displayName: 'Cai',
        mail: 'cai@abc.example',
        kind: 'service',
        roles: ['RemoteAssist.User', 'RemoteAssist.Vendor'],
        externalAccess: { enabled: true, mode: 'block', domains: ['bad.com'], blockSubdomains: true },
      },
      { oid: oid(4), displayName: 'Dee', mail: 'dee@contoso1.com', kind: 'guest', homeTenantId: CONTOSO_TID },
      { oid: oid(5), displayName: 'Eve', mail: 'eve@else.com', kind: 'guest', homeTenantId: ELSEWHERE_TID },
    ],
    segments: [
      { name: 'Red', groups: ['Red'] },
      { name: 'Blue', groups: ['Blue'], people: ['cai@abc.example'] },
    ],
    barriers: {
      mode: 'single',
      legacyBarriers: true,
      policies: [
        { name: 'red', segment: 'Red', state: 'active', allow: ['Red', 'Blue'] },
        { name: 'blue', segment: 'Blue', state: 'active', block: ['Red'] },
        { name: 'red, later', segment: 'Red', state: 'inactive', allow: [] },
      ],
    },
    externalAccess: { enabled: true, mode: 'allow', domains: ['contoso1.com'] },
    teams: [{ name: 'Press', members: ['ada@abc.com', 'dee@contoso1.com'] }],
    guestAccess: { enabled: true, reach: 'tenant' },
    auditRetentionDays: 30,
    demo: {
      spaClientId: oid(8),
      apiClientId: oid(9),
      meetings: [MEETING],
      recentContacts: [{ of: 'ada@abc.com', with: 'ben@abc.com', minutesAgo: 3, outcome: 'answered' }],
    },
  };
}

function contoso(): Json {
  return {
    tenantId: CONTOSO_TID,
    name: 'Contoso1',
    domains: ['contoso1.com'],
    people: [{ oid: oid(1), displayName: 'Dee', mail: 'dee@contoso1.com' }],
  };
}

export function parsed(content: unknown): PolicyFile {
  const result = parsePolicyFile(content);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.file;
}
