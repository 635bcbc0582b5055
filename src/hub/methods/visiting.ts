import { isIn } from '../../domain/call/queries.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import { isAnonymous } from '../../domain/meeting/anonymous.ts';
import type { HubMethodName, HubMethods } from '../../protocol/types.ts';
import type { OpenCall } from '../calls/open-calls.ts';
import type { Hub } from '../hub.ts';
import type { Identity } from '../identity/identity.ts';
import type { Visit } from '../join-api/tickets.ts';
import { anonymousAccount } from '../meetings/anonymous.ts';
import type { Session } from './session.ts';

const isMeeting = ({ state }: OpenCall): boolean => state.kind === 'meeting';

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
      return isTheirs ? accept(null) : refuse('not-found', 'meeting');
    }
    case 'command':
    case 'resume':
    case 'signal':
    case 'relay': {
      const call = 'callId' in request ? hub.log.open.get(request.callId) : undefined;
      if (visit === null) return call === undefined || isMeeting(call) ? accept(null) : refuse('call-unknown');
      // Whoever cannot say who they are is told nothing of what they are not in, also of what is over.
      const isTheirs = call?.record.meetingId === visit.meetingId && isIn(call.state.participants[visit.person]);
      return isTheirs ? accept(null) : refuse('call-unknown');
    }
    default:
      return refuse('not-signed-in');
  }
}
