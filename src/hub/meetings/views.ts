import { peopleIn } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { mayAdmit, mayManage } from '../../domain/meeting/admitting.ts';
import { isAnonymous } from '../../domain/meeting/anonymous.ts';
import { isJoinable, JOINABLE_BEFORE_MS } from '../../domain/meeting/joinable.ts';
import type { Caller, Meeting } from '../../domain/meeting/model.ts';
import { linkExpiresAtMs, oneTimeState } from '../../domain/meeting/one-time.ts';
import type { MayInMeeting, MeetingDetails, Meeting as MeetingInList } from '../../protocol/meetings.ts';
import type { Person } from '../../protocol/types.ts';
import type { CallLog } from '../calls/call-log.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory/directory.ts';
import { toPerson } from '../people/lists.ts';
import { askerOf, type Peer } from '../people/peer.ts';
import type { Reach, Sieve } from '../reach/reach.ts';
import { type FoundMeeting, hasPart } from './book.ts';
import type { Doors } from './doors.ts';
import { callOfMeeting } from './joining-parts.ts';
import type { Visitors } from './visitors.ts';

/** Meetings as one person may see them. */
export interface MeetingViews {
  inList(peer: Peer, found: FoundMeeting, mayFind: Sieve): Promise<MeetingInList>;
  details(peer: Peer, found: FoundMeeting): Promise<MeetingDetails>;
  /** What the person may do with the meeting, from this page. */
  may(peer: Peer, found: FoundMeeting): Promise<MayInMeeting>;
}

export interface MeetingViewsOptions {
  readonly directory: Directory;
  readonly reach: Pick<Reach, 'sift'>;
  readonly doors: Doors;
  readonly visitors: Pick<Visitors, 'see'>;
  readonly log: Pick<CallLog, 'open'>;
  readonly clock: Clock;
}

export function createMeetingViews(options: MeetingViewsOptions): MeetingViews {
  const { reach, doors } = options;
  const inList: MeetingViews['inList'] = async (peer, found, mayFind) => {
    const { meeting } = found;
    const { meetingId, kind, title, startMs, endMs, zone, cancelled } = meeting;
    const may = await mayOf(options, peer, found);
    const [organizer] = await namesOf(options, [meeting.organizer], { peer, mayFind });
    const state = await doors.state(meeting);
    const isAgent = meeting.kind === 'oneTime' && hasPart(meeting, peer.person);
    return {
      meetingId,
      kind,
      title,
      startMs,
      endMs,
      zone,
      organizer: organizer ?? '',
      cancelled,
      joinable: isOpen(options, meeting),
      present: await presentNames(options, meeting, { peer, mayFind }),
      waiting: may.admit || hasPart(meeting, peer.person) ? state.waiting.length : 0,
      oneTime: isAgent ? oneTimeState(state, doors.contextOf(meeting)) : null,
      may,
    };
  };
  return {
    inList,
    may: (peer, found) => mayOf(options, peer, found),
    async details(peer, found) {
      const { meeting } = found;
      const mayFind = await reach.sift('find', peer);
      const { title, startMs, endMs, zone, invitees, coOrganizers, presenters, lobby, anonymousAllowed } = meeting;
      const context = doors.contextOf(meeting);
      return {
        ...(await inList(peer, found, mayFind)),
        revision: meeting.revision,
        draft: { title, startMs, endMs, zone, invitees, coOrganizers, presenters, lobby, anonymousAllowed },
        people: await peopleOf(options, meeting, { peer, mayFind }),
        settings: context.settings,
        linkExpiresAtMs: meeting.kind === 'oneTime' ? linkExpiresAtMs(meeting, context.settings) : null,
      };
    },
  };
}

interface Asking {
  readonly peer: Peer;
  readonly mayFind: Sieve;
}

async function mayOf({ doors, visitors }: MeetingViewsOptions, peer: Peer, found: FoundMeeting): Promise<MayInMeeting> {
  const { meeting, isOurs } = found;
  const may = (action: 'edit' | 'cancel'): boolean =>
    isOurs && !meeting.cancelled && mayManage(peer.person, meeting, action).ok;
  const caller = await visitors.see(peer, meeting);
  const { settings } = doors.contextOf(meeting);
  return {
    edit: may('edit'),
    cancel: may('cancel'),
    admit: mayAdmit({ caller, device: peer.device.kind }, meeting, settings).ok,
    invite: mayInvite(caller, meeting),
    send: maySend(caller, meeting),
  };
}

/** Members in a meeting bring others by its link; that of a one-time call is its agent's. */
function mayInvite(caller: Caller, meeting: Meeting): boolean {
  const { person } = caller;
  if (meeting.cancelled) return false;
  if (meeting.kind === 'oneTime') return mayManage(person, meeting, 'revoke').ok;
  const isInvited = meeting.invitees.some((invitee) => invitee.kind === 'account' && invitee.person === person);
  return isOfCompany(caller) && (hasPart(meeting, person) || isInvited);
}

/** Mail in the company's name is sent by those who run the meeting. */
const maySend = (caller: Caller, meeting: Meeting): boolean =>
  meeting.kind !== 'oneTime' && isOfCompany(caller) && hasPart(meeting, caller.person);

const isOfCompany = ({ class: kind }: Caller): boolean => kind === 'organizer' || kind === 'member';

function isOpen({ log, clock }: MeetingViewsOptions, meeting: Meeting): boolean {
  if (meeting.cancelled) return false;
  const call = callOfMeeting(log, meeting);
  const isHeld = call !== undefined && peopleIn(call.state).length > 0;
  return isHeld || isJoinable(meeting, clock.nowMs(), JOINABLE_BEFORE_MS);
}

/** Names in a meeting are those of people whom the asker may find, and those that outsiders have given themselves. */
async function presentNames(
  options: MeetingViewsOptions,
  meeting: Meeting,
  asking: Asking,
): Promise<readonly string[]> {
  const call = callOfMeeting(options.log, meeting);
  if (call === undefined) return [];
  const names = peopleIn(call.state).map(({ person, name }) =>
    isAnonymous(person) ? [name] : namesOf(options, [person], asking),
  );
  return (await Promise.all(names)).flat();
}

const namesOf = async (options: MeetingViewsOptions, keys: readonly PersonKey[], asking: Asking) =>
  (await knownOf(options, keys, asking)).map(({ name }) => name);

const peopleOf = (options: MeetingViewsOptions, meeting: Meeting, asking: Asking): Promise<readonly Person[]> => {
  const invited = meeting.invitees.flatMap((invitee) => (invitee.kind === 'account' ? [invitee.person] : []));
  const keys = new Set([meeting.organizer, ...meeting.coOrganizers, ...meeting.presenters, ...invited]);
  return knownOf(options, [...keys], asking);
};

async function knownOf(
  { directory }: MeetingViewsOptions,
  keys: readonly PersonKey[],
  { peer, mayFind }: Asking,
): Promise<readonly Person[]> {
  const asker = askerOf(peer);
  const known = await Promise.all(keys.map((key) => directory.person(key, asker)));
  return known.flatMap((person) => {
    const verdict = mayFind(person?.account ?? null);
    return person !== null && (person.key === peer.person || verdict.allowed) ? [toPerson(person)] : [];
  });
}
