import type { Clock } from '../../../src/hub/clock.ts';
import { openGraphAccess } from '../../../src/hub/directory/graph/graph-access.ts';
import type { FakeGraph } from '../../support/fake-graph/fake-graph.ts';
import { ABC, TENANTS } from './company.ts';

/** The way to the fake, for the tenant ABC alone. */
export const accessOf = ({ origin, clientSecret, auth }: FakeGraph, clock: Clock) =>
  openGraphAccess({ tenants: TENANTS, clock, origin, clientSecrets: new Map([[ABC, clientSecret]]), auth });
