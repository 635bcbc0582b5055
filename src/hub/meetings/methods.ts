import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { mayManage } from '../../domain/meeting/admitting.ts';
import { whyFull } from '../../domain/meeting/capacity.ts';
import { meetingsToJoin } from '../../domain/meeting/joinable.ts';
import type { AdmitterCommand } from '../../domain/meeting/lobby-command.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import type { AdmittedAll, MeetingMethods, MeetingWithLink } from '../../protocol/meetings.ts';
import type { CalendarDays } from '../calendar/calendar-days.ts';
import type { CallLog } from '../calls/call-log.ts';
import type { Clock } from '../clock.ts';
import { askerOf, type Peer } from '../people/peer.ts';
import type { Accounts } from '../reach/accounts.ts';
import type { Reach } from '../reach/reach.ts';
import type { TimeRange } from '../store/meeting-store.ts';
import { type FoundMeeting, type MeetingBook, names } from './book.ts';
import type { DoorChange, Doors } from './doors.ts';
import type { Invitations } from './invitations.ts';
import { callOfMeeting } from './joining-parts.ts';
import { type Links, mostLinksOf } from './links.ts';
import type { MeetingStart, Planning } from './planning.ts';
import { MEET_NOW_MINUTES } from './planning.ts';
import type { DoorRecords } from './records.ts';
import type { MeetingViews } from './views.ts';
import type { Visitors } from './visitors.ts';

/** What people may ask about meetings, but for joining one, which is a matter of calls. */
export type MeetingService = {
  readonly [M in Exclude<keyof MeetingMethods, 'joinMeeting'>]: (
    peer: Peer,
    request: MeetingMethods[M]['request'],
  ) => Promise<Result<MeetingMethods[M]['answer']>>;
};

export interface MeetingParts {
  readonly book: MeetingBook;
  readonly doors: Doors;
  readonly links: Links;
  readonly visitors: Visitors;
  readonly records: DoorRecords;
  readonly views: MeetingViews;
  readonly planning: Planning;
  readonly invitations: Invitations;
  readonly accounts: Accounts;
  readonly reach: Reach;
  readonly log: Pick<CallLog, 'open'>;
  readonly clock: Clock;
  readonly days: Pick<CalendarDays, 'look' | 'freshen'>;
  /** Whether the organizer's own calendar invites people. */
  readonly inCalendar: (meeting: Meeting) => boolean;
}

/** Without a range: what is over for longer is not asked for any more, and what is further off not yet. */
const PAST_MS = 12 * 3_600_000;
const AHEAD_MS = 7 * 86_400_000;

export function createMeetingService(parts: MeetingParts): MeetingService {
  const { views, planning, links, doors, invitations } = parts;
  const withDetails = async (peer: Peer, result: Result<FoundMeeting['meeting']>) =>
    result.ok ? accept(await views.details(peer, { meeting: result.value, isOurs: true })) : result;
  const found = <T>(peer: Peer, meetingId: string, use: (found: FoundMeeting) => Promise<Result<T>>) =>
    findFor(parts, peer, meetingId).then((one) => (one === null ? refuse('not-found', 'meeting') : use(one)));
  const atDoor = (peer: Peer, meetingId: string, command: DecisionOnly): Promise<Result<DoorChange>> =>
    found(peer, meetingId, (one) => decideAtDoor(parts, peer, one, command));
  const decide = async (peer: Peer, meetingId: string, command: DecisionOnly): Promise<Result<null>> => {
    const decided = await atDoor(peer, meetingId, command);
    return decided.ok ? accept(null) : decided;
  };

  return {
    meetings: async (peer, { range }) => accept(await list(parts, peer, range)),
    calendar: async (peer, { range, opened }) => {
      // Elsewhere nobody plans a day: what is private stays where it is shown.
      const isDesk = peer.device.kind === 'desk';
      return accept(isDesk ? parts.days.look(peer, range, opened) : { state: 'none', entries: [], refusal: null });
    },
    meeting: (peer, { meetingId }) => found(peer, meetingId, async (one) => accept(await views.details(peer, one))),
    async checkMeeting(peer, { meetingId, draft }) {
      const before = meetingId === null ? null : await findFor(parts, peer, meetingId);
      if (meetingId !== null && before === null) return refuse('not-found', 'meeting');
      // What an answer says of the company's settings is for those who can make use of it.
      const may = before === null ? accept(null) : mayManage(peer.person, before.meeting, 'edit');
      if (!may.ok) return may;
      return accept(await planning.check(peer, draft, before));
    },
    planMeeting: async (peer, { commandId, draft }) => withDetails(peer, await planning.plan(peer, draft, commandId)),
    meetNow: (peer, request) => start(parts, peer, { ...request, kind: 'meetNow', durationMin: MEET_NOW_MINUTES }),
    createOneTimeCall: (peer, request) => start(parts, peer, { ...request, kind: 'oneTime' }),
    changeMeeting: (peer, { meetingId, revision, draft }) =>
      found(peer, meetingId, async (one) => withDetails(peer, await planning.change(peer, one, { revision, draft }))),
    cancelMeeting: (peer, { meetingId, revision }) =>
      found(peer, meetingId, async (one) => withDetails(peer, await planning.cancel(peer, one, revision))),
    joinLink: (peer, { meetingId }) =>
      found(peer, meetingId, async (one) => {
        if (!(await views.may(peer, one)).invite) return refuse('organizer-only');
        const url = await links.create(one.meeting, mostLinksOf(peer.person, one.meeting));
        return url.ok ? accept({ url: url.value }) : url;
      }),
    revokeLink: (peer, { meetingId }) =>
      found(peer, meetingId, async (one) => {
        const by = await parts.visitors.see(peer, one.meeting);
        const revoked = await doors.run(one.meeting, { type: 'revoke', by });
        return revoked.ok ? accept(await views.details(peer, one)) : revoked;
      }),
    invitation: (peer, { meetingId }) =>
      found(peer, meetingId, async (one) => {
        const may = await views.may(peer, one);
        return may.invite || may.send ? invitations.write(peer, one.meeting) : refuse('organizer-only');
      }),
    sendInvitation: (peer, { meetingId, text, to }) =>
      found(peer, meetingId, async (one) => {
        // Nobody is to be invited twice to one meeting.
        if (parts.inCalendar(one.meeting)) return refuse('not-allowed', 'the calendar invites');
        const { send } = await views.may(peer, one);
        return send ? invitations.send(peer, one.meeting, { text, to }) : refuse('organizer-only');
      }),
    async leaveLobby(peer, { meetingId }) {
      const door = doors.busyAt(meetingId);
      if (door === undefined) return accept(null);
      const command = { type: 'withdraw', person: peer.person, deviceId: peer.device.id } as const;
      const left = await doors.run(door.meeting, command);
      return left.ok ? accept(null) : left;
    },
    admit: (peer, { meetingId, person }) => decide(peer, meetingId, { type: 'admit', person }),
    deny: (peer, { meetingId, person }) => decide(peer, meetingId, { type: 'deny', person }),
    async admitAll(peer, { meetingId, people }) {
      const decided = await atDoor(peer, meetingId, { type: 'admitAll', people });
      return decided.ok ? accept(admittedOf(decided.value, people)) : decided;
    },
    denyAll: (peer, { meetingId, people }) => decide(peer, meetingId, { type: 'denyAll', people }),
  };
}

