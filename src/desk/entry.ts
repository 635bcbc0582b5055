import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { ConfigResult, PublicConfig, PublicTenant } from '../client/sign-in/config.ts';
import type { SignInProblem } from '../client/sign-in/problem.ts';
import type { SignIn } from '../client/sign-in/sign-in.ts';
import { type TenantMemory, tenantForMail } from '../client/sign-in/tenant-binding.ts';
import type { Desk } from './desk.ts';

/** Where somebody stands on the way to their desk. */
export type EntryState =
  | { readonly kind: 'loading' }
  /** The hub did not answer, or not in a way that this page understands. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'ask'; readonly config: PublicConfig; readonly problem: SignInProblem | null }
  | { readonly kind: 'leaving'; readonly config: PublicConfig }
  | { readonly kind: 'open'; readonly config: PublicConfig; readonly desk: Desk };

export interface Entry {
  readonly state: ReadonlySignal<EntryState>;
  start(): Promise<void>;
  /** False: this hub serves no company with the address's domain. */
  useMail(mail: string): boolean;
  useTenant(tenant: PublicTenant): void;
  /** After the hub closed the connection for good. */
  signInAgain(): Promise<void>;
  signOut(): Promise<void>;
}

export interface EntryDeps {
  loadConfig(): Promise<ConfigResult>;
  createSignIn(tenant: PublicTenant): SignIn;
  /** The desk of whoever has just signed in; starts its connection. */
  openDesk(signIn: SignIn, config: PublicConfig): Desk;
  /** The company of this tab: it survives the way to the sign-in and back. */
  readonly memory: TenantMemory;
}

export function createEntry(deps: EntryDeps): Entry {
  const config = signal<PublicConfig | null>(null);
  const failed = signal(false);
  const signIn = signal<SignIn | null>(null);
  const desk = signal<Desk | null>(null);
  const leaving = signal(false);

  const state = computed<EntryState>(() => {
    if (failed.value) return { kind: 'failed' };
    const known = config.value;
    if (known === null) return { kind: 'loading' };
    if (desk.value !== null) return { kind: 'open', config: known, desk: desk.value };
    const now = signIn.value?.state.value;
    if (now === undefined) return { kind: 'ask', config: known, problem: null };
    if (now.kind === 'leaving' || leaving.value) return { kind: 'leaving', config: known };
    return now.kind === 'signed-out'
      ? { kind: 'ask', config: known, problem: now.problem ?? null }
      : { kind: 'loading' };
  });

  // A desk opens once for each sign-in, and is closed with it.
  effect(() => {
    const current = signIn.value;
    if (current?.state.value.kind !== 'signed-in' || desk.peek() !== null || config.value === null) return;
    desk.value = deps.openDesk(current, config.value);
  });

  async function leaveFor(tenant: PublicTenant, mail?: string): Promise<void> {
    deps.memory.write(tenant.tenantId);
    leaving.value = true;
    const created = deps.createSignIn(tenant);
    signIn.value = created;
    await created.start();
    const { kind } = created.state.value;
    // A problem of the start itself (no way to the provider) is shown instead of tried again.
    const isClear = created.state.value.kind === 'signed-out' && created.state.value.problem === undefined;
    if (kind === 'signed-out' && isClear) await created.signIn(mail);
    leaving.value = false;
  }

  async function closeDesk(): Promise<void> {
    const open = desk.value;
    desk.value = null;
    open?.dispose();
    await open?.client.stop();
  }

  async function start(): Promise<void> {
    failed.value = false;
    const loaded = await deps.loadConfig();
    if (!loaded.ok) {
      failed.value = true;
      return;
    }
    const remembered = deps.memory.read();
    const tenant = loaded.config.tenants.find((one) => one.tenantId === remembered);
    if (tenant !== undefined) signIn.value = deps.createSignIn(tenant);
    config.value = loaded.config;
    await signIn.value?.start();
  }

  return {
    state,
    start,
    useMail(mail) {
      const tenant = config.value === null ? undefined : tenantForMail(config.value, mail);
      if (tenant !== undefined) void leaveFor(tenant, mail.trim());
      return tenant !== undefined;
    },
    useTenant: (tenant) => void leaveFor(tenant),
    async signInAgain() {
      await closeDesk();
      await signIn.value?.signIn();
    },
    async signOut() {
      await closeDesk();
      deps.memory.forget();
      await signIn.value?.signOut();
    },
  };
}
