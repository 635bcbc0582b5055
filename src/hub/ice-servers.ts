import { createHmac } from 'node:crypto';
import type { PersonKey } from '../domain/call/state.ts';
import type { IceServer } from '../protocol/types.ts';

export interface IceSettings {
  readonly stunUrls: readonly string[];
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | undefined;
}

/**
 * A TURN server looks at the end when a connection begins, not while it runs (github.com/coturn/coturn/issues/1204), and a
 * page asks for fresh credentials before each one: this only has to outlast a hub that is away for a while.
 */
const LIFETIME_S = 3600;

/**
 * STUN and TURN servers for one person. TURN credentials are coturn's `use-auth-secret`: the user name is
 * `<end, s since the epoch>:<person>`, the password base64(HMAC-SHA1(secret, user name))
 * (draft-uberti-behave-turn-rest-00).
 */
export function iceServersFor(
  { stunUrls, turn }: IceSettings,
  person: PersonKey,
  nowMs: number,
): { readonly iceServers: readonly IceServer[]; readonly ttlS: number } {
  const iceServers: IceServer[] = [];
  if (stunUrls.length > 0) iceServers.push({ urls: stunUrls });
  if (turn !== undefined) {
    const username = `${Math.floor(nowMs / 1000) + LIFETIME_S}:${person}`;
    const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
    iceServers.push({ urls: turn.urls, username, credential });
  }
  return { iceServers, ttlS: LIFETIME_S };
}