type DecisionOnly =
  | { readonly type: 'admit' | 'deny'; readonly person: PersonKey }
  | { readonly type: 'admitAll' | 'denyAll'; readonly people: readonly PersonKey[] };

/** A meeting that names the person, or that they are in or wait for. */
async function findFor(parts: MeetingParts, peer: Peer, meetingId: string): Promise<FoundMeeting | null> {
  const { book, doors, accounts, reach } = parts;
  const found = await book.find({ tid: peer.account.tid, meetingId });
  if (found === null) return null;
  const isInside = doors.busyAt(meetingId)?.state.inside[peer.person] !== undefined;
  return isInside || names(found.meeting, await accounts.of(peer), reach.world()) ? found : null;
}

async function list(parts: MeetingParts, peer: Peer, range: TimeRange | undefined) {
  const { book, views, accounts, reach, clock, log, days, doors } = parts;
  days.freshen(peer);
  const mayFind = await reach.sift('find', peer);
  const nowMs = clock.nowMs();
  const isHeadset = peer.device.kind === 'headset';
  const around = { fromMs: nowMs - PAST_MS, toMs: nowMs + AHEAD_MS };
  const all = await book.of(askerOf(peer), await accounts.of(peer), isHeadset ? around : (range ?? around));
  /** A one-time call begins when its customer comes, however long after its time. */
  const isAwaited = ({ kind, meetingId }: Meeting): boolean =>
    kind === 'oneTime' && (doors.busyAt(meetingId)?.state.waiting.length ?? 0) > 0;
  const isHeld = (meeting: Meeting): boolean => callOfMeeting(log, meeting) !== undefined || isAwaited(meeting);
  const shown = isHeadset
    ? new Set(
        meetingsToJoin(
          all.map(({ meeting }) => meeting),
          nowMs,
          isHeld,
        ).map(({ meetingId }) => meetingId),
      )
    : null;
  const listed = all.filter(({ meeting }) => shown === null || shown.has(meeting.meetingId));
  const seen = await Promise.all(listed.map((found) => views.inList(peer, found, mayFind)));
  // What is over for good by its own door leads nowhere: a one-time call that ended, was revoked or has expired.
  return isHeadset ? seen.filter(({ joinable }) => joinable) : seen;
}

async function start(parts: MeetingParts, peer: Peer, what: MeetingStart): Promise<Result<MeetingWithLink>> {
  const { planning, links, views } = parts;
  const meeting = await planning.start(peer, what);
  if (!meeting.ok) return meeting;
  const url = await links.create(meeting.value, mostLinksOf(peer.person, meeting.value));
  if (!url.ok) return url;
  const details = await views.details(peer, { meeting: meeting.value, isOurs: true });
  return accept({ meeting: details, url: url.value });
}

async function decideAtDoor(
  { doors, visitors, records }: MeetingParts,
  peer: Peer,
  { meeting }: FoundMeeting,
  decision: DecisionOnly,
): Promise<Result<DoorChange>> {
  const by = { caller: await visitors.see(peer, meeting), device: peer.device.kind };
  const command: AdmitterCommand = { ...decision, by };
  const decided = await doors.run(meeting, command);
  if (decided.ok) return decided;
  const { refusal } = decided;
  return refusal.code === 'may-not-admit' ? records.refused(peer.person, meeting, refusal) : decided;
}

/** Those who are away cannot come in now anyhow. */
function admittedOf({ meeting, state, events }: DoorChange, people: readonly PersonKey[]): AdmittedAll {
  const letIn = events.filter((event) => event.type === 'letIn' && people.includes(event.caller.person)).length;
  const waiting = state.waiting.filter(
    ({ caller, awayUntilMs }) => awayUntilMs === null && people.includes(caller.person),
  );
  return { letIn, leftOver: whyFull(state, meeting) === null ? 0 : waiting.length };
}
