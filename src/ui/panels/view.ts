import type { AddingPeople } from '../../client/call/adding.ts';
import type { Lobby, OwnPlace } from '../../client/meetings/types.ts';
import type { SearchView } from '../../client/people-search.ts';
import type { ConnectionStatus, Contact, LinkQuality, Loadable, Meeting } from '../../client/types.ts';
import type { Colour } from '../../domain/annotation/types.ts';
import type { EndReason, LeaveReason } from '../../domain/call/event.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { MediaProblem, PersonKey } from '../../domain/call/state.ts';
import type { QrModules } from '../parts/qr-modules.ts';
import type { common } from '../text/en/common.ts';
import type { headset } from '../text/en/headset.ts';
import type { refusals } from '../text/en/refusals.ts';
import type { Texts } from '../text/translate.ts';
import type { DrawingTool } from './command.ts';

export type { SearchView } from '../../client/people-search.ts';

export type HeadsetTexts = Texts<typeof common & typeof refusals & typeof headset>;

export interface TenantChoice {
  readonly tenant: string;
  readonly name: string;
}

export type SignInProblem = 'wrong-tenant' | 'unreachable' | 'failed' | 'cancelled';

/** Which of its screens the page is on, with what that screen shows. */
export type ScreenView =
  | { readonly screen: 'starting' }
  | { readonly screen: 'start-failed'; readonly detail: string }
  | { readonly screen: 'choose-tenant'; readonly choices: readonly TenantChoice[]; readonly unknown: string | null }
  | {
      readonly screen: 'signed-out';
      readonly tenantName: string;
      readonly problem: SignInProblem | null;
      readonly busy: boolean;
      readonly canChangeTenant: boolean;
    }
  | { readonly screen: 'connecting'; readonly tenantName: string }
  | { readonly screen: 'closed'; readonly refusal: Refusal | null; readonly tenantName: string }
  | ({ readonly screen: 'home' } & HomeView)
  | ({ readonly screen: 'call' } & CallView);

export interface HomeView {
  readonly myName: string;
  readonly tenantName: string;
  readonly contacts: Loadable<readonly Contact[]>;
  readonly meetings: Loadable<readonly Meeting[]>;
  readonly open: 'none' | 'menu' | 'settings' | 'search' | 'oneTime';
  readonly search: SearchView;
  readonly oneTime: OneTimeView;
  /** What is being started, and for which the question about video stands open. */
  readonly starting: StartingView | null;
  readonly incoming: IncomingView | null;
  /** In the lobby of the meeting that is being joined; null while not waiting. */
  readonly place: OwnPlace | null;
  readonly version: string;
}

/** The link for a customer that was made here last. */
export type OneTimeView =
  | { readonly state: 'none' }
  | { readonly state: 'creating' }
  | { readonly state: 'failed'; readonly refusal: Refusal }
  | {
      readonly state: 'ready';
      readonly meetingId: string;
      readonly title: string;
      readonly url: string;
      /** Null: it could not be drawn. */
      readonly code: QrModules | null;
    };

export type StartingView =
  | { readonly kind: 'call'; readonly person: PersonKey; readonly name: string; readonly asked: boolean }
  | { readonly kind: 'meeting'; readonly meetingId: string; readonly title: string; readonly asked: boolean };

export interface IncomingView {
  readonly from: string;
  /** Names of the others who are in the call already. */
  readonly others: readonly string[];
  /** Null for a call from one person. */
  readonly meetingTitle: string | null;
  readonly answering: boolean;
}

export interface ParticipantView {
  readonly person: PersonKey;
  readonly name: string;
  readonly isMe: boolean;
  /** What has to stand beside the name. */
  readonly strange: 'notSignedIn' | 'otherCompany' | null;
  readonly state: 'ringing' | 'joined' | 'reconnecting';
  readonly muted: boolean;
  readonly video: 'off' | 'camera' | 'screen';
  readonly problem: MediaProblem;
  /** The wearer rings them, and can stop that alone. */
  readonly mayCallOff: boolean;
  /** Nothing can come from there or get there: a firewall, not a passing fault. */
  readonly noPath: boolean;
}

/** The wearer's own microphone and camera. */
export interface LocalMediaView {
  readonly muted: boolean;
  readonly microphoneProblem: 'none' | 'denied' | 'missing' | 'busy';
  readonly video: 'off' | 'starting' | 'live';
  readonly cameraProblem: MediaProblem;
}

/** Whom to ring into the call, while the wearer looks for somebody. */
export interface AddPeopleView {
  readonly search: SearchView;
  readonly contacts: Loadable<readonly Contact[]>;
  /** Who is being asked for at the hub right now. */
  readonly asking: PersonKey | null;
  /** Why the last one could not be added. */
  readonly refused: { readonly person: PersonKey; readonly refusal: Refusal } | null;
}

export interface CallView {
  readonly title: string;
  /** Whether more people can be rung into it. */
  readonly addingPeople: AddingPeople;
  readonly adding: AddPeopleView | null;
  /** Who shares the screen that the slate shows; null while it shows none. */
  readonly screenOf: string | null;
  readonly participants: readonly ParticipantView[];
  readonly media: LocalMediaView;
  readonly tool: DrawingTool;
  readonly colour: Colour;
  readonly coloursOpen: boolean;
  readonly canUndo: boolean;
  readonly canErase: boolean;
  /** Names of those who edit on the desk. */
  readonly editing: readonly string[];
  readonly hasApproximate: boolean;
  readonly hasStale: boolean;
  readonly tracking: boolean;
  /** True for a moment after an expert was sent a snapshot. */
  readonly snapshotSent: boolean;
  readonly quality: LinkQuality['level'];
  readonly signInHeld: boolean;
  /** The question stands whether to end the call for good. */
  readonly asksToEnd: boolean;
  readonly ending: boolean;
}

export type CapabilityName = 'secure' | 'webgl2' | 'webxr' | 'immersive-ar' | 'immersive-vr' | 'camera' | 'microphone';

export interface Capability {
  readonly name: CapabilityName;
  readonly present: boolean;
}

export type RoomMode = 'immersive-ar' | 'immersive-vr';

/** What the page knows of mixed reality. */
export interface RoomView {
  readonly state: 'checking' | 'unavailable' | 'ready' | 'entering' | 'active';
  readonly mode: RoomMode | null;
  readonly capabilities: readonly Capability[];
  readonly emulator: 'not-offered' | 'offered' | 'starting' | 'failed' | 'running';
  readonly failed: boolean;
  /** The panels stay where they are; only what has to be seen at once goes on following. */
  readonly pinned: boolean;
  /** The pinned panels are out of sight. */
  readonly lost: boolean;
}

/** A one-line message that goes when it is dismissed or something else happens. */
export type NoticeView =
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | {
      readonly kind: 'call-over';
      readonly reason: EndReason;
      readonly name: string;
      /** Of an end by the rules, where the hub told the wearer which, with a reference to quote. */
      readonly refusal?: Refusal;
    }
  /** The wearer went on on another device. */
  | { readonly kind: 'moved-away' }
  /** Somebody else did not come, or had to go, and the call goes on. */
  | { readonly kind: 'person-gone'; readonly reason: LeaveReason; readonly name: string };

/** Everything that panels are made of. */
export interface HeadsetView {
  readonly nowMs: number;
  readonly screen: ScreenView;
  readonly connection: ConnectionStatus;
  /** What the browser says of the network. */
  readonly online: boolean;
  readonly room: RoomView;
  readonly notice: NoticeView | null;
  /** Doors of meetings at which somebody waits. */
  readonly lobbies: readonly Lobby[];
}
