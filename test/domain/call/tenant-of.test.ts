import { expect, test } from 'vitest';
import { tidOf } from '../../../src/domain/call/tenant-of.ts';

test.each([
  ['11111111-1111-4111-8111-111111111111:00000000-0000-4000-8000-000000000001', '11111111-1111-4111-8111-111111111111'],
  ['anon:7f2c1a4e', 'anon'],
  ['no key at all', ''],
  ['', ''],
])('the tenant of %j is %j', (person, tid) => {
  expect(tidOf(person)).toBe(tid);
});
