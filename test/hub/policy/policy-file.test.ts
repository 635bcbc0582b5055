import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseJsonText, parseJsonTextInParts } from '../../../src/hub/policy/json-text.ts';
import { parsePolicyFile, parsePolicyText, serialisePolicyFile } from '../../../src/hub/policy/policy-file.ts';
import { lineOf } from '../../../src/hub/policy/problem.ts';
import { ABC_TID, type Changes, CONTOSO_TID, fileWith, MEETING, OID, parsed } from './sample.ts';

/** All problems of the good file with these values in it. */
function problemsOf(changes: Changes): readonly string[] {
  const result = parsePolicyFile(fileWith(changes));
  return result.ok ? [] : result.problems.map(lineOf);
}

type Case = readonly [title: string, changes: Changes, problem: string];

const SHAPE: readonly Case[] = [
  ['no version', { version: undefined }, 'version: is missing'],
  ['a later version', { version: 2 }, 'version: 2 is newer than 1, the one known here'],
  ['an earlier version', { version: 0 }, 'version: 0 is older than 1, the one known here'],
  ['a version in words', { version: 'one' }, 'version: must be 1'],
  ['no tenants', { tenants: [] }, 'tenants: must list a tenant'],
  ['tenants that are no list', { tenants: {} }, 'tenants: must be a list'],
  ['an unknown field', { 'tenants[0].policy': {} }, 'tenants[0].policy: is not a known field'],
  ['an odd field', { 'tenants[0]["so what"]': 1 }, 'tenants[0]["so what"]: is not a known field'],
  ['a person who is no object', { 'tenants[0].people[1]': 'ben' }, 'tenants[0].people[1]: must be an object'],
  ['a person without an oid', { 'tenants[0].people[0].oid': undefined }, 'tenants[0].people[0].oid: is missing'],
  [
    'an oid that is no GUID',
    { 'tenants[0].people[0].oid': '7' },
    'tenants[0].people[0].oid: must be a GUID such as 3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10',
  ],
  ['an empty name', { 'tenants[0].name': ' ' }, 'tenants[0].name: must not be empty'],
  ['an endless name', { 'tenants[0].name': 'x'.repeat(257) }, 'tenants[0].name: must have at most 256 characters'],
  ['a number for a mail', { 'tenants[0].people[0].mail': 7 }, 'tenants[0].people[0].mail: must be an e-mail address'],
  ['half a mail', { 'tenants[0].people[0].mail': 'ada@' }, 'tenants[0].people[0].mail: must be an e-mail address'],
  ['no domain', { 'tenants[0].domains': [] }, 'tenants[0].domains: must name a domain'],
  ['an IP address', { 'tenants[0].domains[1]': '10.0.0.1' }, 'tenants[0].domains[1]: must be a domain such as abc.com'],
  ['a wildcard', { 'tenants[0].domains[1]': '*.abc.com' }, 'tenants[0].domains[1]: must be a domain such as abc.com'],
  ['a URL', { 'tenants[0].domains[1]': 'https://abc.com' }, 'tenants[0].domains[1]: must be a domain such as abc.com'],
  [
    'an escaped domain',
    { 'tenants[0].domains[1]': 'abc%2ecom' },
    'tenants[0].domains[1]: must be a domain such as abc.com',
  ],
  [
    'an unknown role',
    { 'tenants[0].people[2].roles[0]': 'Boss' },
    'tenants[0].people[2].roles[0]: must be one of: RemoteAssist.User, Teams.User, RemoteAssist.Vendor, RemoteAssist.Admin',
  ],
  [
    'an unknown kind',
    { 'tenants[0].people[0].kind': 'robot' },
    'tenants[0].people[0].kind: must be one of: internal, service, guest',
  ],
  ['hidden in words', { 'tenants[0].people[0].hidden': 'yes' }, 'tenants[0].people[0].hidden: must be true or false'],
  [
    'a policy without a state',
    { 'tenants[0].barriers.policies[0].state': undefined },
    'tenants[0].barriers.policies[0].state: is missing',
  ],
  [
    'an unknown state',
    { 'tenants[0].barriers.policies[0].state': 'on' },
    'tenants[0].barriers.policies[0].state: must be one of: active, inactive',
  ],
  [
    'an unknown mode',
    { 'tenants[0].barriers.mode': 'both' },
    'tenants[0].barriers.mode: must be one of: single, multi',
  ],
  [
    'an unknown mode of external access',
    { 'tenants[0].externalAccess.mode': 'closed' },
    'tenants[0].externalAccess.mode: must be one of: open, allow, block, none',
  ],
  [
    'a blocked domain that is none',
    { 'tenants[0].people[2].externalAccess.domains[0]': 'x' },
    'tenants[0].people[2].externalAccess.domains[0]: must be a domain such as abc.com',
  ],
  [
    'an unknown reach of guests',
    { 'tenants[0].guestAccess.reach': 'all' },
    'tenants[0].guestAccess.reach: must be one of: teams, tenant',
  ],
  ['no retention', { 'tenants[0].auditRetentionDays': 0 }, 'tenants[0].auditRetentionDays: must be a day at least'],
  [
    'endless retention',
    { 'tenants[0].auditRetentionDays': 1e6 },
    'tenants[0].auditRetentionDays: must be 3650 days at most',
  ],
  [
    'an outcome of a call that is none',
    { 'tenants[0].demo.recentContacts[0].outcome': 'lost' },
    'tenants[0].demo.recentContacts[0].outcome: must be one of: answered, missed, outgoing',
  ],
  ['a prototype', { 'tenants[0].__proto__': {} }, 'tenants[0].__proto__: is not a known field'],
];

