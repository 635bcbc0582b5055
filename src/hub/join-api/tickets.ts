import { randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import type { PersonKey } from '../../domain/call/state.ts';
import { PersonKeySchema } from '../../protocol/schemas/primitives.ts';
import type { MeetingRef } from '../store/meeting-store.ts';
import type { ValueStore } from '../store/store.ts';

/** Somebody without a sign-in, on the way to one meeting. Says nothing about being let in. */
export interface Visit extends MeetingRef {
  readonly person: PersonKey;
  readonly name: string;
}

/** What the hub signs for people without a sign-in. */
export interface Tickets {
  /** For making a connection with. */
  ticket(visit: Visit): Promise<{ readonly token: string; readonly endsMs: number }>;
  /** Says who somebody was, for when they come again. */
  cookie(visit: Visit): Promise<string>;
  /** null for anything that was not signed here for this, or is over. */
  readTicket(token: string): Promise<Visit | null>;
  readCookie(token: string): Promise<Visit | null>;
}

/** Long enough for a page to connect, and again after a short drop; then it knocks for the next one. */
const TICKET_MS = 5 * 60_000;
/** Longer than anybody waits and talks: what it is worth the door decides each time. */
export const COOKIE_S = 12 * 3_600;

const KEY_BYTES = 32;
const KEYS = 'join-keys';
const ISSUER = 'sightline';

const visitSchema = v.object({ sub: PersonKeySchema, name: v.string(), tid: v.string(), meeting: v.string() });

/** The key is the hub's own, made at its first start and kept in its store. */
export async function createTickets(store: Pick<ValueStore, 'get' | 'set'>, nowMs: () => number): Promise<Tickets> {
  const key = await signingKey(store);
  const sign = ({ person, name, tid, meetingId }: Visit, audience: string, endsMs: number): Promise<string> =>
    new SignJWT({ name, tid, meeting: meetingId })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setSubject(person)
      .setExpirationTime(Math.floor(endsMs / 1000))
      .sign(key);
  const read = async (token: string, audience: string): Promise<Visit | null> => {
    try {
      const checks = { algorithms: ['HS256'], issuer: ISSUER, audience, requiredClaims: ['exp'] };
      const { payload } = await jwtVerify(token, key, { ...checks, currentDate: new Date(nowMs()) });
      const parsed = v.safeParse(visitSchema, payload);
      if (!parsed.success) return null;
      const { sub: person, name, tid, meeting: meetingId } = parsed.output;
      return { person, name, tid, meetingId };
    } catch {
      return null;
    }
  };
  return {
    async ticket(visit) {
      const endsMs = nowMs() + TICKET_MS;
      return { token: await sign(visit, 'ticket', endsMs), endsMs };
    },
    cookie: (visit) => sign(visit, 'cookie', nowMs() + COOKIE_S * 1000),
    readTicket: (token) => read(token, 'ticket'),
    readCookie: (token) => read(token, 'cookie'),
  };
}

async function signingKey(store: Pick<ValueStore, 'get' | 'set'>): Promise<Uint8Array> {
  const known = await store.get(KEYS, 'key', 0);
  if (typeof known === 'string') return Buffer.from(known, 'base64url');
  const value = randomBytes(KEY_BYTES).toString('base64url');
  await store.set(KEYS, 'key', { value, group: null, expiresAtMs: null });
  // Another hub on the same database may have been quicker or slower: what stands there counts for both.
  const kept = await store.get(KEYS, 'key', 0);
  return Buffer.from(typeof kept === 'string' ? kept : value, 'base64url');
}
