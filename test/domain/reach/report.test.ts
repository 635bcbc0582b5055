import { describe, expect, test } from 'vitest';
import { segmentMatrix, tenantMatrix } from '../../../src/domain/reach/matrix.ts';
import type { BarrierPolicy, Barriers, TenantPolicy } from '../../../src/domain/reach/model.ts';
import { type PolicyProblem, weightOf } from '../../../src/domain/reach/problem.ts';
import { reportPolicy, reportWorld } from '../../../src/domain/reach/report.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import {
  allow,
  block,
  createAccount,
  createBarriers,
  createTenant,
  segmentOfGroup,
} from '../../support/reach-worlds.ts';
import { ABC, seedCompanies } from '../../support/seed-companies.ts';

const tenantWith = (policies: readonly BarrierPolicy[], more: Partial<Barriers> = {}): TenantPolicy =>
  createTenant('abc', 'abc.com', {
    segments: ['Red', 'Blue', 'Green'].map(segmentOfGroup),
    barriers: createBarriers(policies, more),
  });

/** Without the notes that every half-made policy has. */
const problems = (policies: readonly BarrierPolicy[], more: Partial<Barriers> = {}): readonly PolicyProblem[] =>
  reportPolicy(tenantWith(policies, more)).filter((problem) => weightOf(problem) !== 'note');

describe('one-way policies', () => {
  test.each<[string, readonly BarrierPolicy[], readonly string[]]>([
    ['a block that the other side does not return', [block('Red', ['Blue'])], ['Red blocks: Red, Blue']],
    ['a block both ways is none', [block('Red', ['Blue']), block('Blue', ['Red'])], []],
    [
      'an allow list that leaves out who lists it',
      [allow('Red', ['Red', 'Blue']), allow('Blue', ['Blue'])],
      ['Blue allows: Blue, Red'],
    ],
    ['allow lists of each other are none', [allow('Red', ['Blue']), allow('Blue', ['Red'])], []],
    ['allow lists that leave out each other are none', [allow('Red', ['Red']), allow('Blue', ['Blue'])], []],
    ['an allow list and segments without a policy are none', [allow('Red', ['Red'])], []],
    [
      'a block of a segment that allows it',
      [block('Red', ['Blue']), allow('Blue', ['Red', 'Blue'])],
      ['Red blocks: Red, Blue'],
    ],
    [
      'a block list that lets in whom an allow list leaves out',
      [block('Red', ['Green']), block('Green', ['Red']), allow('Blue', ['Blue'])],
      ['Blue allows: Blue, Red', 'Blue allows: Blue, Green'],
    ],
    ['inactive policies are none', [{ ...block('Red', ['Blue']), active: false }], []],
  ])('%s', (_says, policies, expected) => {
    const found = problems(policies).flatMap((problem) =>
      problem.kind === 'one-way' ? [`${problem.policy}: ${problem.segment}, ${problem.other}`] : [`? ${problem.kind}`],
    );
    expect(found).toEqual(expected);
  });
});

