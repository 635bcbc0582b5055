import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { ConfigResult, PublicConfig, PublicTenant } from './config.ts';
import type { SignInProblem } from './problem.ts';
import type { SignIn } from './sign-in.ts';
import { type TenantMemory, tenantForMail } from './tenant-binding.ts';

/** Where somebody stands on the way to what a page is for those who are signed in: `Opened`, e.g. their desk. */
export type EntryState<Opened> =
  | { readonly kind: 'loading' }
  /** The hub did not answer, or not in a way that this page understands. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'ask'; readonly config: PublicConfig; readonly problem: SignInProblem | null }
  | { readonly kind: 'leaving'; readonly config: PublicConfig }
  | { readonly kind: 'open'; readonly config: PublicConfig; readonly opened: Opened };

export interface Entry<Opened> {
  readonly state: ReadonlySignal<EntryState<Opened>>;
  start(): Promise<void>;
  /** False: this hub serves no company with the address's domain. */
  useMail(mail: string): boolean;
  useTenant(tenant: PublicTenant): void;
  /** After the hub closed the connection for good. */
  signInAgain(): Promise<void>;
  signOut(): Promise<void>;
}

export interface EntryDeps<Opened> {
  loadConfig(): Promise<ConfigResult>;
  createSignIn(tenant: PublicTenant): SignIn;
  /** For whoever has just signed in; starts what it needs. */
  open(signIn: SignIn, config: PublicConfig): Opened;
  close(opened: Opened): Promise<void>;
  /** The company of this tab: it survives the way to the sign-in and back. */
  readonly memory: TenantMemory;
}

export function createEntry<Opened extends object>(deps: EntryDeps<Opened>): Entry<Opened> {
  const config = signal<PublicConfig | null>(null);
  const failed = signal(false);
  const signIn = signal<SignIn | null>(null);
  const opened = signal<Opened | null>(null);
  const leaving = signal(false);

  const state = computed<EntryState<Opened>>(() => {
    if (failed.value) return { kind: 'failed' };
    const known = config.value;
    if (known === null) return { kind: 'loading' };
    if (opened.value !== null) return { kind: 'open', config: known, opened: opened.value };
    const now = signIn.value?.state.value;
    if (now === undefined) return { kind: 'ask', config: known, problem: null };
    if (now.kind === 'leaving' || leaving.value) return { kind: 'leaving', config: known };
    return now.kind === 'signed-out'
      ? { kind: 'ask', config: known, problem: now.problem ?? null }
      : { kind: 'loading' };
  });

  // Opened once for each sign-in, and closed with it.
  effect(() => {
    const current = signIn.value;
    if (current?.state.value.kind !== 'signed-in' || opened.peek() !== null || config.value === null) return;
    opened.value = deps.open(current, config.value);
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

  async function close(): Promise<void> {
    const open = opened.value;
    opened.value = null;
    if (open !== null) await deps.close(open);
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
      await close();
      await signIn.value?.signIn();
    },
    async signOut() {
      await close();
      deps.memory.forget();
      await signIn.value?.signOut();
    },
  };
}
