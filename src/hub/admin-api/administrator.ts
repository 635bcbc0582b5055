import type { Asker, Directory } from '../directory/directory.ts';
import type { Hub } from '../hub.ts';
import type { Identity } from '../identity/identity.ts';
import type { Store } from '../store/store.ts';

/** What the parts of the administrators' API stand on. */
export interface AdminContext {
  readonly hub: Pick<Hub, 'policies' | 'reach' | 'records' | 'log'> & {
    readonly meetings: Pick<Hub['meetings'], 'book'>;
  };
  readonly directory: Directory;
  readonly store: Pick<Store, 'reachAudit' | 'values'>;
  readonly nowMs: () => number;
  readonly newReference: () => string;
}

/** Somebody who may administer one tenant, for as long as one request takes. */
export interface Administrator {
  readonly identity: Identity;
  readonly tid: string;
  /** For what the directory is asked on their behalf. */
  readonly asker: Asker;
}

export const toAdministrator = (identity: Identity, accessToken: string): Administrator => ({
  identity,
  tid: identity.tid,
  asker: { person: identity.personKey, tid: identity.tid, accessToken: () => accessToken },
});
