import type { Configuration } from '@azure/msal-node';
import type { Clock } from '../../clock.ts';
import type { Tenant } from '../../identity/tenants.ts';
import { createGraphClient, type GraphClient } from './graph-client.ts';
import { createGraphTokens } from './on-behalf-of.ts';

export interface GraphAccessOptions {
  readonly tenants: readonly Tenant[];
  readonly clock: Clock;
  /** E.g. `https://graph.microsoft.com`. */
  readonly origin: string;
  /** Of the hub's own application, by tenant id. Tenants without one are not asked. */
  readonly clientSecrets: ReadonlyMap<string, string>;
  /** Where tokens come from in place of the tenant's authority. */
  readonly auth?: Partial<Configuration['auth']>;
}

/** One tenant's Microsoft Graph. Both ways share the tokens. */
export interface GraphAccess {
  readonly directory: GraphClient;
  /** Exchange counts for each mailbox: who is throttled there holds nobody else back. */
  readonly calendars: GraphClient;
}

/** By tenant id. */
export function openGraphAccess(options: GraphAccessOptions): ReadonlyMap<string, GraphAccess> {
  return new Map(
    options.tenants.flatMap((tenant) => {
      const secret = options.clientSecrets.get(tenant.tenantId);
      return secret === undefined ? [] : [[tenant.tenantId, openTenant(options, tenant, secret)] as const];
    }),
  );
}

function openTenant({ clock, origin, auth }: GraphAccessOptions, tenant: Tenant, clientSecret: string): GraphAccess {
  const { authority, apiClientId: clientId } = tenant;
  const { nowMs } = clock;
  // Else the library asks a host of Microsoft's whether this one may be trusted.
  const knownAuthorities = [new URL(authority).host];
  const tokens = createGraphTokens({
    auth: { clientId, clientSecret, authority, knownAuthorities, ...auth },
    graphOrigin: origin,
    nowMs,
  });
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));
  const options = { origin, tokens, nowMs, wait };
  return {
    directory: createGraphClient(options),
    calendars: createGraphClient({ ...options, throttledWith: ({ person }) => person }),
  };
}
