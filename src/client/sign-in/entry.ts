import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
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
  /** On the way from one company to another, or back. */
  | { readonly kind: 'switching'; readonly to: PublicTenant }
  | { readonly kind: 'open'; readonly config: PublicConfig; readonly opened: Opened };

/** How a switch from one company to another went, for whoever opens next. */
export type SwitchNews =
  | { readonly kind: 'switched' }
  /** Back where they were: `wanted` did not let them in. */
  | { readonly kind: 'stayed'; readonly wanted: PublicTenant; readonly problem: SignInProblem | null };

export interface Entry<Opened> {
  readonly state: ReadonlySignal<EntryState<Opened>>;
  start(): Promise<void>;
  /** False: this hub serves no company with the address's domain. */
  useMail(mail: string): boolean;
  useTenant(tenant: PublicTenant): void;
  /**
   * Closes, and opens again as the same person in another company. Without a way in there, it opens where it was.
   * @param mail whom the other company's provider should expect
   */
  switchTo(tenantId: string, mail: string): Promise<void>;
  /** Forgets which company this tab belongs to, and asks. */
  askAgain(): Promise<void>;
  /** After the hub closed the connection for good. */
  signInAgain(): Promise<void>;
  signOut(): Promise<void>;
}

export interface EntryDeps<Opened> {
  loadConfig(): Promise<ConfigResult>;
  createSignIn(tenant: PublicTenant): SignIn;
  /** For whoever has just signed in; starts what it needs. `news`: they come from another company. */
  open(signIn: SignIn, config: PublicConfig, news: SwitchNews | null): Opened;
  close(opened: Opened): Promise<void>;
  /** The company of this tab: it survives the way to the sign-in and back. */
  readonly memory: TenantMemory;
  /** The company that this tab comes from, while it is on its way to another; a page that never switches has none. */
  readonly cameFrom?: TenantMemory;
}

export function createEntry<Opened extends object>(deps: EntryDeps<Opened>): Entry<Opened> {
  const config = signal<PublicConfig | null>(null);
  const failed = signal(false);
  const signIn = signal<SignIn | null>(null);
  const opened = signal<Opened | null>(null);
  const leaving = signal(false);
  const switching = signal<PublicTenant | null>(null);
  let news: SwitchNews | null = null;

  const state = computed<EntryState<Opened>>(() => {
    if (failed.value) return { kind: 'failed' };
    const known = config.value;
    if (known === null) return { kind: 'loading' };
    if (opened.value !== null) return { kind: 'open', config: known, opened: opened.value };
    if (switching.value !== null) return { kind: 'switching', to: switching.value };
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
    const arrival = news;
    news = null;
    untracked(() => deps.cameFrom?.forget());
    opened.value = deps.open(current, config.value, arrival);
  });

  async function leaveFor(tenant: PublicTenant, mail?: string): Promise<void> {
    news = null;
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
    const tenant = tenantOf(loaded.config, deps.memory.read());
    const origin = tenantOf(loaded.config, deps.cameFrom?.read());
    if (tenant !== undefined && origin !== undefined) switching.value = tenant;
    if (tenant !== undefined) signIn.value = deps.createSignIn(tenant);
    config.value = loaded.config;
    if (tenant !== undefined) await arrive(tenant, origin);
  }

  /** The sign-in that this page came back with; where it comes from another company in vain, that one again. */
  async function arrive(tenant: PublicTenant, origin: PublicTenant | undefined): Promise<void> {
    if (origin !== undefined) news = { kind: 'switched' };
    await signIn.value?.start();
    if (origin !== undefined && signIn.value?.state.value.kind === 'signed-out') await goBack(origin, tenant);
    switching.value = null;
  }

  async function goBack(origin: PublicTenant, wanted: PublicTenant): Promise<void> {
    const failed = signIn.value?.state.value;
    const problem = failed?.kind === 'signed-out' ? (failed.problem ?? null) : null;
    news = { kind: 'stayed', wanted, problem };
    deps.memory.write(origin.tenantId);
    deps.cameFrom?.forget();
    const again = deps.createSignIn(origin);
    batch(() => {
      switching.value = origin;
      signIn.value = again;
    });
    await again.start();
  }

  async function switchTo(tenantId: string, mail: string): Promise<void> {
    const wanted = config.value === null ? undefined : tenantOf(config.value, tenantId);
    const origin = signIn.value?.tenant;
    if (wanted === undefined || origin === undefined || switching.value !== null) return;
    switching.value = wanted;
    await close();
    news = { kind: 'switched' };
    deps.cameFrom?.write(origin.tenantId);
    deps.memory.write(wanted.tenantId);
    const created = deps.createSignIn(wanted);
    signIn.value = created;
    await created.start();
    const started = created.state.value;
    if (started.kind === 'signed-out' && started.problem === undefined) await created.signInAs(mail);
    if (created.state.value.kind === 'signed-out') await goBack(origin, wanted);
    // Where the page is leaving, it says so until it is gone.
    if (created.state.value.kind !== 'leaving') switching.value = null;
  }

  return {
    state,
    start,
    switchTo,
    useMail(mail) {
      const tenant = config.value === null ? undefined : tenantForMail(config.value, mail);
      if (tenant !== undefined) void leaveFor(tenant, mail.trim());
      return tenant !== undefined;
    },
    useTenant: (tenant) => void leaveFor(tenant),
    async askAgain() {
      await close();
      deps.memory.forget();
      signIn.value = null;
    },
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

const tenantOf = (config: PublicConfig, tenantId: string | undefined): PublicTenant | undefined =>
  config.tenants.find((one) => one.tenantId === tenantId);
