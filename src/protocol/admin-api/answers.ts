import * as v from 'valibot';
import { REFUSALS } from '../../domain/call/refusal.ts';
import { LOBBY_MODES } from '../../domain/meeting/model.ts';
import { REACH_ACTIONS, REACH_REFUSALS, REACH_RULES } from '../../domain/reach/model.ts';

/** What the hub answers administrators' pages; these read it with the same schemas. */
const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly());
const names = list(v.string());
const count = v.number();
const reachCode = v.picklist(REACH_REFUSALS);
const action = v.picklist(REACH_ACTIONS);

/** Somebody as an administrator of one company may see them. */
const someoneSchema = v.variant('kind', [
  v.object({ kind: v.literal('person'), key: v.string(), name: v.string(), mail: v.string() }),
  /** Of another company, which alone knows who it is; null where it is none of this hub's. */
  v.object({ kind: v.literal('outsider'), company: v.nullable(v.string()) }),
  /** Joined a meeting by its link: a typed name proves nothing, and is not kept. */
  v.object({ kind: v.literal('anonymous') }),
  /** Of the own company, and not known any more. */
  v.object({ kind: v.literal('gone') }),
  v.object({ kind: v.literal('hub'), by: v.picklist(['file', 'configuration', 'console']) }),
]);
export type Someone = v.InferOutput<typeof someoneSchema>;

const stepSchema = v.object({
  company: v.string(),
  /** False: of another company, which says no more than whom it does not accept. */
  own: v.boolean(),
  rule: v.picklist([...REACH_RULES, 'other-tenant']),
  outcome: v.picklist(['allows', 'denies']),
  from: v.nullable(someoneSchema),
  to: v.nullable(someoneSchema),
  policy: v.nullable(v.string()),
  segment: v.nullable(v.string()),
  entry: v.nullable(v.string()),
});
export type AdminStep = v.InferOutput<typeof stepSchema>;

/** Something wrong or surprising in a policy: its kind, and the names that its sentence needs. */
const remarkSchema = v.object({
  kind: v.string(),
  weight: v.picklist(['error', 'warning', 'note']),
  names: v.record(v.string(), v.string()),
});
export type PolicyRemark = v.InferOutput<typeof remarkSchema>;

const fileProblemSchema = v.object({ path: v.string(), message: v.string() });
export type AdminFileProblem = v.InferOutput<typeof fileProblemSchema>;

export const sessionAnswerSchema = v.object({
  me: v.object({ name: v.string(), mail: v.string() }),
  company: v.string(),
  domains: names,
});
export type AdminSession = v.InferOutput<typeof sessionAnswerSchema>;

export const peopleAnswerSchema = v.object({
  people: list(
    v.object({ key: v.string(), name: v.string(), mail: v.string(), jobTitle: v.string(), isGuest: v.boolean() }),
  ),
});
export type FoundPerson = v.InferOutput<typeof peopleAnswerSchema>['people'][number];

export const policyAnswerSchema = v.object({
  revision: count,
  atMs: count,
  by: someoneSchema,
  /** The policy file. */
  text: v.string(),
});
export type AdminPolicy = v.InferOutput<typeof policyAnswerSchema>;

const lobbyMode = v.picklist(LOBBY_MODES);
/** As `MeetingSettings` of the domain. */
const meetingSettingsSchema = v.object({
  lobby: v.object({ default: lobbyMode, allowed: list(lobbyMode) }),
  anonymousJoin: v.boolean(),
  anonymousCanStart: v.boolean(),
  headsetMayAdmit: v.boolean(),
  oneTimeLinkHours: count,
});

/** People whom the rules cannot tell apart; of another company no more than that it is they. */
const alikeSchema = v.object({
  company: v.string(),
  own: v.boolean(),
  guests: v.boolean(),
  hidden: v.boolean(),
  /** null: of several, which makes no difference here. */
  segments: v.nullable(names),
  /** null: of another company, or nobody counts them. */
  count: v.nullable(count),
  /** The addresses of the first few. */
  people: names,
});
export type AlikeSummary = v.InferOutput<typeof alikeSchema>;

const changeSchema = v.object({
  a: alikeSchema,
  b: alikeSchema,
  example: v.object({ from: v.string(), to: v.string() }),
  /** Of the side that refuses: before a gain, after a loss. */
  code: v.nullable(reachCode),
  policy: v.nullable(v.string()),
});
export type ReachChangeSummary = v.InferOutput<typeof changeSchema>;

const endingCallSchema = v.object({
  kind: v.picklist(['direct', 'meeting']),
  people: list(someoneSchema),
  leaving: list(someoneSchema),
});
export type EndingCall = v.InferOutput<typeof endingCallSchema>;

