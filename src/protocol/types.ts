import type { FrameRef } from '../domain/annotation/types.ts';
import type { CallCommand } from '../domain/call/command.ts';
import type { Refusal, RefusalCode } from '../domain/call/refusal.ts';
import type { Device, MediaState, PersonKey } from '../domain/call/state.ts';
import type { ViewerPose } from '../domain/registration/pose.ts';
import type { StillNews, StillReply } from '../domain/still/news.ts';
import type { CallLog, Person } from './basics.ts';
import type { MeetingMessages, MeetingMethods } from './meetings.ts';

export type { CallLog, Person } from './basics.ts';
export type { Meeting } from './meetings.ts';

export const PRESENCES = ['available', 'inCall', 'away', 'offline'] as const;
export type Presence = (typeof PRESENCES)[number];

export interface Contact extends Person {
  readonly presence: Presence;
  /** The last call with this person, newest first in lists; null when found by search. */
  readonly last: { readonly atMs: number; readonly outcome: 'answered' | 'missed' | 'outgoing' } | null;
  /** Why this person can no longer be called; such a contact is shown greyed. Only in `contacts`; null when all is well. */
  readonly refusal: RefusalCode | null;
}

/** The person that a page is signed in as. */
export interface Me extends Person {
  /** The account belongs elsewhere and was invited into this tenant. */
  readonly isGuest: boolean;
}

/** A tenant in which the person has an account. */
export interface TenantOfMe {
  readonly tid: string;
  readonly name: string;
  /** The tenant's first domain. */
  readonly domain: string;
  /** Where the account is a member's; false where it is a guest's. */
  readonly home: boolean;
}

export interface Hello {
  readonly protocolVersion: number;
  readonly device: Device;
  /** Calls this page already knows, with the last event it has. */
  readonly resume: readonly { readonly callId: string; readonly afterSeq: number }[];
}

export interface Welcome {
  readonly protocolVersion: number;
  readonly hubTimeMs: number;
  /** Of somebody without a sign-in, who came by a link: the name they typed, and nothing else. */
  readonly me: Me;
  /** Of such a person the company that the link belongs to. */
  readonly tenantName: string;
  /** The home tenant and those where the same person is a guest, for a switcher; at least the one that is signed in to; none without a sign-in. */
  readonly tenants: readonly TenantOfMe[];
  /** Whether this account may change the tenant's policies. */
  readonly isAdmin: boolean;
  /** Open calls this person is in or rung by, each with the events that the page lacks. */
  readonly calls: readonly CallLog[];
}

export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** WebRTC negotiation between two people of one call: round the log, may be lost. */
export type SignalPayload =
  | { readonly type: 'description'; readonly sdpType: 'offer' | 'answer'; readonly sdp: string }
  | {
      readonly type: 'candidate';
      readonly candidate: string;
      readonly sdpMid: string | null;
      readonly sdpMLineIndex: number | null;
      readonly usernameFragment: string | null;
    }
  /** The end of a negotiation of its own, e.g. after a page was reloaded: start from nothing. */
  | { readonly type: 'restart' };

/** One picture of a headset's camera, for when video finds no path. */
export interface Snapshot {
  /** Its id is none of a video frame's: see `FIRST_SNAPSHOT_FRAME_ID` in src/domain. */
  readonly frame: FrameRef;
  /** False: the headset did not know where it was; `pose` then means nothing. */
  readonly tracked: boolean;
  /** Where the viewer was when the picture was taken, in the space that the frame's epoch counts. */
  readonly pose: ViewerPose;
  /** When it was taken, on the hub's clock, ms since the epoch. */
  readonly takenAtMs: number;
  readonly jpeg: Uint8Array<ArrayBuffer>;
}

export const SNAPSHOT_REFUSALS = ['camera-off', 'no-picture'] as const;
export type SnapshotRefusal = (typeof SNAPSHOT_REFUSALS)[number];

/** From one person of a call to another, round the log: may be lost, and nothing depends on it. */
export type RelayPayload =
  | { readonly type: 'askSnapshot' }
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'noSnapshot'; readonly reason: SnapshotRefusal }
  | StillNews
  | StillReply
  /** The sender no longer shows the screen that the receiver shares. */
  | { readonly type: 'closeScreen' };

/** Methods that a page invokes on the hub: argument and answer. One argument each. */
export interface HubMethods extends MeetingMethods {
  hello: { request: Hello; answer: Welcome };
  contacts: { request: Record<string, never>; answer: readonly Contact[] };
  search: { request: { readonly query: string }; answer: readonly Contact[] };
  /** Rings somebody; when that person is ringing us, answers instead. Idempotent by `commandId`. */
  call: {
    request: { readonly commandId: string; readonly to: PersonKey; readonly media: MediaState };
    answer: CallLog;
  };
  /** Rings one more person into a direct call that this page is in. Idempotent by `commandId`. */
  add: {
    request: { readonly commandId: string; readonly callId: string; readonly to: PersonKey };
    answer: { readonly seq: number };
  };
  command: {
    request: { readonly commandId: string; readonly callId: string; readonly command: CallCommand };
    answer: { readonly seq: number };
  };
  resume: { request: { readonly callId: string; readonly afterSeq: number }; answer: CallLog };
  signal: {
    request: { readonly callId: string; readonly to: PersonKey; readonly payload: SignalPayload };
    answer: null;
  };
  relay: {
    request: { readonly callId: string; readonly to: PersonKey; readonly payload: RelayPayload };
    answer: null;
  };
  iceServers: {
    request: Record<string, never>;
    answer: { readonly iceServers: readonly IceServer[]; readonly ttlS: number };
  };
  /** A fresh access token for this connection, before the old one ends. */
  renew: { request: { readonly accessToken: string }; answer: { readonly expiresAtMs: number } };
}
export type HubMethodName = keyof HubMethods;

/** Messages that the hub sends by itself. One argument each. */
export interface HubMessages extends MeetingMessages {
  events: CallLog;
  signal: { readonly callId: string; readonly from: PersonKey; readonly payload: SignalPayload };
  relay: { readonly callId: string; readonly from: PersonKey; readonly payload: RelayPayload };
  presence: { readonly person: PersonKey; readonly presence: Presence };
  /** Recent contacts or meetings changed: ask again. */
  listsChanged: { readonly list: 'contacts' | 'meetings' };
  /** The connection lives on for its call alone: sign in again before the next one. */
  signInHeld: { readonly untilMs: number };
  /**
   * The rules of reach are about to take this person out of the call: the code, and the reference of the record to quote. The
   * event of leaving, or of the call's end, follows.
   */
  takenOut: { readonly callId: string; readonly refusal: Refusal };
  /** Another account of the same human has come: this page is out, and the connection ends. */
  switched: Record<string, never>;
  /** Another page of this person took the call over. */
  replaced: { readonly callId: string };
}
export type HubMessageName = keyof HubMessages;

/** Every method answers with this, never with an exception. */
export type HubAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };
