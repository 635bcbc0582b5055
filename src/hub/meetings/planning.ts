import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { mayManage } from '../../domain/meeting/admitting.ts';
import { cancelMeeting, editMeeting } from '../../domain/meeting/change.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import { oneTimeMeeting } from '../../domain/meeting/one-time.ts';
import { type MeetingDraft, plannedMeeting, scheduleProblems } from '../../domain/meeting/schedule.ts';
import { scheduleWarnings, type WarningContext } from '../../domain/meeting/schedule-warnings.ts';
import type { Account } from '../../domain/reach/model.ts';
import type { DraftCheck } from '../../protocol/meetings.ts';
import type { CalendarWrites } from '../calendar/calendar-writes.ts';
import type { Clock } from '../clock.ts';
import type { Directory, DirectoryPerson } from '../directory/directory.ts';
import { askerOf, type Peer } from '../people/peer.ts';
import { toMail } from '../policy/address.ts';
import type { Accounts } from '../reach/accounts.ts';
import type { Reach } from '../reach/reach.ts';
import type { MeetingStore } from '../store/meeting-store.ts';
import type { FoundMeeting, MeetingBook } from './book.ts';
import type { HeadsetWearers } from './headset-wearers.ts';
import { meetingSettings } from './settings.ts';
import { isZone } from './zones.ts';

export interface PlanningOptions {
  readonly store: MeetingStore;
  readonly book: MeetingBook;
  readonly directory: Directory;
  readonly accounts: Accounts;
  readonly reach: Reach;
  readonly wearers: Pick<HeadsetWearers, 'has'>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** People's own calendars, where meetings stand in them. */
  readonly calendar: CalendarWrites;
  /** Told after it is stored. */
  readonly onChanged: (before: Meeting | null, after: Meeting) => Promise<void>;
}

/** Plans, changes and cancels the meetings of the hub's own store. */
export interface Planning {
  check(peer: Peer, draft: MeetingDraft, before: FoundMeeting | null): Promise<DraftCheck>;
  plan(peer: Peer, draft: MeetingDraft, commandId: string): Promise<Result<Meeting>>;
  /** At once: to meet with whoever has the link, or a one-time call of two. */
  start(peer: Peer, start: MeetingStart): Promise<Result<Meeting>>;
  change(peer: Peer, found: FoundMeeting, edit: MeetingEdit): Promise<Result<Meeting>>;
  cancel(peer: Peer, found: FoundMeeting, revision: number): Promise<Result<Meeting>>;
}

export interface MeetingEdit {
  readonly revision: number;
  readonly draft: MeetingDraft;
}

export interface MeetingStart {
  readonly kind: 'meetNow' | 'oneTime';
  readonly commandId: string;
  readonly title: string;
  readonly zone: string;
  readonly durationMin: number;
}

/** Of a meeting to meet at once; it goes on while people are in it. */
export const MEET_NOW_MINUTES = 60;
const DAY_MS = 86_400_000;

export function createPlanning(options: PlanningOptions): Planning {
  const { store, clock, newId, calendar, onChanged } = options;

  const keep = async (meeting: Meeting, commandId: string): Promise<Result<Meeting>> => {
    const kept = await store.add(meeting, commandId);
    if (kept.meetingId === meeting.meetingId) await onChanged(null, kept);
    return accept(kept);
  };
  const replace = async (peer: Peer, before: Meeting, after: Result<Meeting>): Promise<Result<Meeting>> => {
    if (!after.ok || after.value.revision === before.revision) return after;
    return calendar.change(peer, { before, after: after.value }, async (meeting) => {
      if (!(await store.change(meeting))) return refuse('meeting-changed');
      await onChanged(before, meeting);
      return accept(meeting);
    });
  };

  return {
    async check(peer, draft, before) {
      const mayInvite = await options.reach.sift('invite', peer);
      const context = await warningContext(options, peer, spelled(draft), before?.meeting ?? null);
      const unknown = (person: PersonKey): boolean => {
        const account = context.accountOf(person);
        const verdict = mayInvite(account ?? null);
        return account === undefined || (person !== peer.person && !verdict.allowed);
      };
      // Whoever runs the meeting is in it, also where nobody else is yet.
      mayInvite(context.organizer);
      const asKnown = {
        ...context,
        accountOf: (one: PersonKey) => (unknown(one) ? undefined : context.accountOf(one)),
      };
      const problems = scheduleProblems(spelled(draft), asKnown);
      const warnings = problems.length > 0 ? [] : scheduleWarnings(spelled(draft), context);
      const inCalendar = before === null ? calendar.keepsFor(peer.account.tid) : calendar.keeps(before.meeting);
      return { problems, warnings, settings: context.settings, inCalendar };
    },
    async plan(peer, typed, commandId) {
      const draft = spelled(typed);
      const fits = await askDraft(options, peer, draft, null);
      if (!fits.ok) return fits;
      const meeting = { ...plannedMeeting(draft, fits.value), meetingId: newId() };
      return calendar.add(peer, { meeting, commandId }, (made) => keep(made, commandId));
    },
    async start(peer, { kind, commandId, title, zone, durationMin }) {
      const agent = await options.accounts.of(peer);
      // Whoever runs a meeting is a member of its company.
      if (agent.kind === 'guest') return refuse('meeting-invalid', 'organizer-not-member');
      if (!isZone(zone)) return refuse('meeting-invalid', 'zone-unknown');
      const nowMs = clock.nowMs();
      const request = { tid: agent.tid, meetingId: newId(), agent: agent.key, title, nowMs, zone, durationMin };
      const oneTime = oneTimeMeeting(request);
      const { lobby } = meetingSettings(options.reach.world(), agent.tid);
      const meeting: Meeting = kind === 'oneTime' ? oneTime : { ...oneTime, kind, lobby: lobby.default };
      return keep(meeting, commandId);
    },
    async change(peer, { meeting, isOurs }, { revision, draft: typed }) {
      const draft = spelled(typed);
      if (!isOurs) return refuse('organizer-only', 'kept elsewhere');
      // Who may not change it at all is told that, and nothing about the draft.
      const may = mayManage(peer.person, meeting, 'edit');
      const fits = await askDraft(options, peer, draft, meeting);
      if (!may.ok) return may;
      if (!fits.ok) return fits;
      return replace(peer, meeting, editMeeting(meeting, draft, { by: peer.person, revision }));
    },
    async cancel(peer, { meeting, isOurs }, revision) {
      if (!isOurs) return refuse('organizer-only', 'kept elsewhere');
      return replace(peer, meeting, cancelMeeting(meeting, { by: peer.person, revision }));
    },
  };
}