const REFERENCES: readonly Case[] = [
  ['a tenant twice', { 'tenants[0].tenantId': CONTOSO_TID }, `tenants[1].tenantId: ${CONTOSO_TID} stands twice`],
  ['a name of a tenant twice', { 'tenants[0].name': 'CONTOSO1' }, 'tenants[1].name: contoso1 stands twice'],
  [
    'a domain of two tenants, spelled in two ways',
    { 'tenants[1].domains[1]': 'ABC.com.' },
    'tenants[1].domains[1]: abc.com stands twice',
  ],
  [
    'a tenant that is another one as well',
    { 'otherTenants[0].tenantId': ABC_TID },
    `otherTenants[0].tenantId: ${ABC_TID} is in tenants already`,
  ],
  [
    'an oid twice',
    { 'tenants[0].people[1].oid': OID },
    'tenants[0].people[1].oid: 00000000-0000-4000-8000-000000000001 stands twice',
  ],
  [
    'an address twice',
    { 'tenants[0].people[1].mail': 'ADA@abc.com' },
    'tenants[0].people[1].mail: ada@abc.com stands twice',
  ],
  [
    'a guest with an address of this tenant',
    { 'tenants[0].people[0].kind': 'guest' },
    'tenants[0].people[0].mail: ada@abc.com is an address of this tenant, but a guest',
  ],
  [
    'a colleague with a foreign address',
    { 'tenants[0].people[2].mail': 'cai@x.com' },
    'tenants[0].people[2].mail: cai@x.com is no address of this tenant; only a guest may have that',
  ],
  [
    'a colleague with a home elsewhere',
    { 'tenants[0].people[0].homeTenantId': CONTOSO_TID },
    'tenants[0].people[0].homeTenantId: is for guests alone',
  ],
  [
    'a guest whose address belongs to a tenant that is not named',
    { 'tenants[0].people[3].homeTenantId': undefined },
    `tenants[0].people[3].homeTenantId: must be ${CONTOSO_TID}: dee@contoso1.com is an address of Contoso1`,
  ],
  [
    'a guest at home here',
    { 'tenants[0].people[3].homeTenantId': ABC_TID },
    'tenants[0].people[3].homeTenantId: is this tenant itself',
  ],
  [
    'a home that nobody knows',
    { otherTenants: [] },
    'tenants[0].people[4].homeTenantId: e15e0000-5e1f-4a01-9000-00000c070501 is neither in tenants nor in otherTenants',
  ],
  [
    'a guest whom the home does not know',
    { 'tenants[0].people[3].mail': 'dan@contoso1.com' },
    'tenants[0].people[3].homeTenantId: dan@contoso1.com is not among the people of that tenant',
  ],
  [
    'a service account without its role',
    { 'tenants[0].people[2].roles': ['RemoteAssist.User'] },
    'tenants[0].people[2].roles: must name RemoteAssist.Vendor for a service account, and for nobody else',
  ],
  [
    'a vendor who is no service account',
    { 'tenants[0].people[0].roles': ['RemoteAssist.Vendor'] },
    'tenants[0].people[0].roles: must name RemoteAssist.Vendor for a service account, and for nobody else',
  ],
  ['a segment twice', { 'tenants[0].segments[1].name': 'Red' }, 'tenants[0].segments[1].name: Red stands twice'],
  [
    'a member of a segment whom nobody knows',
    { 'tenants[0].segments[1].people[0]': 'x@abc.com' },
    'tenants[0].segments[1].people[0]: x@abc.com is not among the people of this tenant',
  ],
  [
    'a person in two segments in single mode',
    { 'tenants[0].people[0].groups[1]': 'Blue' },
    'tenants[0].people[0]: is in 2 segments (Red, Blue); with the mode single at most 1',
  ],
  [
    'a person in eleven segments in multi mode',
    {
      'tenants[0].barriers': { mode: 'multi' },
      'tenants[0].segments': Array.from({ length: 11 }, (_, n) => ({ name: `S${n}`, groups: ['Red'] })),
    },
    'tenants[0].people[0]: is in 11 segments (S0, S1, S2, S3, S4, S5, S6, S7, S8, S9, S10); with the mode multi at most 10',
  ],
  [
    'a policy twice',
    { 'tenants[0].barriers.policies[1].name': 'red' },
    'tenants[0].barriers.policies[1].name: red stands twice',
  ],
  [
    'two active policies on one segment',
    { 'tenants[0].barriers.policies[2].state': 'active' },
    'tenants[0].barriers.policies[2].segment: Red stands twice: a segment has one active policy at most',
  ],
  [
    'a policy on a segment that is not there',
    { 'tenants[0].barriers.policies[0].segment': 'Green' },
    'tenants[0].barriers.policies[0].segment: there is no segment Green',
  ],
  [
    'an allowed segment that is not there',
    { 'tenants[0].barriers.policies[0].allow[2]': 'Green' },
    'tenants[0].barriers.policies[0].allow[2]: there is no segment Green',
  ],
  [
    'a blocked segment that is not there',
    { 'tenants[0].barriers.policies[1].block[1]': 'Green' },
    'tenants[0].barriers.policies[1].block[1]: there is no segment Green',
  ],
  [
    'a policy that allows and blocks',
    { 'tenants[0].barriers.policies[0].block': [] },
    'tenants[0].barriers.policies[0]: must have either allow or block',
  ],
  [
    'a policy that does neither',
    { 'tenants[0].barriers.policies[1].block': undefined },
    'tenants[0].barriers.policies[1]: must have either allow or block',
  ],
  [
    'a block policy in multi mode',
    { 'tenants[0].barriers.mode': 'multi' },
    'tenants[0].barriers.policies[1].block: can only be allow with the mode multi',
  ],
  [
    'a list of domains that nothing reads',
    { 'tenants[0].externalAccess.mode': 'open' },
    'tenants[0].externalAccess.domains: means nothing with the mode open',
  ],
  [
    'subdomains of an allow list',
    { 'tenants[0].externalAccess.blockSubdomains': true },
    'tenants[0].externalAccess.blockSubdomains: means nothing with the mode allow',
  ],
  [
    'a personal list of domains that nothing reads',
    { 'tenants[0].people[2].externalAccess': { mode: 'default', domains: ['x.com'] } },
    'tenants[0].people[2].externalAccess.domains: means nothing with the mode default',
  ],
  ['a team twice', { 'tenants[0].teams[1]': { name: 'Press' } }, 'tenants[0].teams[1].name: Press stands twice'],
  [
    'a member of a team whom nobody knows',
    { 'tenants[0].teams[0].members[2]': 'x@abc.com' },
    'tenants[0].teams[0].members[2]: x@abc.com is not among the people of this tenant',
  ],
  [
    'a meeting twice',
    { 'tenants[0].demo.meetings[1]': MEETING },
    'tenants[0].demo.meetings[1].meetingId: m1 stands twice',
  ],
  [
    'an organizer whom nobody knows',
    { 'tenants[0].demo.meetings[0].organizer': 'x@abc.com' },
    'tenants[0].demo.meetings[0].organizer: x@abc.com is not among the people of this tenant',
  ],
  [
    'a recent contact whom nobody knows',
    { 'tenants[0].demo.recentContacts[0].with': 'x@abc.com' },
    'tenants[0].demo.recentContacts[0].with: x@abc.com is not among the people of this tenant',
  ],
];

