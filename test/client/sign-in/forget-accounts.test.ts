import { describe, expect, it } from 'vitest';
import { forgetAllAccounts } from '../../../src/client/sign-in/forget-accounts.ts';

function storageOf(entries: Readonly<Record<string, string>>) {
  const map = new Map(Object.entries(entries));
  return {
    get length() {
      return map.size;
    },
    key: (at: number) => [...map.keys()][at] ?? null,
    removeItem: (key: string) => void map.delete(key),
    keys: () => [...map.keys()],
  };
}

describe('forgetting accounts', () => {
  it('takes away what the sign-in library keeps of every tenant, and nothing else', () => {
    const storage = storageOf({
      'msal.3.account.keys': '[]',
      'msal.3.token.keys.spa-of-abc': '{}',
      'msal.3|refresh|spa-of-contoso1': 'secret',
      'sightline.page-device': 'd',
      msalish: 'not the library’s',
    });
    forgetAllAccounts(storage);
    expect(storage.keys()).toEqual(['sightline.page-device', 'msalish']);
  });

  it('does nothing where the browser refuses storage', () => {
    const refused = {
      get length(): number {
        throw new Error('SecurityError');
      },
      key: () => null,
      removeItem: () => undefined,
    };
    expect(() => forgetAllAccounts(refused)).not.toThrow();
  });
});
