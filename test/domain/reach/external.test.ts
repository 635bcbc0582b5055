import { describe, expect, test } from 'vitest';
import { refuseAbsent } from '../../../src/domain/reach/absent.ts';
import { decideReach } from '../../../src/domain/reach/decide.ts';
import type {
  Account,
  ExternalAccess,
  ExternalMode,
  PersonalExternalAccess,
  ReachWorld,
  Verdict,
} from '../../../src/domain/reach/model.ts';
import { mayReach } from '../../../src/domain/reach/pair.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { createAccount, createTenant } from '../../support/reach-worlds.ts';

const open: ExternalMode = { kind: 'open' };
const none: ExternalMode = { kind: 'none' };
const allowing = (...domains: readonly string[]): ExternalMode => ({ kind: 'allow', domains });
const blocking = (...domains: readonly string[]): ExternalMode => ({ kind: 'block', domains, blockSubdomains: false });
const blockingBelow = (...domains: readonly string[]): ExternalMode => ({
  kind: 'block',
  domains,
  blockSubdomains: true,
});
const on = (mode: ExternalMode): ExternalAccess => ({ enabled: true, mode });
const off = (mode: ExternalMode): ExternalAccess => ({ enabled: false, mode });

const worldOf = (abc: ExternalAccess, contoso: ExternalAccess, domain = 'contoso.com'): ReachWorld =>
  createWorld([
    createTenant('abc', 'abc.com', { external: abc }),
    createTenant('contoso', domain, { external: contoso }),
  ]);
const person = (tid: string, mail: string, external?: PersonalExternalAccess): Account =>
  createAccount(tid, mail, external === undefined ? {} : { external });
const ana = person('abc', 'ana@abc.com');
const carl = person('contoso', 'carl@contoso.com');

describe('a tenant’s own setting', () => {
  test.each<[string, ExternalAccess, string, boolean]>([
    ['open: everybody', on(open), 'contoso.com', true],
    ['none: nobody', on(none), 'contoso.com', false],
    ['the master switch beats open', off(open), 'contoso.com', false],
    ['the master switch beats a list that allows', off(allowing('contoso.com')), 'contoso.com', false],
    ['allow: a listed domain', on(allowing('x.com', 'contoso.com')), 'contoso.com', true],
    ['allow: no other domain', on(allowing('x.com')), 'contoso.com', false],
    ['allow: an empty list lets nobody in', on(allowing()), 'contoso.com', false],
    ['allow: never a subdomain', on(allowing('contoso.com')), 'eu.contoso.com', false],
    ['allow: never the parent', on(allowing('eu.contoso.com')), 'contoso.com', false],
    ['block: a listed domain', on(blocking('x.com', 'contoso.com')), 'contoso.com', false],
    ['block: no other domain', on(blocking('x.com')), 'contoso.com', true],
    ['block: subdomains only when told so', on(blocking('contoso.com')), 'eu.contoso.com', true],
    ['block with subdomains: the domain', on(blockingBelow('contoso.com')), 'contoso.com', false],
    ['block with subdomains: below it', on(blockingBelow('contoso.com')), 'eu.contoso.com', false],
    ['block with subdomains: far below it', on(blockingBelow('contoso.com')), 'a.b.eu.contoso.com', false],
    ['block with subdomains: not a name that ends alike', on(blockingBelow('contoso.com')), 'mycontoso.com', true],
    ['block with subdomains: not the parent', on(blockingBelow('eu.contoso.com')), 'contoso.com', true],
    ['domains in ASCII: block', on(blocking('xn--bcher-kva.de')), 'xn--bcher-kva.de', false],
    ['domains in ASCII: allow', on(allowing('xn--bcher-kva.de')), 'xn--bcher-kva.de', true],
  ])('%s', (_says, setting, domain, allowed) => {
    const other = person('contoso', `carl@${domain}`);
    const world = worldOf(setting, on(open), domain);
    expect(mayReach(world, ana, other)).toBe(allowed);
    expect(mayReach(world, other, ana)).toBe(allowed);
  });

  test('both sides have to trust, and may differ', () => {
    const world = worldOf(on(open), on(allowing('abc.com')));
    expect(mayReach(world, ana, carl)).toBe(true);
    expect(mayReach(world, carl, ana)).toBe(true);
    expect(mayReach(worldOf(on(open), on(allowing('x.com'))), ana, carl)).toBe(false);
    expect(mayReach(worldOf(on(blocking('contoso.com')), on(open)), carl, ana)).toBe(false);
  });
});

