import type { DemoProvider } from './demo/provider.ts';
import type { Directory } from './directory/directory.ts';
import type { PublicConfigBody } from './identity/public-config.ts';
import type { TrustedTenant } from './identity/validate-token.ts';

/** What differs between the demo and real tenants. */
export interface Parts {
  readonly trusted: readonly TrustedTenant[];
  readonly directory: Directory;
  readonly config: PublicConfigBody;
  readonly demo: DemoProvider | undefined;
}
