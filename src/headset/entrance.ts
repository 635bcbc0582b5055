import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { ConfigResult, PublicConfig, PublicTenant } from '../client/sign-in/config.ts';
import type { SignIn } from '../client/sign-in/sign-in.ts';
import { bindHeadset, type TenantMemory } from '../client/sign-in/tenant-binding.ts';
import type { ScreenView, SignInProblem } from '../ui/panels/view.ts';

type SignInProblemOfClient = NonNullable<Extract<SignIn['state']['value'], { kind: 'signed-out' }>['problem']>;

/** Who has come in: the signed-in part of the page, made once for each sign-in. */
export interface SignedInPart {
  readonly screen: ReadonlySignal<ScreenView>;
  dispose(): Promise<void>;
}

export interface EntranceDeps<Part extends SignedInPart> {
  loadConfig(): Promise<ConfigResult>;
  createSignIn(tenant: PublicTenant): SignIn;
  open(signIn: SignIn): Part;
  /** The tenant of this device. */
  readonly memory: TenantMemory;
  /** The page's query. */
  readonly search: string;
}

/** The way from the address to the contacts: configuration, company, sign-in. */
export interface Entrance<Part extends SignedInPart> {
  readonly screen: ReadonlySignal<ScreenView>;
  readonly config: ReadonlySignal<PublicConfig | null>;
  readonly part: ReadonlySignal<Part | null>;
  start(): Promise<void>;
  chooseTenant(tenantId: string): Promise<void>;
  /** Only while nobody is signed in: a headset does not change hands in the middle of somebody's work. */
  changeTenant(): void;
  signIn(): Promise<void>;
  signOut(): Promise<void>;
}

export function createEntrance<Part extends SignedInPart>(deps: EntranceDeps<Part>): Entrance<Part> {
  const config = signal<PublicConfig | null>(null);
  const failure = signal<string | null>(null);
  const unknown = signal<string | null>(null);
  const current = signal<SignIn | null>(null);
  const part = signal<Part | null>(null);

  const screen = computed<ScreenView>(() => {
    if (failure.value !== null) return { screen: 'start-failed', detail: failure.value };
    const known = config.value;
    if (known === null) return { screen: 'starting' };
    if (part.value !== null) return part.value.screen.value;
    if (current.value === null) return chooseTenantScreen(known, unknown.value);
    return signInScreen(current.value, known);
  });

  effect(() => {
    const signIn = current.value;
    if (signIn?.state.value.kind === 'signed-in' && part.peek() === null) part.value = deps.open(signIn);
  });

  async function start(): Promise<void> {
    failure.value = null;
    const loaded = await deps.loadConfig();
    if (!loaded.ok) {
      failure.value = loaded.code;
      return;
    }
    const binding = bindHeadset(loaded.config, { search: deps.search, remembered: deps.memory.read() });
    config.value = loaded.config;
    if (binding.kind === 'bound') await useTenant(binding.tenant);
    else unknown.value = binding.unknownDomain ?? null;
  }

  async function useTenant(tenant: PublicTenant): Promise<void> {
    deps.memory.write(tenant.tenantId);
    const signIn = deps.createSignIn(tenant);
    current.value = signIn;
    await signIn.start();
  }

  async function chooseTenant(tenantId: string): Promise<void> {
    const tenant = config.value?.tenants.find((one) => one.tenantId === tenantId);
    if (tenant !== undefined && current.value === null) await useTenant(tenant);
  }

  function changeTenant(): void {
    if (part.value !== null || current.value?.state.value.kind !== 'signed-out') return;
    deps.memory.forget();
    unknown.value = null;
    current.value = null;
  }

  async function signOut(): Promise<void> {
    const leaving = part.value;
    part.value = null;
    await leaving?.dispose();
    await current.value?.signOut();
  }

  return {
    screen,
    config,
    part,
    start,
    chooseTenant,
    changeTenant,
    signIn: async () => current.value?.signIn(),
    signOut,
  };
}

function chooseTenantScreen(config: PublicConfig, unknown: string | null): ScreenView {
  const choices = config.tenants.map(({ tenantId, name }) => ({ tenant: tenantId, name }));
  return { screen: 'choose-tenant', choices, unknown };
}

function signInScreen(signIn: SignIn, config: PublicConfig): ScreenView {
  const state = signIn.state.value;
  const tenantName = signIn.tenant.name;
  switch (state.kind) {
    case 'starting':
    case 'signed-in':
      return { screen: 'connecting', tenantName };
    case 'leaving':
    case 'signed-out':
      return {
        screen: 'signed-out',
        tenantName,
        problem: state.kind === 'signed-out' ? problemOf(state.problem) : null,
        busy: state.kind === 'leaving',
        canChangeTenant: config.tenants.length > 1,
      };
  }
}

function problemOf(problem: SignInProblemOfClient | undefined): SignInProblem | null {
  return problem?.code ?? null;
}
