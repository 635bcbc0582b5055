import { signal } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import type { PublicTenant } from '../../../src/client/sign-in/config.ts';
import { createEntry, type SwitchNews } from '../../../src/client/sign-in/entry.ts';
import type { SignIn, SignInState } from '../../../src/client/sign-in/sign-in.ts';
import type { TenantMemory } from '../../../src/client/sign-in/tenant-binding.ts';

const tenant = (name: string): PublicTenant => ({
  tenantId: name,
  name,
  domains: [`${name.toLowerCase()}.com`],
  authority: 'https://login.example/x',
  knownAuthorities: [],
  issuer: 'https://login.example/x/v2.0',
  spaClientId: 'spa',
  scope: 'api/access',
});
const ABC = tenant('ABC');
const CONTOSO = tenant('Contoso1');
const MAIL = 'expert1@abc.com';
const IN = { kind: 'signed-in' } as unknown as SignInState;
const OUT: SignInState = { kind: 'signed-out', problem: undefined };
const cancelled: SignInState = { kind: 'signed-out', problem: { code: 'cancelled' } };

function createMemory(value?: string): TenantMemory {
  let kept = value;
  return {
    read: () => kept,
    write: (next) => {
      kept = next;
    },
    forget: () => {
      kept = undefined;
    },
  };
}

/** A tab: what it keeps survives its pages. `started`: what each company's sign-in finds when it starts. */
function createTab(started: Readonly<Record<string, SignInState>>) {
  const log: string[] = [];
  const heard: (SwitchNews | null)[] = [];
  const memory = createMemory('ABC');
  const cameFrom = createMemory();
  const findings = { ...started };

  const createSignIn = (of: PublicTenant): SignIn => {
    const state = signal<SignInState>({ kind: 'starting' });
    const leave = async (): Promise<void> => {
      state.value = { kind: 'leaving' };
    };
    return {
      state,
      tenant: of,
      start: async () => {
        state.value = findings[of.name] ?? OUT;
      },
      signIn: leave,
      signInAs: async (mail) => {
        log.push(`to ${of.name} as ${mail}`);
        await leave();
      },
      acquireToken: async () => ({ kind: 'failed', detail: '' }),
      signOut: leave,
    };
  };
  const openPage = async () => {
    const entry = createEntry<{ readonly name: string }>({
      loadConfig: async () => ({ ok: true, config: { product: 'Sightline', demo: true, tenants: [ABC, CONTOSO] } }),
      createSignIn,
      open: ({ tenant: { name } }, _config, news) => {
        log.push(`${name} open`);
        heard.push(news);
        return { name };
      },
      close: async ({ name }) => void log.push(`${name} closed`),
      memory,
      cameFrom,
    });
    await entry.start();
    return entry;
  };
  return { openPage, findings, log, heard, memory, cameFrom };
}

describe('switching to another company', () => {
  it('closes here, signs in there as the same person, and opens there when the page comes back', async () => {
    const tab = createTab({ ABC: IN });
    const entry = await tab.openPage();
    await entry.switchTo('Contoso1', MAIL);
    expect(tab.log).toEqual(['ABC open', 'ABC closed', `to Contoso1 as ${MAIL}`]);
    expect(entry.state.value).toMatchObject({ kind: 'switching', to: CONTOSO });
    tab.findings.Contoso1 = IN;
    const back = await tab.openPage();
    expect(back.state.value).toMatchObject({ kind: 'open', opened: { name: 'Contoso1' } });
    expect(tab.heard).toEqual([null, { kind: 'switched' }]);
    expect([tab.memory.read(), tab.cameFrom.read()]).toEqual(['Contoso1', undefined]);
  });

  it('goes back home without leaving the page where that sign-in is still good', async () => {
    const tab = createTab({ ABC: IN, Contoso1: IN });
    const entry = await tab.openPage();
    await entry.switchTo('Contoso1', MAIL);
    expect(entry.state.value).toMatchObject({ kind: 'open', opened: { name: 'Contoso1' } });
    await entry.switchTo('ABC', MAIL);
    expect(entry.state.value).toMatchObject({ kind: 'open', opened: { name: 'ABC' } });
    expect(tab.log).toEqual(['ABC open', 'ABC closed', 'Contoso1 open', 'Contoso1 closed', 'ABC open']);
  });

  it('opens where it was, with the reason, when the person cancels the sign-in', async () => {
    const tab = createTab({ ABC: IN });
    await (await tab.openPage()).switchTo('Contoso1', MAIL);
    tab.findings.Contoso1 = cancelled;
    const back = await tab.openPage();
    expect(back.state.value).toMatchObject({ kind: 'open', opened: { name: 'ABC' } });
    expect(tab.heard.at(-1)).toEqual({ kind: 'stayed', wanted: CONTOSO, problem: { code: 'cancelled' } });
    expect([tab.memory.read(), tab.cameFrom.read()]).toEqual(['ABC', undefined]);
  });

  it('stays where it was when the other provider can’t be reached', async () => {
    const problem = { code: 'unreachable', detail: 'network_error' } as const;
    const tab = createTab({ ABC: IN, Contoso1: { kind: 'signed-out', problem } });
    const entry = await tab.openPage();
    await entry.switchTo('Contoso1', MAIL);
    expect(entry.state.value).toMatchObject({ kind: 'open', opened: { name: 'ABC' } });
    expect(tab.heard.at(-1)).toEqual({ kind: 'stayed', wanted: CONTOSO, problem });
  });

  it('does nothing for a company that this hub does not serve', async () => {
    const tab = createTab({ ABC: IN });
    const entry = await tab.openPage();
    await entry.switchTo('fabrikam', MAIL);
    expect(entry.state.value).toMatchObject({ kind: 'open', opened: { name: 'ABC' } });
    expect(tab.log).toEqual(['ABC open']);
  });
});