/** Addresses in the one spelling in which they are compared; what is none stays, for the rules to refuse. */
const spelled = (draft: MeetingDraft): MeetingDraft => ({
  ...draft,
  invitees: draft.invitees.map((invitee) =>
    invitee.kind === 'mail' ? { ...invitee, mail: toMail(invitee.mail) ?? invitee.mail } : invitee,
  ),
});

/** @returns the organizer's account when the meeting can be so, and everybody in it may be together */
async function askDraft(
  options: PlanningOptions,
  peer: Peer,
  draft: MeetingDraft,
  before: Meeting | null,
): Promise<Result<Account>> {
  const context = await warningContext(options, peer, draft, before);
  const invited = await askInvited(options, peer, draft, before);
  if (!invited.ok) return invited;
  const [problem] = scheduleProblems(draft, context);
  return problem === undefined ? accept(context.organizer) : refuse('meeting-invalid', problem.kind);
}

/** Only people whom the one who invites may reach, and who may be in one meeting with everybody else in it. */
async function askInvited(
  { reach }: PlanningOptions,
  peer: Peer,
  draft: MeetingDraft,
  before: Meeting | null,
): Promise<Result<null>> {
  const action = 'invite';
  const all = namedIn(draft).filter((person) => person !== peer.person);
  const known = new Set(before === null ? [] : namedIn(before));
  const added = all.filter((person) => !known.has(person));
  for (const person of added) {
    const present = all.filter((other) => other !== person);
    const found = await reach.askAbout({ action, actor: peer, present: [], place: 'meeting' }, person);
    if (!found.ok) return found;
    const together = await reach.askAbout({ action, actor: peer, present, place: 'meeting' }, person);
    if (!together.ok) return together;
  }
  return added.length > 0 ? accept(null) : reach.ask({ action, actor: peer, present: [], place: 'meeting' });
}

const namedIn = ({ invitees, coOrganizers, presenters }: MeetingDraft): readonly PersonKey[] => {
  const invited = invitees.flatMap((invitee) => (invitee.kind === 'account' ? [invitee.person] : []));
  return [...new Set([...coOrganizers, ...presenters, ...invited])];
};

async function warningContext(
  options: PlanningOptions,
  peer: Peer,
  draft: MeetingDraft,
  before: Meeting | null,
): Promise<WarningContext> {
  const { directory, accounts, reach, wearers, clock, book } = options;
  const asker = askerOf(peer);
  const self = await accounts.of(peer);
  const known = new Map<PersonKey, DirectoryPerson>();
  const wearing = new Set<PersonKey>();
  for (const key of new Set([peer.person, before?.organizer ?? peer.person, ...namedIn(draft)])) {
    const person = await directory.person(key, asker);
    if (person !== null) known.set(key, person);
    if (person?.usually === 'headset' || (await wearers.has(key))) wearing.add(key);
  }
  const organizer = before === null ? self : (known.get(before.organizer)?.account ?? self);
  const around = { fromMs: draft.startMs - DAY_MS, toMs: draft.endMs + DAY_MS };
  return {
    world: reach.world(),
    settings: meetingSettings(reach.world(), organizer.tid),
    organizer,
    accountOf: (person) => (person === peer.person ? self : known.get(person)?.account),
    isZone,
    nowMs: clock.nowMs(),
    before,
    sitsAtDesk: (person) => !wearing.has(person),
    meetings: (await book.of(asker, self, around)).map(({ meeting }) => meeting),
  };
}