describe('what contradicts the published rules', () => {
  test('names that stand for nothing', () => {
    expect(problems([{ ...block('Gray', ['Black']), active: false }])).toEqual([
      { kind: 'segment-unknown', policy: 'Gray blocks', segment: 'Gray' },
      { kind: 'target-unknown', policy: 'Gray blocks', target: 'Black' },
    ]);
  });

  test('two active policies for one segment', () => {
    expect(problems([allow('Red', ['Red']), { ...allow('Red', ['Red']), name: 'again' }])).toEqual([
      { kind: 'policies-several', segment: 'Red', policies: ['Red allows', 'again'] },
    ]);
    expect(problems([allow('Red', ['Red']), { ...allow('Red', ['Red']), active: false }])).toEqual([]);
  });

  test('block policies and the legacy setting in multi mode', () => {
    const both = [block('Red', ['Blue']), block('Blue', ['Red'])];
    expect(problems(both, { mode: 'multi', legacy: true })).toEqual([
      { kind: 'block-in-multi', policy: 'Red blocks' },
      { kind: 'block-in-multi', policy: 'Blue blocks' },
      { kind: 'legacy-in-multi' },
    ]);
    expect(problems(both, { legacy: true })).toEqual([]);
  });

  test('a segment that is there twice', () => {
    const tenant = createTenant('abc', 'abc.com', { segments: ['Red', 'Red'].map(segmentOfGroup) });
    expect(reportPolicy(tenant)).toContainEqual({ kind: 'segment-twice', segment: 'Red' });
  });

  test('people in more segments than the mode knows', () => {
    const groups = ['Red', 'Blue'];
    const person = createAccount('abc', 'two@abc.com', { groups });
    const elsewhere = createAccount('contoso', 'two@contoso.com', { groups });
    expect(reportPolicy(tenantWith([]), [person, elsewhere])).toContainEqual({
      kind: 'too-many-segments',
      person: person.key,
      segments: ['Blue', 'Red'],
    });
    expect(reportPolicy(tenantWith([], { mode: 'multi' }), [person]).map(({ kind }) => kind)).not.toContain(
      'too-many-segments',
    );
    expect(reportPolicy(tenantWith([]), [elsewhere]).map(({ kind }) => kind)).not.toContain('too-many-segments');
  });

  test('domains that equal none', () => {
    const tenant = createTenant('abc', 'ABC.com', {
      domains: ['ABC.com', 'abc.com.', 'bücher.de', 'xn--bcher-kva.de', 'abc.com'],
      external: { enabled: true, mode: { kind: 'block', domains: ['*.evil.com', 'evil.com'], blockSubdomains: false } },
    });
    expect(reportPolicy(tenant)).toEqual(
      ['ABC.com', 'abc.com.', 'bücher.de', '*.evil.com'].map((domain) => ({ kind: 'domain-malformed', domain })),
    );
    expect(reportPolicy(createTenant('abc', '', { domains: [] }))).toEqual([{ kind: 'domain-missing' }]);
  });

  test('a domain that two tenants claim', () => {
    expect(
      reportWorld([createTenant('a', 'abc.com'), createTenant('b', 'abc.com'), createTenant('c', 'c.com')]),
    ).toEqual([{ kind: 'domain-claimed-twice', domain: 'abc.com', tenants: ['a', 'b'] }]);
  });
});

describe('what is allowed and may surprise', () => {
  test('policies without targets', () => {
    expect(problems([block('Red', []), allow('Blue', [])]).filter(({ kind }) => kind === 'targets-missing')).toEqual([
      { kind: 'targets-missing', policy: 'Red blocks' },
      { kind: 'targets-missing', policy: 'Blue allows' },
    ]);
  });

  test('an allow list without its own segment, and segments without a policy', () => {
    expect(reportPolicy(tenantWith([allow('Red', ['Blue'])]))).toEqual([
      { kind: 'own-segment-unlisted', policy: 'Red allows', segment: 'Red' },
      { kind: 'segment-ungoverned', segment: 'Blue' },
      { kind: 'segment-ungoverned', segment: 'Green' },
    ]);
  });

  test('segments without people, and guests without a team', () => {
    const guest = createAccount('abc', 'g@home.com', { kind: 'guest', groups: ['Red'] });
    const of = (policy: TenantPolicy) =>
      reportPolicy(policy, [guest]).filter(({ kind }) => kind === 'segment-empty' || kind === 'guest-without-team');
    expect(of(tenantWith([]))).toEqual([
      { kind: 'segment-empty', segment: 'Blue' },
      { kind: 'segment-empty', segment: 'Green' },
      { kind: 'guest-without-team', person: guest.key },
    ]);
    const wide: TenantPolicy = { ...tenantWith([]), guests: { enabled: true, reach: 'tenant' } };
    expect(of(wide).map(({ kind }) => kind)).toEqual(['segment-empty', 'segment-empty']);
    const teamed = { ...tenantWith([]), teams: [{ name: 'Line', members: [guest.key] }] };
    expect(of(teamed).map(({ kind }) => kind)).toEqual(['segment-empty', 'segment-empty']);
  });
});

describe('a matrix', () => {
  test('shows segments with each other, and people without one', () => {
    const abc = seedCompanies('support-engineers').policies.find(({ tid }) => tid === ABC);
    if (abc === undefined) throw new Error('ABC is not there');
    const { names, allowed } = segmentMatrix({ ...abc, segments: abc.segments.slice(0, 4) });
    expect(names).toEqual([
      'V1_RemoteAssistUser',
      'V1_SupportEngineer',
      'V2_RemoteAssistUser',
      'V2_SupportEngineer',
      '',
    ]);
    expect(allowed).toEqual([
      [false, true, false, false, false],
      [true, true, false, false, false],
      [false, false, false, true, false],
      [false, false, true, true, false],
      [false, false, false, false, true],
    ]);
  });

  test('shows tenants with each other', () => {
    const { policies } = seedCompanies('no-barriers');
    expect(tenantMatrix(createWorld(policies), policies)).toEqual({
      names: ['ABC', 'Contoso1', 'Contoso2'],
      allowed: [
        [true, true, true],
        [true, true, false],
        [true, false, true],
      ],
    });
  });
});
