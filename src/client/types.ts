import type { ReadonlySignal } from '@preact/signals-core';
import type { CallCommand } from '../domain/call/command.ts';
import type { LoggedEvent } from '../domain/call/event.ts';
import type { Refusal, Result } from '../domain/call/refusal.ts';
import type { CallState, MediaState, PersonKey } from '../domain/call/state.ts';
import type { LobbyPlace } from '../domain/meeting/lobby-view.ts';
import type { MeetingKind } from '../domain/meeting/model.ts';
import type { FrameTag } from '../domain/registration/frame-tag.ts';
import type { LobbyPlaceNews, OwnPart } from '../protocol/meetings.ts';
import type { Contact, Me, Meeting, RelayPayload, SignalPayload, TenantOfMe } from '../protocol/types.ts';
import type { VideoLimit } from './media/video-share.ts';
import type { Door, Planner } from './meetings/types.ts';

// Pages may not import the wire's types themselves.
export type {
  CalendarEntry,
  DraftCheck,
  Invitation,
  LobbyPlaceNews,
  MeetingDetails,
  OwnDay,
  OwnPart,
} from '../protocol/meetings.ts';
export type {
  Contact,
  Me,
  Meeting,
  Presence,
  RelayPayload,
  SignalPayload,
  Snapshot,
  SnapshotRefusal,
  TenantOfMe,
} from '../protocol/types.ts';

/** What pages show of the way to the hub. `closed` is final: only a new sign-in helps. */
export type ConnectionStatus = 'connecting' | 'online' | 'reconnecting' | 'closed';

/** A list that is asked for once and kept fresh by the hub's hints. */
export type Loadable<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly refusal: Refusal };

/** One call as a page sees it: read-only state and one way to change it. */
export interface CallSession {
  readonly callId: string;
  readonly state: ReadonlySignal<CallState>;
  /**
   * Of a meeting's call, told with joining it. `unknown`: the page was reloaded in it, and asks. Null: no meeting, or one into which
   * the page was rung, and nobody is rung into a one-time call; or the hub does not say.
   */
  readonly meetingKind: ReadonlySignal<MeetingKind | 'unknown' | null>;
  /** Why the rules take this person out of the call, with the reference to quote; told before the event of leaving. */
  readonly takenOut: ReadonlySignal<Refusal | null>;
  /**
   * Sends a command. Across a drop it waits and is sent again with the same id, so it takes effect once.
   * Never rejects; a refusal says why nothing changed.
   */
  send(command: CallCommand): Promise<Result<null>>;
  /**
   * Every event once it is part of `state`, also those that were caught up on: for what happens once and leaves
   * no trace in the state (a refused mark's code, why the call ended). Events before the session was opened are not told.
   */
  onEvent(listener: (logged: LoggedEvent) => void): () => void;
  /** WebRTC negotiation with one other person of the call; may be lost. */
  sendSignal(to: PersonKey, payload: SignalPayload): void;
  onSignal(listener: (from: PersonKey, payload: SignalPayload) => void): () => void;
  /**
   * To one other person of the call; may be lost, or overtaken by the next one of its kind. Never rejects. Accepted: the hub has
   * it, and passes it on if that person is there; null: nobody knows whether it has.
   */
  sendRelay(to: PersonKey, payload: RelayPayload): Promise<Result<null> | null>;
  onRelay(listener: (from: PersonKey, payload: RelayPayload) => void): () => void;
}

/** Who is signed in, and where. */
export interface SignedIn extends Me {
  readonly tenantName: string;
  /** The home tenant and those where the same person is a guest. */
  readonly tenants: readonly TenantOfMe[];
  readonly isAdmin: boolean;
}

/** In a meeting's call, or in its lobby. */
export type MeetingEntry =
  | { readonly state: 'in'; readonly session: CallSession; readonly part: OwnPart }
  | { readonly state: 'waiting'; readonly place: LobbyPlace };

export interface MeetingEntryRequest {
  readonly meetingId: string;
  readonly media: MediaState;
  /** The token of a join link, from whoever is not invited. */
  readonly link?: string;
  /** Not by anybody's wish: the page asks for the place that it had. */
  readonly again?: boolean;
}

