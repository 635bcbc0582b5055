import { createHash, randomBytes } from 'node:crypto';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import { JOIN_PAGE_PATH } from '../../protocol/join-api/messages.ts';
import type { MeetingRef, MeetingStore } from '../store/meeting-store.ts';
import { hasPart } from './book.ts';

/**
 * More than anybody hands out; each is told once, so a page asks for another where it lost the last one. Those who run the
 * meeting always have some left, however many others make.
 */
const LINKS_OF_THE_INVITED = 100;
const LINKS_PER_MEETING = 300;
const TOKEN_BYTES = 24;

/** Links to the doors of meetings. Only the hash of a link's token is kept. */
export interface Links {
  /** @param most links of the meeting, this one included @returns the whole address, told this once */
  create(meeting: MeetingRef, most: number): Promise<Result<string>>;
  /** A link that leads nowhere until it is kept: to a meeting that may not come about. */
  draft(): DraftLink;
  /** Where a token leads to; null for one that was never made. Takes the same time for both, as far as the hub can tell. */
  open(token: string): Promise<MeetingRef | null>;
}

export interface DraftLink {
  readonly url: string;
  /** @param most links of the meeting, this one included @returns the address */
  keep(meeting: MeetingRef, most: number): Promise<Result<string>>;
}

export interface LinksOptions {
  readonly store: Pick<MeetingStore, 'addLink' | 'meetingOfLink'>;
  readonly publicOrigin: string;
  readonly nowMs: () => number;
}

export function createLinks({ store, publicOrigin, nowMs }: LinksOptions): Links {
  const draft = (): DraftLink => {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const url = `${publicOrigin}${JOIN_PAGE_PATH}/${token}`;
    return {
      url,
      async keep({ tid, meetingId }, most) {
        const link = { tid, meetingId, atMs: nowMs() };
        return (await store.addLink(hashOf(token), link, most)) ? accept(url) : refuse('too-many-links');
      },
    };
  };
  return {
    create: (meeting, most) => draft().keep(meeting, most),
    draft,
    open: (token) => store.meetingOfLink(hashOf(token)),
  };
}

/** How many links a meeting may have at most when this person makes one more. */
export const mostLinksOf = (person: PersonKey, meeting: Meeting): number =>
  hasPart(meeting, person) ? LINKS_PER_MEETING : LINKS_OF_THE_INVITED;

/** Looked up by hash, so that how long it takes tells nothing of how much of a token is right. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
