import { isIn } from '../../domain/call/queries.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { HubMethodName, HubMethods } from '../../protocol/types.ts';
import type { Hub } from '../hub.ts';
import type { Peer } from '../people/peer.ts';
import type { Session } from './session.ts';

/** The call that a page is in itself: another page of the same person does not count. */
export function callOfPage(hub: Pick<Hub, 'log'>, peer: Peer): string | null {
  const call = hub.log.open.of(peer.person).find(({ state }) => {
    const self = state.participants[peer.person];
    return isIn(self) && self.device?.id === peer.device.id;
  });
  return call?.record.callId ?? null;
}

/**
 * What becomes of a connection whose sign-in has just expired: held for the call it is in, or nothing.
 * @returns how long it is held, ms since the epoch
 */
export function holdFor(hub: Pick<Hub, 'log'>, session: Session): Session['held'] {
  const { peer, held, identity } = session;
  if (peer === null || held !== null) return null;
  const callId = callOfPage(hub, peer);
  return callId === null ? null : { callId, untilMs: identity.expiresAtMs + LIMITS.heldCallMs };
}

/** A held connection serves its one call, and lets its person sign in again. */
export function allowedWhileHeld(
  { held }: Session,
  method: HubMethodName,
  request: HubMethods[HubMethodName]['request'],
): Result<null> {
  if (held === null) return accept(null);
  switch (method) {
    case 'renew':
    case 'iceServers':
      return accept(null);
    case 'command':
    case 'resume':
    case 'signal':
    case 'relay':
      return 'callId' in request && request.callId === held.callId ? accept(null) : refuse('no-new-calls');
    case 'call':
    case 'add':
    case 'joinMeeting':
    case 'leaveLobby':
    case 'meetNow':
    case 'createOneTimeCall':
      return refuse('no-new-calls');
    case 'hello':
    case 'contacts':
    case 'search':
    case 'meetings':
    case 'calendar':
    case 'meeting':
    case 'checkMeeting':
    case 'planMeeting':
    case 'changeMeeting':
    case 'cancelMeeting':
    case 'joinLink':
    case 'revokeLink':
    case 'invitation':
    case 'sendInvitation':
    case 'admit':
    case 'deny':
    case 'admitAll':
    case 'denyAll':
      return refuse('sign-in-expired');
  }
}
