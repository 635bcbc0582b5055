import type { Adapter, AdapterPayload } from 'oidc-provider';
import * as v from 'valibot';
import type { ValueStore } from '../store/store.ts';

/** What the demo's sign-in needs of a store: small values with an end, removable by group. */
export type KeyValueStore = Pick<ValueStore, 'get' | 'set' | 'delete' | 'deleteGroup'>;

/** Models whose entries end together with the grant they came from. */
const GRANTABLE = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

const payloadSchema = v.looseObject({ uid: v.optional(v.string()), grantId: v.optional(v.string()) });

export interface AdapterOptions {
  readonly store: KeyValueStore;
  /** Keeps the tenants' entries apart. */
  readonly tenantId: string;
  readonly nowMs: () => number;
}

/**
 * Keeps the models of `oidc-provider` in a store, so that sessions, grants and refresh tokens outlive a restart.
 * Written after the adapter contract of oidc-provider (example/my_adapter.js).
 */
export function createAdapterFactory(options: AdapterOptions): (model: string) => Adapter {
  return (model) => createAdapter(options, model);
}

function createAdapter({ store, tenantId, nowMs }: AdapterOptions, model: string): Adapter {
  const collection = `demo/${tenantId}/${model}`;
  const uids = `demo/${tenantId}/uid`;
  const groupOf = (grantId: string): string => `demo/${tenantId}/grant/${grantId}`;

  async function find(id: string): Promise<AdapterPayload | undefined> {
    // A damaged entry means signing in again, not a hub that fails.
    const parsed = v.safeParse(payloadSchema, await store.get(collection, id, nowMs()));
    return parsed.success ? (parsed.output as AdapterPayload) : undefined;
  }

  async function put(id: string, payload: AdapterPayload, expiresAtMs: number | null): Promise<void> {
    const group = GRANTABLE.has(model) && payload.grantId !== undefined ? groupOf(payload.grantId) : null;
    await store.set(collection, id, { value: payload, group, expiresAtMs });
  }

  return {
    async upsert(id, payload, expiresInS) {
      const expiresAtMs = expiresInS === undefined ? null : nowMs() + expiresInS * 1000;
      await put(id, payload, expiresAtMs);
      if (model === 'Session' && payload.uid !== undefined) {
        await store.set(uids, payload.uid, { value: id, group: null, expiresAtMs });
      }
    },
    find,
    async findByUid(uid) {
      const id = await store.get(uids, uid, nowMs());
      return typeof id === 'string' ? find(id) : undefined;
    },
    async findByUserCode() {
      return undefined; // only the device flow has user codes, and that is off
    },
    async consume(id) {
      const payload = await find(id);
      if (payload === undefined) return;
      const consumed = { ...payload, consumed: Math.floor(nowMs() / 1000) };
      await put(id, consumed, payload.exp === undefined ? null : payload.exp * 1000);
    },
    async destroy(id) {
      const payload = await find(id);
      await store.delete(collection, id);
      // A session that changes its identifier keeps its uid: the index may already point to the new one.
      if (payload?.uid !== undefined && (await store.get(uids, payload.uid, nowMs())) === id) {
        await store.delete(uids, payload.uid);
      }
    },
    async revokeByGrantId(grantId) {
      await store.deleteGroup(groupOf(grantId));
    },
  };
}