export const checkAnswerSchema = v.variant('ok', [
  v.object({ ok: v.literal(false), problems: list(fileProblemSchema) }),
  v.object({
    ok: v.literal(true),
    /** From which the difference was taken. */
    revision: count,
    /** Parts of the policy that are not as before. */
    changed: names,
    gains: list(changeSchema),
    losses: list(changeSchema),
    /** Addresses of the first few, and how many there are. */
    added: v.object({ count, people: names }),
    removed: v.object({ count, people: names }),
    remarks: list(remarkSchema),
    calls: list(endingCallSchema),
    /** null: they stay as they are. */
    meetings: v.nullable(v.object({ before: meetingSettingsSchema, after: meetingSettingsSchema })),
  }),
]);
export type CheckAnswer = v.InferOutput<typeof checkAnswerSchema>;
export type DryRun = Extract<CheckAnswer, { ok: true }>;

export const applyAnswerSchema = v.variant('ok', [
  v.object({ ok: v.literal(false), problems: list(fileProblemSchema) }),
  v.object({ ok: v.literal(true), revision: count }),
]);
export type ApplyAnswer = v.InferOutput<typeof applyAnswerSchema>;

export const tryAnswerSchema = v.variant('kind', [
  v.object({
    kind: v.literal('verdict'),
    allowed: v.boolean(),
    code: v.nullable(reachCode),
    from: someoneSchema,
    to: someoneSchema,
    steps: list(stepSchema),
  }),
  /** Nobody of the own company has this address. */
  v.object({ kind: v.literal('nobody'), who: v.string() }),
  /** None of them is of the own company. */
  v.object({ kind: v.literal('not-yours') }),
]);
export type TryAnswer = v.InferOutput<typeof tryAnswerSchema>;

export const matrixAnswerSchema = v.object({
  segments: v.object({
    /** The last one, '', is people without a segment. */
    names,
    /** How many people are in each; null where nobody counts them. */
    counts: v.nullable(list(count)),
    /** Row and column, the same both ways. */
    allowed: list(list(v.boolean())),
  }),
  companies: list(v.object({ name: v.string(), domain: v.string(), accepted: v.boolean(), accepts: v.boolean() })),
  external: v.object({
    enabled: v.boolean(),
    mode: v.picklist(['open', 'allow', 'block', 'none']),
    domains: names,
    blockSubdomains: v.boolean(),
  }),
  meetings: meetingSettingsSchema,
  guests: v.object({ enabled: v.boolean(), reach: v.picklist(['teams', 'tenant']), count: v.nullable(count) }),
  remarks: list(remarkSchema),
});
export type AdminMatrix = v.InferOutput<typeof matrixAnswerSchema>;

const recordEntries = { place: count, reference: v.string(), atMs: count };
/** So many more of the same; and that nothing more of this person is written within the hour. */
const repeatedEntries = { times: v.optional(count), isLast: v.optional(v.boolean()) };
const refusedEntries = {
  ...repeatedEntries,
  actor: someoneSchema,
  present: list(someoneSchema),
  code: reachCode,
  rules: list(stepSchema),
};

/** Enough to know which one. */
const meetingSchema = v.object({
  /** Empty for one of the company's own calendar, where subjects may be private. */
  title: v.string(),
  startMs: count,
  organizer: someoneSchema,
});
export type MeetingNamed = v.InferOutput<typeof meetingSchema>;

export const auditRecordSchema = v.variant('kind', [
  v.object({
    ...recordEntries,
    ...refusedEntries,
    kind: v.literal('refused'),
    action,
    target: v.nullable(someoneSchema),
    domain: v.nullable(v.string()),
  }),
  v.object({ ...recordEntries, ...refusedEntries, kind: v.literal('removed') }),
  v.object({
    ...recordEntries,
    ...repeatedEntries,
    kind: v.literal('sign-in-refused'),
    actor: someoneSchema,
    code: v.picklist([...REACH_REFUSALS, 'licence-missing', 'guest-on-headset']),
  }),
  v.object({
    ...recordEntries,
    ...repeatedEntries,
    kind: v.literal('door-refused'),
    actor: someoneSchema,
    meetingId: v.string(),
    /** null: it is not known any more. */
    meeting: v.nullable(meetingSchema),
    code: v.picklist(REFUSALS),
  }),
  v.object({
    ...recordEntries,
    kind: v.literal('policy-changed'),
    by: someoneSchema,
    revision: count,
    changed: names,
  }),
  v.object({ ...recordEntries, kind: v.literal('exported'), by: someoneSchema, what: v.picklist(['policy', 'audit']) }),
  v.object({
    ...recordEntries,
    kind: v.literal('administrator-changed'),
    by: someoneSchema,
    person: someoneSchema,
    granted: v.boolean(),
  }),
]);
export type AdminRecord = v.InferOutput<typeof auditRecordSchema>;

export const auditAnswerSchema = v.object({
  records: list(auditRecordSchema),
  /** Before which the next page begins; null at the end. */
  next: v.nullable(count),
});
export type AuditPage = v.InferOutput<typeof auditAnswerSchema>;

/** Of every status from 400. */
export const adminRefusalSchema = v.object({
  code: v.picklist(REFUSALS),
  detail: v.optional(v.string()),
  reference: v.optional(v.string()),
});