describe('a person’s setting', () => {
  const disabled: PersonalExternalAccess = { enabled: false, mode: { kind: 'default' } };
  const own = (mode: PersonalExternalAccess['mode']): PersonalExternalAccess => ({ enabled: true, mode });

  test.each<[string, ExternalAccess, PersonalExternalAccess, boolean]>([
    ['disabled beats an open tenant', on(open), disabled, false],
    ['disabled beats an open mode of their own', on(open), { enabled: false, mode: open }, false],
    ['default follows a tenant that allows', on(allowing('contoso.com')), own({ kind: 'default' }), true],
    ['default follows a tenant that does not', on(none), own({ kind: 'default' }), false],
    ['an own mode narrows an open tenant', on(open), own(allowing('x.com')), false],
    ['an own mode widens a tenant’s list', on(allowing('x.com')), own(open), true],
    ['an own mode widens a tenant’s none', on(none), own(allowing('contoso.com')), true],
    ['the master switch beats an open mode of their own', off(open), own(open), false],
  ])('%s', (_says, setting, external, allowed) => {
    expect(mayReach(worldOf(setting, on(open)), person('abc', 'ana@abc.com', external), carl)).toBe(allowed);
    const byOther = person('contoso', 'carl@contoso.com', external);
    const mirrored = worldOf(on(open), mirror(setting));
    expect(mayReach(mirrored, ana, { ...byOther, external: mirrorPerson(external) })).toBe(allowed);
  });
});

describe('a tenant with several domains', () => {
  const world = (mode: ExternalMode): ReachWorld =>
    createWorld([
      createTenant('abc', 'abc.com', { external: on(mode) }),
      createTenant('contoso', 'contoso.com', { domains: ['contoso.com', 'contoso.de'] }),
    ]);

  test('counts by the domain of the person’s address', () => {
    const german = person('contoso', 'karl@contoso.de');
    expect(mayReach(world(allowing('contoso.de')), ana, german)).toBe(true);
    expect(mayReach(world(allowing('contoso.com')), ana, german)).toBe(false);
    expect(mayReach(world(blocking('contoso.de')), ana, german)).toBe(false);
  });

  test('counts by its first domain for an address that is not its own', () => {
    const elsewhere = person('contoso', 'karl@elsewhere.org');
    expect(mayReach(world(allowing('contoso.com')), ana, elsewhere)).toBe(true);
    expect(mayReach(world(allowing('elsewhere.org')), ana, elsewhere)).toBe(false);
  });
});

test('a domain that two tenants claim lets neither in', () => {
  const world = createWorld([
    createTenant('abc', 'abc.com', { external: on(allowing('contoso.com')) }),
    createTenant('contoso', 'contoso.com'),
    createTenant('mallory', 'contoso.com'),
  ]);
  expect(world.tenantOfDomain('contoso.com')).toBeUndefined();
  expect(mayReach(world, ana, person('mallory', 'm@contoso.com'))).toBe(false);
  expect(mayReach(world, ana, carl)).toBe(false);
});

test('a tenant without a domain is nobody’s partner', () => {
  const world = createWorld([createTenant('abc', 'abc.com'), createTenant('contoso', '', { domains: [] })]);
  expect(mayReach(world, ana, carl)).toBe(false);
});

