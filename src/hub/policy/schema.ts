import * as v from 'valibot';
import { DEFAULT_MEETING_SETTINGS, LOBBY_MODES } from '../../domain/meeting/model.ts';
import { ACCOUNT_KINDS } from '../../domain/reach/model.ts';
import { guidSchema } from '../identity/guid.ts';
import { APP_ROLES } from '../identity/identity.ts';
import { toAsciiDomain, toMail } from './address.ts';

/** Compared before anything else. */
export const FILE_VERSION = 1;

const MAX_TEXT_LENGTH = 256;
const MAX_RETENTION_DAYS = 3650;
const DEFAULT_RETENTION_DAYS = 180;

/** What the hub can decide by, and compare, without keeping people waiting. */
export const FILE_LIMITS = {
  tenants: 200,
  domains: 500,
  people: 200_000,
  /** Of one person, or of one segment. */
  groups: 500,
  segments: 500,
  /** People whom one segment or one team names. */
  members: 25_000,
  policies: 1_000,
  teams: 5_000,
  meetings: 500,
} as const;

const text = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(MAX_TEXT_LENGTH, `must have at most ${MAX_TEXT_LENGTH} characters`),
);

/** Text that has one right spelling: any other is turned into it, what has none is refused. */
const spelled = (spell: (raw: string) => string | null, message: string) =>
  v.pipe(
    v.string(message),
    v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
      const right = spell(dataset.value);
      if (right !== null) return right;
      addIssue({ message });
      return NEVER;
    }),
  );
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A name, or the object id of a group in Microsoft Entra, which is written in lower case here. */
const group = v.pipe(
  text,
  v.transform((raw) => (GUID.test(raw) ? raw.toLowerCase() : raw)),
);
const mail = spelled(toMail, 'must be an e-mail address');
const domain = spelled(toAsciiDomain, 'must be a domain such as abc.com');

const flag = (byDefault: boolean) => v.optional(v.boolean('must be true or false'), byDefault);
const oneOf = <const T extends readonly string[]>(values: T) =>
  v.picklist(values, `must be one of: ${values.join(', ')}`);
const list = <T extends v.GenericSchema>(item: T, most: number) =>
  v.pipe(v.array(item, 'must be a list'), v.maxLength(most, `must have at most ${most} entries`));
const optionalList = <T extends v.GenericSchema>(item: T, most: number) =>
  v.optional(list(item, most), () => [] as never[]);

const MODES = ['open', 'allow', 'block', 'none'] as const;
const domainLists = { domains: optionalList(domain, FILE_LIMITS.domains), blockSubdomains: flag(false) };
const externalAccessSchema = v.strictObject({
  enabled: flag(true),
  mode: v.optional(oneOf(MODES), 'open'),
  ...domainLists,
});
const personalExternalAccessSchema = v.strictObject({
  enabled: flag(true),
  mode: v.optional(oneOf(['default', ...MODES]), 'default'),
  ...domainLists,
});

const personSchema = v.strictObject({
  oid: guidSchema,
  displayName: text,
  mail,
  jobTitle: v.optional(v.pipe(v.string('must be text'), v.trim(), v.maxLength(MAX_TEXT_LENGTH)), ''),
  kind: v.optional(oneOf(ACCOUNT_KINDS), 'internal'),
  roles: optionalList(oneOf(Object.values(APP_ROLES)), Object.values(APP_ROLES).length),
  groups: optionalList(group, FILE_LIMITS.groups),
  homeTenantId: v.optional(guidSchema),
  hidden: flag(false),
  externalAccess: v.optional(personalExternalAccessSchema, {}),
  usually: v.optional(oneOf(['headset', 'desk'])),
});

const segmentSchema = v.strictObject({
  name: text,
  groups: optionalList(group, FILE_LIMITS.groups),
  people: optionalList(mail, FILE_LIMITS.members),
});

const barrierPolicySchema = v.strictObject({
  name: text,
  segment: text,
  state: oneOf(['active', 'inactive']),
  allow: v.optional(list(text, FILE_LIMITS.segments)),
  block: v.optional(list(text, FILE_LIMITS.segments)),
});

const barriersSchema = v.strictObject({
  mode: v.optional(oneOf(['single', 'multi']), 'single'),
  legacyBarriers: flag(false),
  policies: optionalList(barrierPolicySchema, FILE_LIMITS.policies),
});