describe('a bad policy file is refused whole, with the path of the bad value:', () => {
  test('the good file, which all others are made from, is taken', () => {
    expect(problemsOf({})).toEqual([]);
  });

  test.each(SHAPE)('%s', (_, changes, problem) => {
    expect(problemsOf(changes)).toEqual([problem]);
  });

  test.each(REFERENCES)('%s', (_, changes, problem) => {
    expect(problemsOf(changes)).toContain(problem);
  });

  test('every problem is named, not only the first', () => {
    const problems = problemsOf({
      'tenants[0].teams[0].members[0]': 'x@abc.com',
      'tenants[0].barriers.policies[0].allow[1]': 'Green',
    });
    expect(problems).toEqual([
      'tenants[0].barriers.policies[0].allow[1]: there is no segment Green',
      'tenants[0].teams[0].members[0]: x@abc.com is not among the people of this tenant',
    ]);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['text', '{}'],
  ])('%s instead of a file', (_, content) => {
    const result = parsePolicyFile(content);
    expect(result.ok ? [] : result.problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining([expect.any(String)]),
    );
  });
});

describe('the text of a policy file', () => {
  const linesOf = (text: string): readonly string[] => {
    const result = parsePolicyText(text);
    return result.ok ? [] : result.problems.map(lineOf);
  };

  test('may have comments, and quotation marks and slashes inside of strings', () => {
    const file = fileWith({ 'tenants[0].name': 'A // B /* C */ \\ "D"' });
    const text = `\uFEFF// first\n${JSON.stringify(file, null, 1).replaceAll('"people"', '/* who,\n where */ "people"')} // last`;
    expect(text).toContain('/* who');
    expect(parsePolicyText(text)).toEqual({ ok: true, file: parsed(file) });
  });

  test('that is no JSON is refused with where it ends to be', () => {
    expect(linesOf('{"version": 1,}')).toEqual([expect.stringMatching(/^\$: is no JSON: .*position 14/)]);
    expect(linesOf('')).toEqual([expect.stringMatching(/^\$: is no JSON: /)]);
    expect(linesOf('{"version": 1 /* }')).toEqual([expect.stringMatching(/^\$: is no JSON: /)]);
    expect(linesOf('{"version": 1} /*')).toEqual([expect.stringMatching(/^\$: is no JSON: /)]);
    expect(linesOf('{"version": 1} /*/')).toEqual([expect.stringMatching(/^\$: is no JSON: /)]);
  });

  test('that never closes what it opens is read once, not again and again', () => {
    for (const open of ['/*', '"\\"', '{"a":', '\\"/*']) {
      expect(linesOf(open.repeat(300_000))).toEqual([expect.stringMatching(/^\$: is no JSON: /)]);
    }
  });

  test('in which a key stands twice in one object is refused: JSON would forget the first value', () => {
    const text = JSON.stringify(fileWith({})).replace('"legacyBarriers":true', '"mode":"multi","legacyBarriers":true');
    expect(linesOf(text)).toEqual(['tenants[0].barriers.mode: stands twice in one object']);
    expect(linesOf('{"a": [1, {"b": [], "b": 2}], "\\u0061": 3}')).toEqual([
      'a[1].b: stands twice in one object',
      'a: stands twice in one object',
    ]);
  });
});

