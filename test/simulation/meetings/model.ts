import type { LobbyMode, MeetingClass } from '../../../src/domain/meeting/model.ts';
import { MEETING_CLASSES } from '../../../src/domain/meeting/model.ts';
import { LOBBY_TABLE } from '../../domain/meeting/lobby-table.ts';
import { allowedModes, type DoorName, FIRST_RULES, type HouseRules, isAnonymous, isOfAbc, type Who } from './cast.ts';

/** Somebody who waits: at a page, which may be out of touch until its place lapses. */
export interface Waiting {
  readonly who: Who;
  page: string;
  readonly sinceMs: number;
  keptUntilMs: number | null;
}

/** Somebody who was let in, and is in the call or has yet to come. */
export interface Inside {
  readonly who: Who;
  as: MeetingClass;
  state: 'in' | 'kept';
  /** Of a kept place. */
  keptUntilMs: number;
  /** The page in the call; null before there is one. */
  page: string | null;
  /** When the page in the call counts as lost, once its connection is gone. */
  lostAtMs: number | null;
  readonly isCustomer: boolean;
}

/** Everything that the rules say of one door, in words of their own. */
export interface ModelDoor {
  readonly name: DoorName;
  startMs: number;
  endMs: number;
  revision: number;
  lobby: LobbyMode;
  anonymousAllowed: boolean;
  coOrganizers: readonly Who[];
  invited: readonly Who[];
  cancelled: boolean;
  link: 'fresh' | 'used' | 'revoked';
  over: boolean;
  waiting: Waiting[];
  /** In the order in which they came. */
  inside: Inside[];
  /** The last word about each. */
  readonly decisions: Map<Who, { readonly kind: 'admitted' | 'denied'; readonly by: Who }>;
}

export interface ModelPage {
  isConnected: boolean;
  /** It shows that it waits, or will ask again once it is connected. */
  waits: boolean;
}

