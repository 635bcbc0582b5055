import { createHash, randomBytes } from 'node:crypto';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import { JOIN_PAGE_PATH } from '../../protocol/join-api/messages.ts';
import type { MeetingRef, MeetingStore } from '../store/meeting-store.ts';

/** More than anybody hands out; each is told once, so a page asks for another where it lost the last one. */
const LINKS_PER_MEETING = 100;
const TOKEN_BYTES = 24;

/** Links to the doors of meetings. Only the hash of a link's token is kept. */
export interface Links {
  /** @returns the whole address, told this once */
  create(meeting: MeetingRef): Promise<Result<string>>;
  /** Where a token leads to; null for one that was never made. Takes the same time for both, as far as the hub can tell. */
  open(token: string): Promise<MeetingRef | null>;
}

export interface LinksOptions {
  readonly store: Pick<MeetingStore, 'addLink' | 'meetingOfLink'>;
  readonly publicOrigin: string;
  readonly nowMs: () => number;
}

export function createLinks({ store, publicOrigin, nowMs }: LinksOptions): Links {
  return {
    async create({ tid, meetingId }) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const link = { tid, meetingId, atMs: nowMs() };
      if (!(await store.addLink(hashOf(token), link, LINKS_PER_MEETING))) {
        return refuse('too-many-requests', 'links of this meeting');
      }
      return accept(`${publicOrigin}${JOIN_PAGE_PATH}/${token}`);
    },
    open: (token) => store.meetingOfLink(hashOf(token)),
  };
}

/** Looked up by hash, so that how long it takes tells nothing of how much of a token is right. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
