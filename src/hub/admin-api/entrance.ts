import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { ADMIN_LIMITS } from '../../protocol/admin-api/requests.ts';
import { plainAccount } from '../directory/directory.ts';
import { admit, type Identity } from '../identity/identity.ts';
import type { TokenValidator } from '../identity/validate-token.ts';
import { codeOfTokenRefusal } from '../methods/sign-in.ts';
import { createTokenBucket, type TokenBucket } from '../methods/token-bucket.ts';
import { type AdminContext, type Administrator, toAdministrator } from './administrator.ts';
import { type Grants, withGrantedRole } from './grants.ts';

export type Entered =
  | { readonly ok: true; readonly admin: Administrator }
  | { readonly ok: false; readonly status: ContentfulStatusCode; readonly refusal: Refusal };

export interface Entrance {
  /** @param authorization the header of a request */
  enter(authorization: string | undefined): Promise<Entered>;
}

export interface EntranceOptions extends AdminContext {
  readonly validator: TokenValidator;
  readonly grants: Grants;
}

/** More people than that do not ask within the time in which a bucket fills up again. */
const MOST_BUCKETS = 10_000;

/** Lets in who may administer the tenant that vouches for them. */
export function createEntrance(options: EntranceOptions): Entrance {
  const { validator, grants, nowMs } = options;
  const buckets = new Map<PersonKey, TokenBucket>();

  const bucketOf = (person: PersonKey): TokenBucket => {
    const known = buckets.get(person);
    if (known !== undefined) return known;
    const [oldest] = buckets.keys();
    if (buckets.size >= MOST_BUCKETS && oldest !== undefined) buckets.delete(oldest);
    const bucket = createTokenBucket(ADMIN_LIMITS.requestsPerSecond, ADMIN_LIMITS.requestsBurst);
    buckets.set(person, bucket);
    return bucket;
  };
  return {
    async enter(authorization) {
      const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) return { ok: false, status: 401, refusal: { code: 'not-signed-in' } };
      const result = await validator.validate(token);
      if (!result.ok) return refuseToken(codeOfTokenRefusal(result.refusal.code));
      const { identity } = result;
      if (!bucketOf(identity.personKey).take(nowMs())) {
        return { ok: false, status: 429, refusal: { code: 'too-many-requests' } };
      }
      const refusal = await refuseOf(options, await withGrantedRole(grants, identity));
      return refusal === null
        ? { ok: true, admin: toAdministrator(identity, token) }
        : { ok: false, status: 403, refusal };
    },
  };
}

function refuseToken(code: Refusal['code']): Entered {
  const status = code === 'internal' ? 503 : code === 'wrong-tenant' ? 403 : 401;
  return { ok: false, status, refusal: { code } };
}

/** Why somebody whose token counts may not administer; each time with a record. */
async function refuseOf({ hub, grants }: EntranceOptions, identity: Identity): Promise<Refusal | null> {
  const { personKey: key, tid, mail = '' } = identity;
  if (identity.isGuest) {
    const admitted = await hub.reach.admit({ person: key, account: plainAccount({ key, tid, kind: 'guest', mail }) });
    if (!admitted.ok) return admitted.refusal;
  }
  const admission = admit(identity, 'admin');
  if (admission.ok) return null;
  await grants.rememberVisitor(identity);
  const reference = await hub.records.signInRefused(key, admission.code);
  return { code: admission.code, ...('licence' in admission ? { detail: admission.licence } : {}), reference };
}

/** Answers are nobody's to keep, and a refusal has the same form everywhere. */
export function answerRefusal(context: Context, status: ContentfulStatusCode, refusal: Refusal): Response {
  if (status === 401) context.header('WWW-Authenticate', 'Bearer');
  if (status === 429 || status === 503) context.header('Retry-After', '1');
  return context.json(refusal, status);
}