export interface Model {
  nowMs: number;
  hubStartedAtMs: number;
  rules: HouseRules;
  readonly doors: Record<DoorName, ModelDoor>;
  readonly pages: Map<string, ModelPage>;
  /** How often each thing was seen, so that a run that saw nothing is not taken for a proof. */
  readonly seen: Map<string, number>;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** Back without a new admission, as published. */
export const GRACE_MS = 60_000;
/** From this long before its start people come to a meeting, as published. */
const EARLY_MS = 15 * MINUTE_MS;
const LINK_HOURS = 24;

export const PLANNED_MS = 60 * MINUTE_MS;
export const ONE_TIME_MS = 30 * MINUTE_MS;

export const newDoor = (name: DoorName, nowMs: number): ModelDoor => ({
  ...{ name, startMs: nowMs, endMs: nowMs + (name === 'meeting' ? PLANNED_MS : ONE_TIME_MS), revision: 1 },
  ...{ lobby: 'organization', anonymousAllowed: true, cancelled: false, link: 'fresh', over: false },
  ...{ coOrganizers: name === 'meeting' ? ['eva'] : [], invited: name === 'meeting' ? ['eva'] : [] },
  ...{ waiting: [], inside: [], decisions: new Map() },
});

export const createModel = (nowMs: number): Model => ({
  nowMs,
  hubStartedAtMs: nowMs,
  rules: FIRST_RULES,
  doors: { meeting: newDoor('meeting', nowMs), call: newDoor('call', nowMs) },
  pages: new Map(),
  seen: new Map(),
});

export const see = ({ seen }: Model, what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);

export const pageId = (who: Who, door: DoorName, tab: number): string => `${who} ${door} ${tab}`;

export function pageState(model: Model, page: string): ModelPage {
  const known = model.pages.get(page) ?? { isConnected: false, waits: false };
  model.pages.set(page, known);
  return known;
}

export const waiterIn = (door: ModelDoor, who: Who): Waiting | undefined => door.waiting.find((one) => one.who === who);
export const insiderIn = (door: ModelDoor, who: Who): Inside | undefined => door.inside.find((one) => one.who === who);
/** Those in the door's call, also while their connection is away. */
export const inCall = (door: ModelDoor): readonly Inside[] => door.inside.filter(({ page }) => page !== null);

export function classOf({ rules }: Model, who: Who): MeetingClass {
  if (who === 'dana') return 'organizer';
  if (isOfAbc(who)) return 'member';
  return who === 'olga' && rules.trust ? 'federated' : 'anonymous';
}

export const isFull = (door: ModelDoor): boolean => door.inside.length >= (door.name === 'call' ? 2 : 4);

/** What is final about a door. */
export const finalReasons = ({ over, link, cancelled }: ModelDoor): readonly string[] => [
  ...(over ? ['call-over'] : []),
  ...(link === 'revoked' ? ['link-revoked'] : []),
  ...(cancelled ? ['meeting-cancelled'] : []),
];

/** While somebody is in, it is never too early nor too late. */
export function timeReasons({ nowMs }: Model, door: ModelDoor): readonly string[] {
  const isHeld = door.inside.length > 0;
  if (nowMs < door.startMs - EARLY_MS) return isHeld ? [] : ['meeting-not-joinable'];
  if (door.name === 'call') return door.link === 'fresh' && nowMs >= expiresAtMs(door) ? ['link-expired'] : [];
  return nowMs >= door.endMs && !isHeld ? ['call-over'] : [];
}

export const expiresAtMs = ({ endMs }: ModelDoor): number => endMs + LINK_HOURS * HOUR_MS;

export const deniedReasons = (model: Model, door: ModelDoor, who: Who): readonly string[] =>
  classOf(model, who) === 'anonymous' && !(model.rules.anonymousJoin && door.anonymousAllowed) ? ['anonymous-off'] : [];

/** Everything that is true and keeps somebody from coming to a door, or back to it. */
export function reasonsAgainst(model: Model, door: ModelDoor, who: Who): ReadonlySet<string> {
  const isIn = insiderIn(door, who) !== undefined;
  const final = isIn ? finalReasons({ ...door, cancelled: false, link: 'fresh' }) : finalReasons(door);
  const reasons = [...final, ...deniedReasons(model, door, who), ...elsewhereReasons(model, door, who)];
  if (isBarred(model, door, who)) reasons.push('not-federated', 'external-off', 'not-allowed');
  if (isIn) return new Set(reasons);
  reasons.push(...timeReasons(model, door));
  if (waiterIn(door, who) !== undefined) return new Set(reasons);
  if (isFull(door)) reasons.push(door.name === 'call' ? 'one-time-full' : 'meeting-full');
  if (door.name === 'call' && door.link === 'used' && !mayEnter(model, door, who)) reasons.push('one-time-full');
  return new Set(reasons);
}

/** Nobody is in, or kept a place, for whom a company vouches; from when on such people do not hold the room. */
export const loneUntilMs = (door: ModelDoor): number => {
  if (door.inside.length === 0 || door.inside.some(({ as }) => as !== 'anonymous')) return Infinity;
  if (door.cancelled) return 0;
  return door.name === 'call' ? expiresAtMs(door) : door.endMs;
};

/** Nobody is in two calls. */
const elsewhereReasons = ({ doors }: Model, door: ModelDoor, who: Who): readonly string[] =>
  Object.values(doors).some((other) => other !== door && inCall(other).some((one) => one.who === who))
    ? ['already-in-call']
    : [];

/** Somebody of a company that is not trusted any more holds the room, alone: who was there first stays. */
const isHeldByForeigner = (model: Model, door: ModelDoor): boolean =>
  !model.rules.trust && inCall(door).some(({ who, as }) => who === 'olga' && as === 'federated');

/** Who may not be with those who are in, and so is not let in to them. */
export const isBarred = (model: Model, door: ModelDoor, who: Who): boolean =>
  isOfAbc(who) && isHeldByForeigner(model, door);

/** Whether somebody need not wait: the table with its notes, each setting that counts for itself. */
export function mayEnter(model: Model, door: ModelDoor, who: Who): boolean {
  if (deniedReasons(model, door, who).length > 0) return false;
  if (who === 'dana') return true;
  if (door.name === 'call') return false;
  if (door.coOrganizers.includes(who)) return true;
  const isAllowed = allowedModes(model.rules).includes(door.lobby);
  return (isAllowed ? [door.lobby] : [door.lobby, 'organization' as const]).every((mode) =>
    passes(model, door, who, mode),
  );
}

function passes(model: Model, door: ModelDoor, who: Who, mode: LobbyMode): boolean {
  const as = classOf(model, who);
  if (mode === 'invited' && door.invited.includes(who)) return !isAnonymous(who);
  if (mode === 'everyone' && as === 'anonymous') {
    return model.rules.anonymousCanStart || door.inside.some((one) => one.state === 'in' && one.as !== 'anonymous');
  }
  return LOBBY_TABLE[mode][MEETING_CLASSES.indexOf(as)] === 'in';
}

export const mayAdmit = (door: ModelDoor, who: Who): boolean =>
  (who === 'dana' || door.coOrganizers.includes(who)) && waiterIn(door, who) === undefined;

/** For the agent's list. */
export function linkState(model: Model, door: ModelDoor): string {
  if (door.over) return 'ended';
  if (door.link === 'used') return 'inCall';
  if (door.link === 'revoked' || door.cancelled) return 'revoked';
  if (model.nowMs >= expiresAtMs(door)) return 'expired';
  return door.waiting.length > 0 ? 'inLobby' : 'waiting';
}
