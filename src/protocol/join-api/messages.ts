import * as v from 'valibot';
import type { RefusalCode } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';

/** Where pages are asked for, and where what they ask goes. Both take a link's token and tell no more than what stands here. */
export const JOIN_PAGE_PATH = '/join';
export const JOIN_API_PATH = '/api/join';

/** Of names as they are typed; shorter ones are shown. */
const MAX_TYPED_NAME = 200;

/** Anything of about the right size is looked up: what is no token at all is answered as one that leads nowhere. */
const token = v.pipe(v.string(), v.maxLength(128));

/** `POST /api/join/look`: opening a link. Changes nothing. */
export const LookSchema = v.strictObject({ token });
/** `POST /api/join/knock`: asks for a ticket. `name` counts only for who is not signed in. */
export const KnockSchema = v.strictObject({ token, name: v.pipe(v.string(), v.maxLength(MAX_TYPED_NAME)) });

/** What a link leads to, before anybody is admitted. */
export interface LinkLook {
  /** Null for a link that leads nowhere. */
  readonly company: string | null;
  /** Only to people who are signed in. */
  readonly organizer: string | null;
  /**
   * Null: open. Else `link-unknown`, `link-expired`, `link-revoked`, `call-over`, `one-time-full`, `meeting-full`,
   * `meeting-not-joinable` (too early), `meeting-cancelled`, `anonymous-off` (sign in, where that helps).
   */
  readonly closed: RefusalCode | null;
  /** Known by a cookie of an earlier visit, and expected back: comes in without being admitted again. Never for others. */
  readonly returning: { readonly name: string } | null;
}

/** How to go on at the hub. */
export interface KnockAnswer {
  readonly meetingId: string;
  readonly person: PersonKey;
  /** The name as others will see it. */
  readonly name: string;
  /** The access token of the hub's connection; null for people who are signed in: they use their own. */
  readonly ticket: string | null;
  /** Until when a connection can be made with the ticket, by the hub's clock; another knock gives the next one. */
  readonly ticketEndsMs: number | null;
}
