import { signal } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import type { ConfigResult, PublicTenant } from '../../../src/client/sign-in/config.ts';
import { createEntry } from '../../../src/client/sign-in/entry.ts';
import type { SignIn, SignInState } from '../../../src/client/sign-in/sign-in.ts';
import { signInProblemText } from '../../../src/ui/sign-in/gate.tsx';
import { domainOf } from '../../../src/ui/sign-in/mail.ts';
import { common } from '../../../src/ui/text/en/common.ts';
import { signIn } from '../../../src/ui/text/en/sign-in.ts';
import { createTexts } from '../../../src/ui/text/translate.ts';

const tenant = (name: string, domain: string): PublicTenant => ({
  tenantId: `id-of-${name}`,
  name,
  domains: [domain],
  authority: 'https://login.example/x',
  knownAuthorities: [],
  issuer: 'https://login.example/x/v2.0',
  spaClientId: 'spa',
  scope: 'api/access',
});
const ABC = tenant('ABC', 'abc.com');
const CONTOSO = tenant('Contoso1', 'contoso1.com');
const ACCOUNT = { person: 'a', name: 'Alex' };

function setUp(options: { remembered?: string; started?: SignInState; config?: ConfigResult } = {}) {
  const log: string[] = [];
  let remembered = options.remembered;
  const started = options.started ?? { kind: 'signed-out', problem: undefined };
  const states: { value: SignInState }[] = [];
  const createSignIn = (of: PublicTenant): SignIn => {
    const state = signal<SignInState>({ kind: 'starting' });
    states.push(state);
    return {
      state,
      tenant: of,
      start: async () => {
        state.value = started;
      },
      signIn: async (mail) => {
        log.push(`sign in to ${of.name} as ${mail ?? 'anybody'}`);
        state.value = { kind: 'leaving' };
      },
      signInAs: async (mail) => {
        log.push(`go on in ${of.name} as ${mail}`);
        state.value = { kind: 'leaving' };
      },
      acquireToken: async () => ({ kind: 'failed', detail: '' }),
      signOut: async () => {
        log.push('sign out');
        state.value = { kind: 'signed-out', problem: undefined };
      },
    };
  };
  const entry = createEntry({
    loadConfig: async () =>
      options.config ?? { ok: true, config: { product: 'Sightline', demo: true, tenants: [ABC, CONTOSO] } },
    createSignIn,
    open: ({ tenant: of }) => {
      log.push(`desk of ${of.name}`);
      return { name: of.name };
    },
    close: async ({ name }) => void log.push(`desk of ${name} closed`),
    memory: {
      read: () => remembered,
      write: (value) => {
        remembered = value;
      },
      forget: () => {
        remembered = undefined;
      },
    },
  });
  return { entry, log, states, remembered: () => remembered };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));
const signedIn = { kind: 'signed-in', account: ACCOUNT } as unknown as SignInState;

describe('the way to the desk', () => {
  it('asks for the address first, and goes to the company of its domain', async () => {
    const { entry, log, remembered } = setUp();
    await entry.start();
    expect(entry.state.value.kind).toBe('ask');
    expect(entry.useMail(' Priya@CONTOSO1.com ')).toBe(true);
    await settled();
    expect(log).toEqual(['sign in to Contoso1 as Priya@CONTOSO1.com']);
    expect(entry.state.value.kind).toBe('leaving');
    expect(remembered()).toBe(CONTOSO.tenantId);
  });

  it('stays where it is for a domain that the hub does not serve', async () => {
    const { entry, log } = setUp();
    await entry.start();
    expect(entry.useMail('joe@fabrikam.com')).toBe(false);
    expect(entry.state.value.kind).toBe('ask');
    expect(log).toEqual([]);
  });

  it('opens the desk when the sign-in comes back, once', async () => {
    const { entry, log, states } = setUp({ remembered: ABC.tenantId, started: signedIn });
    await entry.start();
    expect(entry.state.value.kind).toBe('open');
    const [state] = states;
    if (state !== undefined) state.value = { ...signedIn };
    expect(log).toEqual(['desk of ABC']);
  });

  it('asks again, with the reason, when the account was of another company', async () => {
    const problem = { code: 'wrong-tenant', wantedTenantId: ABC.tenantId, wantedTenantName: 'ABC' } as const;
    const { entry } = setUp({ remembered: ABC.tenantId, started: { kind: 'signed-out', problem } });
    await entry.start();
    const state = entry.state.value;
    if (state.kind !== 'ask' || state.problem === null) throw new Error(`unexpected: ${state.kind}`);
    const words = signInProblemText(createTexts({ ...common, ...signIn }), state.problem);
    expect(words).toBe('That account belongs to another company. Use one of ABC.');
  });

  it('does not leave for a provider that cannot be reached', async () => {
    const problem = { code: 'unreachable', detail: 'network_error' } as const;
    const { entry, log } = setUp({ started: { kind: 'signed-out', problem } });
    await entry.start();
    entry.useTenant(ABC);
    await settled();
    expect(log).toEqual([]);
    expect(entry.state.value).toMatchObject({ kind: 'ask', problem });
  });

  it('says so when the hub cannot be reached, and tries again', async () => {
    const { entry } = setUp({ config: { ok: false, code: 'unreachable' } });
    await entry.start();
    expect(entry.state.value.kind).toBe('failed');
  });

  it('asks for an account of any company again when told to', async () => {
    const { entry, log, remembered } = setUp({ remembered: ABC.tenantId, started: signedIn });
    await entry.start();
    await entry.askAgain();
    expect(log).toEqual(['desk of ABC', 'desk of ABC closed']);
    expect([entry.state.value.kind, remembered()]).toEqual(['ask', undefined]);
  });

  it('closes the desk before it signs out, and forgets the company', async () => {
    const { entry, log, remembered } = setUp({ remembered: ABC.tenantId, started: signedIn });
    await entry.start();
    await entry.signOut();
    expect(log).toEqual(['desk of ABC', 'desk of ABC closed', 'sign out']);
    expect(remembered()).toBeUndefined();
    expect(entry.state.value.kind).toBe('ask');
  });
});

describe('the domain of an address', () => {
  it('is what stands behind the at sign, in lower case', () => {
    expect(domainOf(' Alex@ABC.com ')).toBe('abc.com');
    expect(domainOf('a.b@mail.abc.co.uk')).toBe('mail.abc.co.uk');
  });

  it('is none of an unfinished address', () => {
    for (const mail of ['', 'alex', 'alex@', '@abc.com', 'alex@abc', 'a b@abc.com', 'alex@abc..com', 'a@b@c.com']) {
      expect(domainOf(mail)).toBeNull();
    }
  });
});