const minutes = v.pipe(v.number('must be a number'), v.integer('must be whole minutes'));
const meetingSchema = v.strictObject({
  meetingId: text,
  title: text,
  startOffsetMin: minutes,
  durationMin: v.pipe(minutes, v.minValue(1, 'must last a minute')),
  organizer: mail,
  invitees: list(mail, FILE_LIMITS.members),
});
const recentContactSchema = v.strictObject({
  of: mail,
  with: mail,
  minutesAgo: v.pipe(minutes, v.minValue(0, 'must not be in the future')),
  outcome: oneOf(['answered', 'missed', 'outgoing']),
});
const demoSchema = v.strictObject({
  spaClientId: guidSchema,
  apiClientId: guidSchema,
  meetings: optionalList(meetingSchema, FILE_LIMITS.meetings),
  recentContacts: optionalList(recentContactSchema, FILE_LIMITS.members),
});

const MAX_LINK_HOURS = 720;
const lobbyMode = oneOf(LOBBY_MODES);
const meetingsSchema = v.strictObject({
  lobby: v.optional(
    v.pipe(
      v.strictObject({
        default: v.optional(lobbyMode, DEFAULT_MEETING_SETTINGS.lobby.default),
        allowed: v.optional(list(lobbyMode, LOBBY_MODES.length), () => [...LOBBY_MODES]),
      }),
      v.check(({ default: mode, allowed }) => allowed.includes(mode), 'must allow its default'),
    ),
    {},
  ),
  anonymousJoin: flag(DEFAULT_MEETING_SETTINGS.anonymousJoin),
  anonymousCanStart: flag(DEFAULT_MEETING_SETTINGS.anonymousCanStart),
  headsetMayAdmit: flag(DEFAULT_MEETING_SETTINGS.headsetMayAdmit),
  oneTimeLinkHours: v.optional(
    v.pipe(
      v.number('must be a number'),
      v.integer('must be whole hours'),
      v.minValue(1, 'must be an hour at least'),
      v.maxValue(MAX_LINK_HOURS, `must be ${MAX_LINK_HOURS} hours at most`),
    ),
    DEFAULT_MEETING_SETTINGS.oneTimeLinkHours,
  ),
});

const tenantSchema = v.strictObject({
  tenantId: guidSchema,
  name: text,
  domains: v.pipe(list(domain, FILE_LIMITS.domains), v.minLength(1, 'must name a domain')),
  people: optionalList(personSchema, FILE_LIMITS.people),
  segments: optionalList(segmentSchema, FILE_LIMITS.segments),
  barriers: v.optional(barriersSchema, {}),
  externalAccess: v.optional(externalAccessSchema, {}),
  teams: optionalList(
    v.strictObject({ name: text, members: optionalList(mail, FILE_LIMITS.members) }),
    FILE_LIMITS.teams,
  ),
  guestAccess: v.optional(
    v.strictObject({ enabled: flag(true), reach: v.optional(oneOf(['teams', 'tenant']), 'teams') }),
    {},
  ),
  meetings: v.optional(meetingsSchema),
  auditRetentionDays: v.optional(
    v.pipe(
      v.number('must be a number'),
      v.integer('must be whole days'),
      v.minValue(1, 'must be a day at least'),
      v.maxValue(MAX_RETENTION_DAYS, `must be ${MAX_RETENTION_DAYS} days at most`),
    ),
    DEFAULT_RETENTION_DAYS,
  ),
  demo: v.optional(demoSchema),
});

export const policyFileSchema = v.strictObject({
  version: v.literal(FILE_VERSION, `must be ${FILE_VERSION}`),
  tenants: v.pipe(list(tenantSchema, FILE_LIMITS.tenants), v.minLength(1, 'must list a tenant')),
  /** Home tenants of guests that this file decides nothing about. */
  otherTenants: optionalList(v.strictObject({ tenantId: guidSchema, name: v.optional(text) }), FILE_LIMITS.tenants),
});

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** A checked policy file, every default filled in, every address in its one spelling. */
export type PolicyFile = DeepReadonly<v.InferOutput<typeof policyFileSchema>>;
export type FileTenant = PolicyFile['tenants'][number];
export type FilePerson = FileTenant['people'][number];
export type FileExternalAccess = FileTenant['externalAccess'];
export type FilePersonalExternalAccess = FilePerson['externalAccess'];
export type FileBarrierPolicy = FileTenant['barriers']['policies'][number];
export type FileDemo = NonNullable<FileTenant['demo']>;
