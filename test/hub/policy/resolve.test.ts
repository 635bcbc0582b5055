import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describePolicy } from '../../../src/hub/policy/describe.ts';
import { parsePolicyText, serialisePolicyFile } from '../../../src/hub/policy/policy-file.ts';
import { resolvePolicy } from '../../../src/hub/policy/resolve.ts';
import { ABC_TID, CONTOSO_TID, fileWith, OID, parsed } from './sample.ts';

const key = (n: number, tid = ABC_TID): string => `${tid}:${OID.slice(0, -1)}${n}`;

describe('a policy file as the rules see it', () => {
  const { policies, people } = resolvePolicy(parsed(fileWith({})));

  test('has the keys of people instead of their addresses', () => {
    expect(policies[0]).toEqual({
      tid: ABC_TID,
      name: 'ABC',
      domains: ['abc.com', 'abc.example'],
      segments: [
        { name: 'Red', groups: ['Red'], people: [] },
        { name: 'Blue', groups: ['Blue'], people: [key(3)] },
      ],
      barriers: {
        mode: 'single',
        legacy: true,
        policies: [
          { name: 'red', segment: 'Red', active: true, rule: 'allow', targets: ['Red', 'Blue'] },
          { name: 'blue', segment: 'Blue', active: true, rule: 'block', targets: ['Red'] },
          { name: 'red, later', segment: 'Red', active: false, rule: 'allow', targets: [] },
        ],
      },
      external: { enabled: true, mode: { kind: 'allow', domains: ['contoso1.com'] } },
      guests: { enabled: true, reach: 'tenant' },
      teams: [{ name: 'Press', members: [key(1), key(4)] }],
      auditRetentionDays: 30,
    });
  });

  test('has defaults where the file says nothing', () => {
    expect(policies[1]).toEqual({
      tid: CONTOSO_TID,
      name: 'Contoso1',
      domains: ['contoso1.com'],
      segments: [],
      barriers: { mode: 'single', legacy: false, policies: [] },
      external: { enabled: true, mode: { kind: 'open' } },
      guests: { enabled: true, reach: 'teams' },
      teams: [],
      auditRetentionDays: 180,
    });
  });

  test('has an account for each person, and knows the home of a guest', () => {
    expect(people.map(({ account, homeKey }) => [account.key, account.kind, account.homeTid, homeKey])).toEqual([
      [key(1), 'internal', null, null],
      [key(2), 'internal', null, null],
      [key(3), 'service', null, null],
      [key(4), 'guest', CONTOSO_TID, key(1, CONTOSO_TID)],
      [key(5), 'guest', 'e15e0000-5e1f-4a01-9000-00000c070501', null],
      [key(1, CONTOSO_TID), 'internal', null, null],
    ]);
    expect(people[1]?.account).toEqual({
      key: key(2),
      tid: ABC_TID,
      kind: 'internal',
      mail: 'ben@abc.com',
      homeTid: null,
      groups: ['Blue'],
      hidden: true,
      external: { enabled: true, mode: { kind: 'default' } },
    });
    expect(people[2]?.account.external).toEqual({
      enabled: true,
      mode: { kind: 'block', domains: ['bad.com'], blockSubdomains: true },
    });
  });
});

describe('policies that are written as a file', () => {
  test.each([
    [
      'every part of the format',
      JSON.stringify(fileWith({ 'tenants[0].demo': undefined, 'otherTenants[0].name': undefined })),
    ],
    ['the demo’s companies', readFileSync('assets/demo/companies.json', 'utf8')],
  ])('are the same policies when the file is read again: %s', (_, text) => {
    const read = parsePolicyText(text);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const resolved = resolvePolicy(read.file);
    const again = parsePolicyText(serialisePolicyFile(describePolicy(resolved.policies, resolved.people)));
    if (!again.ok) throw new Error(JSON.stringify(again.problems));
    const { policies, people } = resolvePolicy(again.file);
    expect(policies).toEqual(resolved.policies);
    expect(people.map(({ account }) => account)).toEqual(resolved.people.map(({ account }) => account));
  });

  test('leave out the members who are nobody’s account any more', () => {
    const { policies, people } = resolvePolicy(parsed(fileWith({})));
    const without = people.filter(({ mail, account }) => mail !== 'ada@abc.com' || account.tid !== ABC_TID);
    expect(describePolicy(policies, without).tenants[0]?.teams).toEqual([
      { name: 'Press', members: ['dee@contoso1.com'] },
    ]);
  });

  test('of one tenant alone name the homes of its guests', () => {
    const { policies, people } = resolvePolicy(parsed(fileWith({})));
    const file = describePolicy(policies.slice(0, 1), people);
    expect(file.otherTenants.map(({ tenantId }) => tenantId)).toEqual([
      CONTOSO_TID,
      'e15e0000-5e1f-4a01-9000-00000c070501',
    ]);
    expect(parsePolicyText(serialisePolicyFile(file)).ok).toBe(true);
  });
});
