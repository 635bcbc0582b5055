import { whyFull } from '../../domain/meeting/capacity.ts';
import { anonymousCaller } from '../../domain/meeting/classes.ts';
import { whyDenied } from '../../domain/meeting/entry.ts';
import { admittedName, type LobbyState, waiterOf } from '../../domain/meeting/lobby-state.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import { askLink } from '../../domain/meeting/opening.ts';
import type { LinkLook } from '../../protocol/join-api/messages.ts';
import { plainAccount } from '../directory/directory.ts';
import type { Hub } from '../hub.ts';
import type { Identity } from '../identity/identity.ts';
import type { Visit } from './tickets.ts';

/** What is behind a link: in front of a meeting's door. */
export interface Doorstep {
  readonly meeting: Meeting;
  readonly state: LobbyState;
}

/** Who stands there: signed in, known by a cookie, or neither. */
export interface Comer {
  readonly identity: Identity | null;
  readonly visit: Visit | null;
}

/** Changes nothing: programs that preview links open them too. */
export async function openLink({ meetings }: Hub, token: string): Promise<Doorstep | null> {
  const ref = await meetings.links.open(token);
  const found = ref === null ? null : await meetings.book.find(ref);
  return found === null ? null : { meeting: found.meeting, state: await meetings.doors.state(found.meeting) };
}

export async function lookFrom(hub: Hub, step: Doorstep | null, comer: Comer): Promise<LinkLook> {
  if (step === null) return { company: null, organizer: null, closed: 'link-unknown', returning: null };
  const { identity, visit } = comer;
  const { meeting, state } = step;
  const context = hub.meetings.doors.contextOf(meeting);
  const person = identity?.personKey ?? visit?.person ?? null;
  const link = askLink({ lobby: state, context, person });
  const isExpected = person !== null && (state.inside[person] !== undefined || meeting.organizer === person);
  const denied = isExpected ? null : await whyShut(hub, step, identity);
  const name = visit === null ? null : admittedName(state, visit.person);
  // Whoever waits keeps their place also while the meeting is full, e.g. when their page is loaded anew.
  const waits = person !== null && waiterOf(state, person) !== undefined;
  const full = isExpected || waits ? null : whyFull(state, meeting);
  return {
    company: hub.reach.world().tenant(meeting.tid)?.name ?? '',
    organizer: identity === null ? null : await organizerFor(hub, meeting, identity),
    closed: link.ok ? (denied ?? full) : link.refusal.code,
    returning: name === null ? null : { name },
  };
}

/** Whether the door refuses somebody of this class, whatever happens there. */
async function whyShut(hub: Hub, { meeting }: Doorstep, identity: Identity | null) {
  const context = hub.meetings.doors.contextOf(meeting);
  if (identity === null) return whyDenied(anonymousCaller('', ''), context);
  const { personKey: person, tid, name = '', mail = '', isGuest } = identity;
  const account = plainAccount({ key: person, tid, kind: isGuest ? 'guest' : 'internal', mail });
  return whyDenied(await hub.meetings.joining.visitors.see({ person, account, name }, meeting), context);
}

/** Of one's own company only to whom the rules of reach let find the organizer. */
async function organizerFor(hub: Hub, meeting: Meeting, { personKey, tid, mail = '', isGuest }: Identity) {
  const organizer = await hub.directory.person(meeting.organizer);
  if (organizer === null) return null;
  if (tid !== meeting.tid || personKey === meeting.organizer) return organizer.name;
  const account = plainAccount({ key: personKey, tid, kind: isGuest ? 'guest' : 'internal', mail });
  const mayFind = await hub.reach.sift('find', { person: personKey, account });
  return mayFind(organizer.account).allowed ? organizer.name : null;
}