describe('addresses have one spelling in the parsed file', () => {
  test.each([
    ['ABC.com', 'abc.com'],
    ['abc.com.', 'abc.com'],
    ['Bücher.example', 'xn--bcher-kva.example'],
    ['ａｂｃ.com', 'abc.com'],
    ['abc。com', 'abc.com'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ])('the domain %s is %s', (written, spelled) => {
    const file = fileWith({ 'tenants[0].externalAccess.domains': [written] });
    expect(parsed(file).tenants[0]?.externalAccess.domains).toEqual([spelled]);
  });

  test('a mail is found by any spelling of it', () => {
    const file = fileWith({
      'tenants[0].domains[2]': 'Bücher.example',
      'tenants[0].people[0].mail': 'Ada@bücher.example',
      'tenants[0].teams[0].members[0]': 'ADA@xn--bcher-kva.example.',
      'tenants[0].demo': undefined,
    });
    expect(parsed(file).tenants[0]?.teams[0]?.members[0]).toBe('ada@xn--bcher-kva.example');
  });
});

describe('a policy file that was written again', () => {
  const files = [
    'assets/demo/companies.json',
    ...readdirSync('assets/demo/policies').map((name) => `assets/demo/policies/${name}`),
  ];

  test.each(files)('says the same: %s', (path) => {
    const file = parsed(JSON.parse(readFileSync(path, 'utf8')));
    expect(parsePolicyText(serialisePolicyFile(file))).toEqual({ ok: true, file });
  });

  test('says the same where every part of the format is used', () => {
    const file = parsed(fileWith({}));
    expect(parsePolicyText(serialisePolicyFile(file))).toEqual({ ok: true, file });
  });
});

test('a file with more of something than the hub takes is refused, with the place', () => {
  const segments = Array.from({ length: 501 }, (_, at) => ({ name: `Segment ${at}` }));
  const tenantId = 'abc00000-5e1f-4a00-9000-0000000abc00';
  const file = { version: 1, tenants: [{ tenantId, name: 'ABC', domains: ['abc.com'], segments }] };
  expect(parsePolicyFile(file)).toEqual({
    ok: false,
    problems: [{ path: 'tenants[0].segments', message: 'must have at most 500 entries' }],
  });
  expect(parsePolicyFile({ ...file, tenants: [{ ...file.tenants[0], segments: segments.slice(1) }] }).ok).toBe(true);
});

test('object ids of groups are taken in lower case, names as they are', () => {
  const segment = { name: 'Pumps', groups: ['9A0B5000-5E1F-4D00-9000-00000000000A', 'Pumps EU'] };
  const tenantId = 'abc00000-5e1f-4a00-9000-0000000abc00';
  const file = { version: 1, tenants: [{ tenantId, name: 'ABC', domains: ['abc.com'], segments: [segment] }] };
  const result = parsePolicyFile(file);
  expect(result.ok && result.file.tenants[0]?.segments[0]?.groups).toEqual([
    '9a0b5000-5e1f-4d00-9000-00000000000a',
    'Pumps EU',
  ]);
});

test('a large file is read in parts, as it is read at once', async () => {
  const people = Array.from({ length: 30_000 }, (_, at) => `{"oid":"${at}","a":1,"a":2}`).join(',');
  let turns = 0;
  const inParts = await parseJsonTextInParts(`[${people}]`, async () => {
    turns += 1;
  });
  expect(turns).toBeGreaterThan(5);
  expect(inParts).toEqual(parseJsonText(`[${people}]`));
  expect(inParts.ok ? 0 : inParts.problems.length).toBe(30_000);
});
