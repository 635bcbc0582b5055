import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { HubMethodName, HubMethods } from '../../protocol/types.ts';
import type { Hub } from '../hub.ts';
import type { Identity } from '../identity/identity.ts';
import type { Visit } from '../join-api/tickets.ts';
import { anonymousAccount, isAnonymous } from '../meetings/anonymous.ts';
import type { Session } from './session.ts';

/** A connection made with a ticket: no tenant vouches for it, and nothing is signed in. */
export const identityOfVisit = ({ person, name }: Visit, expiresAtMs: number): Identity => ({
  tid: anonymousAccount(person).tid,
  oid: person,
  personKey: person,
  name,
  mail: undefined,
  roles: [],
  isGuest: false,
  expiresAtMs,
  azp: '',
});

/**
 * What a page behind a join link may ask: for its meeting alone, with a ticket as with a sign-in, since it takes no licence.
 * Refused with `not-signed-in` where somebody else could, `call-unknown` for calls that are no meetings.
 */
export function allowedToVisitor(
  hub: Pick<Hub, 'log'>,
  { visit, peer }: Session,
  method: HubMethodName,
  request: HubMethods[HubMethodName]['request'],
): Result<null> {
  const kind = peer?.device.kind;
  if (visit === null && kind !== 'join' && kind !== 'phone') return accept(null);
  switch (method) {
    case 'hello':
      return accept(null);
    case 'iceServers':
      // Addresses with credentials are for calls: who waits has none.
      return peer === null || !isAnonymous(peer.person) || hub.log.open.of(peer.person).length > 0
        ? accept(null)
        : refuse('not-in-call');
    case 'renew':
      return visit === null ? accept(null) : refuse('not-signed-in');
    case 'joinMeeting':
    case 'leaveLobby': {
      const isTheirs = visit === null || ('meetingId' in request && request.meetingId === visit.meetingId);
      return isTheirs ? accept(null) : refuse('not-found');
    }
    case 'command':
    case 'resume':
    case 'signal':
    case 'relay': {
      const call = 'callId' in request ? hub.log.open.get(request.callId) : undefined;
      if (call !== undefined) return call.state.kind === 'meeting' ? accept(null) : refuse('call-unknown');
      // What is over is told to nobody who cannot say who they are.
      return visit === null ? accept(null) : refuse('call-unknown');
    }
    default:
      return refuse('not-signed-in');
  }
}