describe('what is said where nobody may be found', () => {
  const find = (world: ReachWorld, actor: Account, target: Account): Verdict =>
    decideReach(world, { action: 'find', actor, target, present: [], place: 'none' });

  test.each<[string, ReachWorld, string]>([
    ['the tenants do not trust each other', worldOf(on(none), on(open)), 'external-off'],
    ['the other tenant does not trust', worldOf(on(open), on(allowing('x.com'))), 'external-off'],
    ['they do', worldOf(on(open), on(open)), 'not-found'],
  ])('%s: the same for somebody hidden, somebody who wants no strangers, and nobody', (_says, world, code) => {
    expect(refuseAbsent(world, ana, 'contoso.com').code).toBe(code);
    expect(find(world, ana, { ...carl, hidden: true })).toMatchObject({ code });
    expect(find(world, ana, { ...carl, external: { enabled: false, mode: { kind: 'default' } } })).toMatchObject({
      code,
    });
  });

  test('an unknown domain tells the asker’s own setting, and no more', () => {
    expect(refuseAbsent(worldOf(on(open), on(open)), ana, 'nowhere.com').code).toBe('not-found');
    expect(refuseAbsent(worldOf(on(allowing('contoso.com')), on(open)), ana, 'nowhere.com').code).toBe('external-off');
  });

  test('the own domain has no external access to speak of', () => {
    const { code, steps } = refuseAbsent(worldOf(off(none), on(open)), ana, 'abc.com');
    expect(code).toBe('not-found');
    expect(steps.map(({ rule }) => rule)).toEqual(['nobody']);
  });

  test('somebody of their own mode is found although the tenant trusts nobody', () => {
    const world = worldOf(on(open), on(none));
    expect(refuseAbsent(world, ana, 'contoso.com').code).toBe('external-off');
    expect(find(world, ana, { ...carl, external: { enabled: true, mode: open } })).toMatchObject({ allowed: true });
  });

  test('the refusal names the domain, for the record', () => {
    const { steps, decidedBy } = refuseAbsent(worldOf(on(open), on(allowing('x.com'))), ana, 'contoso.com');
    expect(decidedBy).toMatchObject({ rule: 'external-tenant-mode', tid: 'contoso', outcome: 'denies' });
    expect(steps.at(-1)).toMatchObject({ rule: 'nobody', from: ana.key, to: '', entry: 'contoso.com' });
  });
});

test('the chain has both sides with the entry that decided', () => {
  const world = worldOf(on(blockingBelow('com')), on(allowing('abc.com')));
  const verdict = decideReach(world, { action: 'call', actor: ana, target: carl, present: [], place: 'call' });
  expect(verdict.steps.map(({ rule, tid, outcome, entry }) => [rule, tid, outcome, entry])).toEqual([
    ['hidden', 'abc', 'allows', null],
    ['hidden', 'contoso', 'allows', null],
    ['external-master', 'abc', 'allows', null],
    ['external-person', 'abc', 'allows', null],
    ['external-tenant-mode', 'abc', 'denies', 'com'],
    ['external-master', 'contoso', 'allows', null],
    ['external-person', 'contoso', 'allows', null],
    ['external-tenant-mode', 'contoso', 'allows', 'abc.com'],
  ]);
});

/** The same setting as Contoso would have it: about abc.com. */
function mirror({ enabled, mode }: ExternalAccess): ExternalAccess {
  return { enabled, mode: mirrorMode(mode) };
}

const mirrorPerson = ({ enabled, mode }: PersonalExternalAccess): PersonalExternalAccess => ({
  enabled,
  mode: mode.kind === 'default' ? mode : mirrorMode(mode),
});

const mirrorMode = (mode: ExternalMode): ExternalMode =>
  mode.kind === 'allow'
    ? allowing(...mode.domains.map((domain) => (domain === 'contoso.com' ? 'abc.com' : domain)))
    : mode;
