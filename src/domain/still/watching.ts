import type { ImageMark } from '../annotation/types.ts';
import { isIn } from '../call/queries.ts';
import type { CallState, PersonKey } from '../call/state.ts';
import type { StillReply } from './news.ts';

/** A still of one's own camera, as the page of its owner knows it. */
export interface WatchedStill {
  readonly stillId: string;
  readonly from: PersonKey;
  /** With which `from` draws: another page of theirs knows nothing of it. */
  readonly deviceId: string;
  readonly marks: readonly ImageMark[];
  /** When `from` was last heard of it, on the page's clock. */
  readonly heardAtMs: number;
  /** The connection of `from` is away for the moment. */
  readonly isAway: boolean;
}

/** The owner's side: one still at a time, the newest. */
export interface Watching {
  readonly shown: WatchedStill | null;
  /** Stills that are over or were sent away: whatever comes late of them counts no more. Oldest first. */
  readonly over: readonly string[];
}

export const NOTHING_SHOWN: Watching = { shown: null, over: [] };

/** Nothing is late by so many pictures. */
const MAX_OVER = 32;
/** Somebody at a machine talks and points without drawing; longer than this their page is asked whether it still is so. */
export const QUIET_MS = 15_000;
/** A page that has not answered for so long has forgotten the still, e.g. as it was loaded anew. */
export const GIVE_UP_MS = 35_000;

export interface Heard {
  readonly from: PersonKey;
  readonly stillId: string;
  readonly nowMs: number;
}

/** A picture came. One that is shown already was sent again: its marks stay until they come anew. */
export function hearStill(watching: Watching, state: CallState, { from, stillId, nowMs }: Heard): Watching {
  const sender = state.participants[from];
  if (!isIn(sender) || sender.device === null || watching.over.includes(stillId)) return watching;
  const known = watching.shown?.stillId === stillId && watching.shown.from === from ? watching.shown.marks : [];
  const shown: WatchedStill = {
    stillId,
    from,
    deviceId: sender.device.id,
    marks: known,
    heardAtMs: nowMs,
    isAway: sender.state === 'reconnecting',
  };
  return { ...watching, shown };
}

export function hearMarks(watching: Watching, heard: Heard, marks: readonly ImageMark[]): Watching {
  const { shown } = watching;
  if (shown === null || !isAbout(shown, heard)) return watching;
  return { ...watching, shown: { ...shown, marks, heardAtMs: heard.nowMs } };
}

/** Also of one that is yet to come; `stillId` null: of whatever `from` had frozen before. */
export function hearOver(
  watching: Watching,
  { from, stillId }: { readonly from: PersonKey; readonly stillId: string | null },
): Watching {
  const { shown } = watching;
  if (stillId === null) return shown?.from === from ? sendAway(watching) : watching;
  if (shown?.stillId === stillId) return shown.from === from ? sendAway(watching) : watching;
  return { ...watching, over: remember(watching.over, stillId) };
}

/** Nothing is heard of it: until it is. */
export const letGo = (watching: Watching): Watching =>
  watching.shown === null ? watching : { ...watching, shown: null };

/** Sent away: back to the live picture, whatever the other one does with it. */
export const sendAway = (watching: Watching): Watching =>
  watching.shown === null ? watching : { shown: null, over: remember(watching.over, watching.shown.stillId) };

/**
 * What to say to marks of a still that is not shown: their author believes that it is, as something was lost on the way. Null
 * where it is shown.
 */
export function contradict(
  { shown, over }: Watching,
  { from, stillId }: Pick<Heard, 'from' | 'stillId'>,
): StillReply | null {
  if (shown?.stillId === stillId) return null;
  if (over.includes(stillId)) return { type: 'stillSeen', stillId, seen: 'dismissed' };
  if (shown !== null && shown.from !== from) return { type: 'stillSeen', stillId, seen: 'replaced' };
  return { type: 'askStill', stillId: shown?.stillId ?? null };
}

/** Whoever is gone, or draws with another page by now, draws no more on it, and may have had no time to say so. */
export function followCall(watching: Watching, state: CallState): Watching {
  const { shown } = watching;
  if (shown === null) return watching;
  const sender = state.participants[shown.from];
  if (!isIn(sender) || sender.device?.id !== shown.deviceId) return sendAway(watching);
  const isAway = sender.state === 'reconnecting';
  return isAway === shown.isAway ? watching : { ...watching, shown: { ...shown, isAway } };
}

/** What becomes of a still of which nothing is heard. While its author's connection is away there is nobody to ask. */
export function listen(watching: Watching, nowMs: number): 'fine' | 'ask' | 'giveUp' {
  const { shown } = watching;
  if (shown === null || shown.isAway) return 'fine';
  const quietMs = nowMs - shown.heardAtMs;
  return quietMs < QUIET_MS ? 'fine' : quietMs < GIVE_UP_MS ? 'ask' : 'giveUp';
}

/** Its author is to be asked at once, and has the usual time to answer. */
export const doubt = (watching: Watching, nowMs: number): Watching =>
  watching.shown === null ? watching : { ...watching, shown: { ...watching.shown, heardAtMs: nowMs - QUIET_MS } };

const isAbout = (shown: WatchedStill, { from, stillId }: Heard): boolean =>
  shown.stillId === stillId && shown.from === from;

const remember = (over: readonly string[], stillId: string): readonly string[] =>
  over.includes(stillId) ? over : [...over, stillId].slice(-MAX_OVER);