/** Everything a page needs of the hub, once somebody is signed in. */
export interface SightlineClient {
  readonly status: ReadonlySignal<ConnectionStatus>;
  readonly closedBecause: ReadonlySignal<Refusal | null>;
  readonly me: ReadonlySignal<SignedIn | null>;
  readonly contacts: ReadonlySignal<Loadable<readonly Contact[]>>;
  readonly meetings: ReadonlySignal<Loadable<readonly Meeting[]>>;
  /** The call somebody rings this person with; the oldest first. */
  readonly incoming: ReadonlySignal<CallSession | null>;
  /** The call this page is in, or rings somebody for. */
  readonly current: ReadonlySignal<CallSession | null>;
  /** Set while sign-in could not be renewed during a call: the connection lives for that call alone. */
  readonly signInHeldUntilMs: ReadonlySignal<number | null>;
  search(query: string): Promise<Result<readonly Contact[]>>;
  /** Rings; when that person is ringing us at the same moment, both are joined. */
  call(to: PersonKey, media: MediaState): Promise<Result<CallSession>>;
  /** The call that this page was in goes on at another device of the same person, who joined it there. Told after it is gone here. */
  onMovedAway(listener: () => void): () => void;
  /** Rings one more person into the call that this page is in. */
  add(callId: string, to: PersonKey): Promise<Result<null>>;
  /** Where its lobby is on the way, answers once that wait is over; null when it was ended by `door.leave`, or on another page. */
  joinMeeting(meetingId: string, media: MediaState): Promise<Result<CallSession | null>>;
  readonly door: Door;
  readonly planner: Planner;
  /** Comes in, or waits in the lobby: `onLobbyPlace` then tells what becomes of it; once admitted, ask again. */
  enterMeeting(request: MeetingEntryRequest): Promise<Result<MeetingEntry>>;
  /** Waits no more. */
  leaveLobby(meetingId: string): Promise<void>;
  onLobbyPlace(listener: (news: LobbyPlaceNews) => void): () => void;
  iceServers(): Promise<RTCIceServer[]>;
  /** hub clock minus this page's clock, ms */
  readonly clockOffsetMs: ReadonlySignal<number>;
  start(): void;
  stop(): Promise<void>;
}

export type LinkState = 'connecting' | 'connected' | 'reconnecting' | 'no-path';

/** Computed from getStats; thresholds as the product replaced published them. */
export interface LinkQuality {
  readonly level: 'unknown' | 'good' | 'fair' | 'poor';
  readonly roundTripMs: number | null;
  readonly lossRatio: number | null;
  readonly receivedKbps: number | null;
  readonly sentKbps: number | null;
  readonly framesPerSecond: number | null;
  readonly frameWidthPx: number | null;
  readonly frameHeightPx: number | null;
}

/** How the pose of a frame travels here, best first. */
export type PoseTransport = 'script-transform' | 'encoded-streams' | 'rtp-map' | 'none';

/** Audio and video between this page and one other person of the call, as views see it, whoever carries them. */
export interface MediaLink {
  readonly peer: PersonKey;
  readonly state: ReadonlySignal<LinkState>;
  readonly quality: ReadonlySignal<LinkQuality>;
  readonly remoteAudio: ReadonlySignal<MediaStream | null>;
  readonly remoteVideo: ReadonlySignal<MediaStream | null>;
  readonly poseTransport: ReadonlySignal<PoseTransport>;
  /**
   * The tag of the frame that is on screen: give it the metadata of `requestVideoFrameCallback`
   * of the element that plays `remoteVideo`. Null when the frame carried none.
   */
  tagOfFrame(metadata: VideoFrameCallbackMetadata): FrameTag | null;
}

/** A connection of its own to one other person: what a mesh is made of. */
export interface PeerLink extends MediaLink {
  setLocalAudio(track: MediaStreamTrack | null): void;
  setLocalVideo(track: MediaStreamTrack | null): void;
  /** This person's share of what one's picture may cost. */
  limitVideo(limit: VideoLimit): void;
  dispose(): void;
}
