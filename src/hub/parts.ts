import type { OwnCalendars } from './calendar/own-calendar.ts';
import type { DemoProvider } from './demo/provider.ts';
import type { Directory } from './directory/directory.ts';
import type { PublicConfigBody } from './identity/public-config.ts';
import type { TrustedTenant } from './identity/validate-token.ts';
import type { PolicySeeds } from './reach/policies.ts';

/** What differs between the demo and real tenants. */
export interface Parts {
  readonly trusted: readonly TrustedTenant[];
  readonly directory: Directory;
  readonly seeds: PolicySeeds;
  readonly config: PublicConfigBody;
  readonly calendars: OwnCalendars;
  readonly demo: DemoProvider | undefined;
}
