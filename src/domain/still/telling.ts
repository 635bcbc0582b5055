import type { ImageMark } from '../annotation/types.ts';
import type { StillNews, StillSeen } from './news.ts';

/** What the owner of the camera is to see. */
export interface WantedStill {
  readonly stillId: string;
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** Compared by identity. */
  readonly marks: readonly ImageMark[];
}

/** What they have, as far as is known; null: no still. */
export type ToldStill = { readonly stillId: string | null; readonly marks: readonly ImageMark[] | null } | null;

/** Of a page that was loaded anew: what it told before is forgotten. */
export const TOLD_BEFORE: ToldStill = { stillId: null, marks: null };

/**
 * What to tell next, so that what they have becomes what is wanted, however much was lost on the way; null when nothing is
 * missing. One after the other: each is told once the one before has arrived at the hub, so none overtakes another.
 */
export function nextNews(wanted: WantedStill | null, told: ToldStill): StillNews | null {
  if (wanted === null) return told === null ? null : { type: 'stillOver', stillId: told.stillId };
  const { stillId, jpeg, marks } = wanted;
  if (told?.stillId !== stillId) return { type: 'still', stillId, jpeg };
  return told.marks === marks ? null : { type: 'stillMarks', stillId, marks };
}

/** What they have once `news` has arrived. */
export function afterNews(news: StillNews): ToldStill {
  switch (news.type) {
    case 'still':
      return { stillId: news.stillId, marks: null };
    case 'stillMarks':
      return { stillId: news.stillId, marks: news.marks };
    case 'stillOver':
      return null;
  }
}

/** What they have when they ask: a page that was loaded anew has nothing, one that was cut off may lack the last marks. */
export const afterAsk = (stillId: string | null): ToldStill => (stillId === null ? null : { stillId, marks: null });

/** How the owner took it. `sending`: no word of it yet. */
export type StillReception = 'sending' | StillSeen;

/** Nothing more is told of a still that its owner does not look at. */
export const isTurnedDown = (reception: StillReception): boolean => reception !== 'sending' && reception !== 'shown';

/**
 * Who asks with this still on screen sees it, who asks without any is to see it; unless they themselves sent it away. With another
 * one on screen they say so themselves.
 */
export function receptionAfterAsk(reception: StillReception, asked: 'this' | 'none' | 'another'): StillReception {
  if (reception === 'dismissed' || reception === 'unreadable' || asked === 'another') return reception;
  return asked === 'this' ? 'shown' : 'sending';
}

/** Bytes of a mark's point on the wire, about: two floats of eight bytes and their tags (MessagePack). */
const POINT_BYTES = 19;
/** A pen in motion is followed ten times a second. */
const MIN_PAUSE_MS = 100;
/** What marks may take of the way to a phone: its call needs the rest. 512 kbit/s. */
const BYTES_PER_MS = 64;

/** How long to wait after `news` before the next: many long strokes are told less often than a single arrow. */
export function pauseAfterMs(news: StillNews): number {
  if (news.type !== 'stillMarks') return MIN_PAUSE_MS;
  const points = news.marks.reduce((sum, mark) => sum + mark.points.length, 0);
  return Math.max(MIN_PAUSE_MS, (points * POINT_BYTES) / BYTES_PER_MS);
}
