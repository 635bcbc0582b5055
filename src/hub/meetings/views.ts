import { peopleIn } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { mayAdmit, mayManage } from '../../domain/meeting/admitting.ts';
import { isAnonymous } from '../../domain/meeting/anonymous.ts';
import { isJoinable, JOINABLE_BEFORE_MS } from '../../domain/meeting/joinable.ts';
import type { LobbyContext } from '../../domain/meeting/lobby-context.ts';
import type { LobbyState } from '../../domain/meeting/lobby-state.ts';
import { type Caller, DEFAULT_MEETING_SETTINGS, type Meeting } from '../../domain/meeting/model.ts';
import { linkExpiresAtMs, oneTimeState } from '../../domain/meeting/one-time.ts';
import { whyClosed, whyNotOpen } from '../../domain/meeting/opening.ts';
import { mayInMeeting } from '../../domain/meeting/rights.ts';
import { mayKnowWhoIsIn } from '../../domain/meeting/roster.ts';
import type { MeetingDraft } from '../../domain/meeting/schedule.ts';
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
  /** Whether the organizer's own calendar invites people, and tells them of each change. */
  readonly inCalendar: (meeting: Meeting) => boolean;
}

export function createMeetingViews(options: MeetingViewsOptions): MeetingViews {
  const { reach, doors, visitors } = options;
  const inList: MeetingViews['inList'] = async (peer, found, mayFind) => {
    const { meeting } = found;
    const { meetingId, kind, title, startMs, endMs, zone, cancelled } = meeting;
    const caller = await visitors.see(peer, meeting);
    const may = mayOf(options, peer, { ...found, caller });
    const [organizer] = await namesOf(options, [meeting.organizer], { peer, mayFind });
    const state = await doors.state(meeting);
    const context = doors.contextOf(meeting);
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
      joinable: isOpen(options, state, context),
      present: mayKnowWhoIsIn(state, caller, context) ? await presentNames(options, meeting, { peer, mayFind }) : [],
      waiting: may.admit || hasPart(meeting, peer.person) ? state.waiting.length : 0,
      oneTime: isAgent ? oneTimeState(state, context) : null,
      may,
    };
  };
  return {
    inList,
    async may(peer, found) {
      return mayOf(options, peer, { ...found, caller: await visitors.see(peer, found.meeting) });
    },
    async details(peer, found) {
      const { meeting } = found;
      const mayFind = await reach.sift('find', peer);
      const { class: as, signedIn } = await visitors.see(peer, meeting);
      const who = { class: as, signedIn, device: peer.device.kind, meeting: meeting.kind };
      const mayKnow = mayInMeeting('roster', who).ok;
      const mayKnowInvited = as === 'organizer' || as === 'member' || hasPart(meeting, peer.person);
      const isAgent = meeting.kind === 'oneTime' && hasPart(meeting, peer.person);
      return {
        ...(await inList(peer, found, mayFind)),
        revision: meeting.revision,
        inCalendar: options.inCalendar(meeting),
        draft: mayKnowInvited ? draftOf(meeting) : blankDraft(meeting),
        people: mayKnow ? await peopleOf(options, meeting, { peer, mayFind }) : [],
        linkExpiresAtMs: isAgent ? linkExpiresAtMs(meeting, doors.contextOf(meeting).settings) : null,
      };
    },
  };
}

function draftOf(meeting: Meeting): MeetingDraft {
  const { title, startMs, endMs, zone, invitees, coOrganizers, presenters, lobby, anonymousAllowed } = meeting;
  return { title, startMs, endMs, zone, invitees, coOrganizers, presenters, lobby, anonymousAllowed };
}

/** For whom the meeting's company cannot vouch: when it is, and nothing of how it is run and for whom. */
function blankDraft({ title, startMs, endMs, zone }: Meeting): MeetingDraft {
  const lobby = DEFAULT_MEETING_SETTINGS.lobby.default;
  const nobody = { invitees: [], coOrganizers: [], presenters: [] };
  return { title, startMs, endMs, zone, ...nobody, lobby, anonymousAllowed: true };
}

interface Asking {
  readonly peer: Peer;
  readonly mayFind: Sieve;
}

interface AtMeeting extends FoundMeeting {
  readonly caller: Caller;
}

function mayOf(
  { doors, inCalendar }: MeetingViewsOptions,
  peer: Peer,
  { meeting, isOurs, caller }: AtMeeting,
): MayInMeeting {
  const may = (action: 'edit' | 'cancel'): boolean =>
    isOurs && !meeting.cancelled && mayManage(peer.person, meeting, action).ok;
  const { settings } = doors.contextOf(meeting);
  return {
    edit: may('edit'),
    cancel: may('cancel'),
    admit: mayAdmit({ caller, device: peer.device.kind }, meeting, settings).ok,
    invite: mayInvite(caller, meeting),
    send: !inCalendar(meeting) && maySend(caller, meeting),
    add: mayAdd(caller, peer, meeting),
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

/** The two places of a one-time call are its agent's and the customer's. */
function mayAdd({ class: as, signedIn }: Caller, { device }: Pick<Peer, 'device'>, { kind }: Meeting): boolean {
  return (
    kind !== 'oneTime' && mayInMeeting('addPeople', { class: as, signedIn, device: device.kind, meeting: kind }).ok
  );
}

/** A one-time call for as long as its link works, once somebody waits for its agent. */
function isOpen({ log, clock }: MeetingViewsOptions, state: LobbyState, context: LobbyContext): boolean {
  const { meeting } = context;
  if (whyClosed(state, context) !== null || whyNotOpen(state, context) !== null) return false;
  const call = callOfMeeting(log, meeting);
  const isHeld = call !== undefined && peopleIn(call.state).length > 0;
  const isAwaited = meeting.kind === 'oneTime' && state.waiting.length > 0;
  return isHeld || isAwaited || isJoinable(meeting, clock.nowMs(), JOINABLE_BEFORE_MS);
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
