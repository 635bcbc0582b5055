import { describe, expect, test } from 'vitest';
import { anonymousCaller, classTowards, describeCaller, type Towards } from '../../../src/domain/meeting/classes.ts';
import type { Invitee } from '../../../src/domain/meeting/model.ts';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { accountOf, meetingOf, ORGANIZER, tenantOf } from './fixtures.ts';

const ABC = tenantOf('abc');
const CONTOSO = tenantOf('contoso');
/** Trusts nobody but others. */
const RIVAL = tenantOf('rival', { external: { enabled: true, mode: { kind: 'allow', domains: ['contoso.com'] } } });

const towards = (
  policies: readonly TenantPolicy[] = [ABC, CONTOSO, RIVAL],
  invitees: readonly Invitee[] = [],
): Towards => ({
  world: createWorld(policies),
  meeting: meetingOf({ invitees }),
  organizer: accountOf(ORGANIZER),
});

describe('the class of somebody towards a meeting', () => {
  test.each([
    ['the organizer', accountOf(ORGANIZER), 'organizer'],
    ['a member', accountOf('abc:mia'), 'member'],
    ['a service account', accountOf('abc:vendor', { kind: 'service' }), 'member'],
    ['a guest', accountOf('abc:gus', { kind: 'guest', mail: 'gus@contoso.com' }), 'guest'],
    ['somebody of a trusted tenant', accountOf('contoso:fred'), 'federated'],
    ['somebody of a tenant that does not trust this one', accountOf('rival:rita'), 'anonymous'],
    ['somebody of a tenant that nobody knows', accountOf('void:vera'), 'anonymous'],
    ['a guest of another tenant', accountOf('contoso:gast', { kind: 'guest', mail: 'g@abc.com' }), 'anonymous'],
  ])('%s', (_who, account, expected) => {
    expect(classTowards(towards(), account)).toBe(expected);
  });

  test('is federated only when both sides trust', () => {
    const closed = tenantOf('abc', { external: { enabled: false, mode: { kind: 'open' } } });
    expect(classTowards(towards([closed, CONTOSO]), accountOf('contoso:fred'))).toBe('anonymous');
  });

  test('goes by the organizer’s and the visitor’s own external access as well', () => {
    const off = { enabled: false, mode: { kind: 'default' } } as const;
    const private_ = { ...towards(), organizer: accountOf(ORGANIZER, { external: off }) };
    expect(classTowards(private_, accountOf('contoso:fred'))).toBe('anonymous');
    expect(classTowards(towards(), accountOf('contoso:fred', { external: off }))).toBe('anonymous');
  });

  test('goes by the tenant alone once the organizer’s account is gone', () => {
    const orphaned = { ...towards(), organizer: null };
    expect(classTowards(orphaned, accountOf('contoso:fred'))).toBe('federated');
    expect(classTowards(orphaned, accountOf('rival:rita'))).toBe('anonymous');
  });

  test('of a guest who once organized is guest', () => {
    expect(classTowards(towards(), accountOf(ORGANIZER, { kind: 'guest' }))).toBe('guest');
  });
});

describe('an invitation', () => {
  const invited = (invitee: Invitee, account: ReturnType<typeof accountOf>) =>
    describeCaller(towards(undefined, [invitee]), account, 'Name').invited;

  test('by account is for that account', () => {
    expect(invited({ kind: 'account', person: 'rival:rita' }, accountOf('rival:rita'))).toBe(true);
    expect(invited({ kind: 'account', person: 'rival:rita' }, accountOf('abc:rita'))).toBe(false);
  });

  test('by address is for whoever has it in the tenant that owns its domain', () => {
    expect(invited({ kind: 'mail', mail: 'rita@rival.com' }, accountOf('rival:rita'))).toBe(true);
  });

  test('by address is not for somebody whose own tenant merely says that they have it', () => {
    const impostor = accountOf('rival:fake', { mail: 'fred@contoso.com' });
    expect(invited({ kind: 'mail', mail: 'fred@contoso.com' }, impostor)).toBe(false);
  });

  test('by address is for a guest whom this tenant knows by it', () => {
    const guest = accountOf('abc:gus', { kind: 'guest', mail: 'gus@gmail.com' });
    expect(invited({ kind: 'mail', mail: 'gus@gmail.com' }, guest)).toBe(true);
  });

  test('is never claimed by a typed name', () => {
    expect(anonymousCaller('anon:1', 'rita@rival.com')).toEqual({
      person: 'anon:1',
      name: 'rita@rival.com',
      class: 'anonymous',
      signedIn: false,
      invited: false,
    });
  });
});
