import * as v from 'valibot';
import { type Invitee, LOBBY_MODES } from '../../domain/meeting/model.ts';
import { MAX_DURATION_HOURS, MAX_INVITEES, type MeetingDraft } from '../../domain/meeting/schedule.ts';
import type { MeetingMethods } from '../meetings.ts';
import { Id, MediaSchema, MeetingId, PersonKeySchema, Uint } from './primitives.ts';

/** Twice what the rules allow, so that they say what is wrong, each with its own sentence. */
const SLACK = 2;
const MAX_TITLE_CHARS = 400;
const MAX_MAIL_CHARS = 320;
const MAX_LOBBY = 200;
/** An invitation that somebody has rewritten. */
const MAX_TEXT_CHARS = 20_000;
/** A month with a week around it. */
const MAX_RANGE_MS = 46 * 86_400_000;

const text = (maxChars: number) => v.pipe(v.string(), v.maxLength(maxChars));
const people = v.pipe(v.array(PersonKeySchema), v.maxLength(SLACK * MAX_INVITEES));
const zone = text(64);

const InviteeSchema: v.GenericSchema<unknown, Invitee> = v.variant('kind', [
  v.strictObject({ kind: v.literal('account'), person: PersonKeySchema }),
  v.strictObject({ kind: v.literal('mail'), mail: text(MAX_MAIL_CHARS) }),
]);

const DraftSchema: v.GenericSchema<unknown, MeetingDraft> = v.strictObject({
  title: text(MAX_TITLE_CHARS),
  startMs: Uint,
  endMs: Uint,
  zone,
  invitees: v.pipe(v.array(InviteeSchema), v.maxLength(SLACK * MAX_INVITEES)),
  coOrganizers: people,
  presenters: people,
  lobby: v.picklist(LOBBY_MODES),
  anonymousAllowed: v.boolean(),
});

const range = v.pipe(
  v.strictObject({ fromMs: Uint, toMs: Uint }),
  v.check(({ fromMs, toMs }) => fromMs < toMs && toMs - fromMs <= MAX_RANGE_MS, 'a range of up to 46 days'),
);
const oneMeeting = v.strictObject({ meetingId: MeetingId });
const onePerson = v.strictObject({ meetingId: MeetingId, person: PersonKeySchema });
const several = v.strictObject({
  meetingId: MeetingId,
  people: v.pipe(v.array(PersonKeySchema), v.maxLength(MAX_LOBBY)),
});

export const MEETING_REQUESTS: {
  readonly [M in keyof MeetingMethods]: v.GenericSchema<unknown, MeetingMethods[M]['request']>;
} = {
  meetings: v.strictObject({ range: v.exactOptional(range) }),
  calendar: v.strictObject({ range, opened: v.boolean() }),
  meeting: oneMeeting,
  checkMeeting: v.strictObject({ meetingId: v.nullable(MeetingId), draft: DraftSchema }),
  planMeeting: v.strictObject({ commandId: Id, draft: DraftSchema }),
  meetNow: v.strictObject({ commandId: Id, title: text(MAX_TITLE_CHARS), zone }),
  createOneTimeCall: v.strictObject({
    commandId: Id,
    title: text(MAX_TITLE_CHARS),
    zone,
    durationMin: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_DURATION_HOURS * 60)),
  }),
  changeMeeting: v.strictObject({ meetingId: MeetingId, revision: Uint, draft: DraftSchema }),
  cancelMeeting: v.strictObject({ meetingId: MeetingId, revision: Uint }),
  joinLink: oneMeeting,
  revokeLink: oneMeeting,
  invitation: oneMeeting,
  sendInvitation: v.strictObject({
    meetingId: MeetingId,
    text: v.nullable(text(MAX_TEXT_CHARS)),
    to: v.pipe(v.array(text(MAX_MAIL_CHARS)), v.minLength(1), v.maxLength(MAX_INVITEES)),
  }),
  joinMeeting: v.strictObject({
    commandId: Id,
    meetingId: MeetingId,
    media: MediaSchema,
    link: v.exactOptional(text(128)),
    again: v.exactOptional(v.boolean()),
  }),
  leaveLobby: oneMeeting,
  admit: onePerson,
  deny: onePerson,
  admitAll: several,
  denyAll: several,
};
