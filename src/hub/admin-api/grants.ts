import * as v from 'valibot';
import type { PersonKey } from '../../domain/call/state.ts';
import { APP_ROLES, type Identity } from '../identity/identity.ts';
import type { ValueStore } from '../store/store.ts';

/** Somebody as the hub keeps them for its administrators: `mail` and `name` as they were then. */
export interface KnownHolder {
  readonly key: PersonKey;
  readonly mail: string;
  readonly name: string;
}

/** Administrators by the hub's own word, beside those whose token carries the role. */
export interface Grants {
  isGranted(key: PersonKey): Promise<boolean>;
  list(tid: string): Promise<readonly KnownHolder[]>;
  grant(holder: KnownHolder): Promise<void>;
  revoke(key: PersonKey): Promise<void>;
  /** Somebody who was turned away at `/admin`, so that the console knows the account that the address means. */
  rememberVisitor(identity: Identity): Promise<void>;
  visitors(tid: string): Promise<readonly KnownHolder[]>;
}

const GRANTED = 'administrators';
const VISITED = 'admin-visitors';
/** Long enough to ask whoever runs the hub, short enough to be forgotten. */
const VISIT_KEPT_MS = 30 * 86_400_000;

const holderSchema = v.object({ key: v.string(), mail: v.string(), name: v.string() });

export function createGrants(values: ValueStore, nowMs: () => number): Grants {
  const read = async (collection: string, tid: string): Promise<readonly KnownHolder[]> => {
    const all = await values.list(collection, nowMs());
    return all.flatMap(({ id, value }) => {
      const holder = v.safeParse(holderSchema, value);
      return holder.success && id.startsWith(`${tid}:`) ? [holder.output] : [];
    });
  };
  return {
    isGranted: async (key) => (await values.get(GRANTED, key, nowMs())) !== undefined,
    list: (tid) => read(GRANTED, tid),
    grant: (holder) => values.set(GRANTED, holder.key, { value: holder, group: null, expiresAtMs: null }),
    revoke: (key) => values.delete(GRANTED, key),
    rememberVisitor: ({ personKey: key, mail = '', name = '' }) =>
      values.set(VISITED, key, {
        value: { key, mail: mail.toLowerCase(), name },
        group: null,
        expiresAtMs: nowMs() + VISIT_KEPT_MS,
      }),
    visitors: (tid) => read(VISITED, tid),
  };
}

/** The roles of the token, and the administrator's where the hub grants it. */
export async function withGrantedRole<I extends Pick<Identity, 'personKey' | 'roles'>>(
  grants: Pick<Grants, 'isGranted'>,
  identity: I,
): Promise<I> {
  if (identity.roles.includes(APP_ROLES.admin) || !(await grants.isGranted(identity.personKey))) return identity;
  return { ...identity, roles: [...identity.roles, APP_ROLES.admin] };
}
