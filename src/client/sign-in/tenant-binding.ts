import type { PublicConfig, PublicTenant } from './config.ts';

/** The tenant that a headset belongs to, or the question that the page must ask. */
export type TenantBinding =
  | { readonly kind: 'bound'; readonly tenant: PublicTenant; readonly source: 'only' | 'address' | 'remembered' }
  /** `unknownDomain` is what the address asked for in vain. */
  | { readonly kind: 'ask'; readonly tenants: readonly PublicTenant[]; readonly unknownDomain: string | undefined };

export interface BindingInput {
  /** The page's query, e.g. `?tenant=abc.com`. */
  readonly search: string;
  /** The tenantId that this device keeps, if any. */
  readonly remembered: string | undefined;
}

/**
 * Which tenant a headset belongs to: the only one of the hub; else the remembered one, which an address does not
 * change, because a device changes hands in Settings alone; else the one in the address; else nobody knows yet.
 */
export function bindHeadset(config: PublicConfig, { search, remembered }: BindingInput): TenantBinding {
  const [only, ...others] = config.tenants;
  if (only !== undefined && others.length === 0) return { kind: 'bound', tenant: only, source: 'only' };
  const kept = config.tenants.find((tenant) => tenant.tenantId === remembered);
  if (kept !== undefined) return { kind: 'bound', tenant: kept, source: 'remembered' };
  const asked = new URLSearchParams(search).get('tenant') ?? undefined;
  const addressed = asked === undefined ? undefined : tenantForDomain(config, asked);
  if (addressed !== undefined) return { kind: 'bound', tenant: addressed, source: 'address' };
  return { kind: 'ask', tenants: config.tenants, unknownDomain: asked };
}

/** The tenant of a mail address; undefined when no tenant of this hub has its domain. */
export function tenantForMail(config: PublicConfig, mail: string): PublicTenant | undefined {
  const domain = /^[^@\s]+@([^@\s]+)$/.exec(mail.trim())?.[1];
  return domain === undefined ? undefined : tenantForDomain(config, domain);
}

function tenantForDomain(config: PublicConfig, domain: string): PublicTenant | undefined {
  const wanted = domain.trim().toLowerCase().replace(/\.$/, '');
  return config.tenants.find((tenant) => tenant.domains.includes(wanted));
}

/** Where a choice of tenant is kept; what cannot be stored is asked again next time. */
export interface TenantMemory {
  read(): string | undefined;
  write(tenantId: string): void;
  forget(): void;
}

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The tenant of this device: for the headset, with `localStorage`. */
export const HEADSET_TENANT_KEY = 'sightline.headset-tenant';
/** The tenant of this tab: for the desk, with `sessionStorage`, so that it survives the way to the sign-in and back. */
export const DESK_TENANT_KEY = 'sightline.desk-tenant';
/** The tenant that a tab came from while it is being switched to another: where to go back to if that does not work. */
export const DESK_CAME_FROM_KEY = 'sightline.desk-came-from';

/** Keeps a tenantId in a storage of the browser, also where the browser refuses storage. */
export function createTenantMemory(storage: () => TextStorage, key: string): TenantMemory {
  return {
    read: () => attempt(() => storage().getItem(key)) ?? undefined,
    write: (tenantId) => void attempt(() => storage().setItem(key, tenantId)),
    forget: () => void attempt(() => storage().removeItem(key)),
  };
}

function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
