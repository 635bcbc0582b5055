import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Account, mayJoin, mayReach, type Purpose } from '../../../src/domain/reach/may.ts';

const accounts: fc.Arbitrary<Account> = fc
  .record({
    tid: fc.constantFrom('abc', 'contoso1'),
    oid: fc.constantFrom('1', '2', '3'),
    kind: fc.constantFrom('internal', 'service', 'guest'),
  })
  .map(({ tid, oid, kind }) => ({ key: `${tid}:${oid}`, tid, kind }));
const purposes: fc.Arbitrary<Purpose> = fc.constantFrom('find', 'call', 'meet');

describe('who may reach whom', () => {
  test('is the same in both directions', () => {
    fc.assert(
      fc.property(accounts, accounts, purposes, (a, b, purpose) => {
        expect(mayReach(a, b, purpose).ok).toBe(mayReach(b, a, purpose).ok);
      }),
    );
  });

  test('ends at the tenant, where others are not even there', () => {
    fc.assert(
      fc.property(accounts, accounts, purposes, (a, b, purpose) => {
        fc.pre(a.tid !== b.tid);
        expect(mayReach(a, b, purpose)).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
      }),
    );
  });

  test('lets all kinds of accounts of one tenant reach each other, but nobody call themselves', () => {
    fc.assert(
      fc.property(accounts, accounts, purposes, (a, b, purpose) => {
        fc.pre(a.tid === b.tid);
        const result = mayReach(a, b, purpose);
        if (a.key === b.key && purpose === 'call') expect(result).toMatchObject({ refusal: { code: 'not-allowed' } });
        else expect(result.ok).toBe(true);
      }),
    );
  });

  test('who may join some may join fewer of them', () => {
    fc.assert(
      fc.property(accounts, fc.array(accounts), fc.array(accounts), (self, some, more) => {
        if (mayJoin(self, [...some, ...more]).ok) expect(mayJoin(self, some).ok).toBe(true);
      }),
    );
  });
});
