import { expect, test } from 'vitest';
import { strangeness } from '../../../src/domain/meeting/anonymous.ts';

test.each([
  ['somebody without a sign-in', 'anon:1', 'abc:dana', 'notSignedIn'],
  ['somebody of another company', 'oem:eva', 'abc:dana', 'otherCompany'],
  ['somebody of one’s own company, or a guest of it', 'abc:eva', 'abc:dana', null],
  ['for whoever has no company, nobody of one', 'abc:eva', 'anon:1', null],
  ['and others without a sign-in as well', 'anon:2', 'anon:1', 'notSignedIn'],
])('%s is marked', (_who, person, me, mark) => {
  expect(strangeness(person, me)).toBe(mark);
});
