import type { ConnectionStatus, Contact, LinkQuality, Loadable, Meeting } from '../../client/types.ts';
import type { Colour } from '../../domain/annotation/types.ts';
import type { Refusal, RefusalCode } from '../../domain/call/refusal.ts';
import type { MediaProblem, PersonKey } from '../../domain/call/state.ts';
import type { common } from '../text/en/common.ts';
import type { headset } from '../text/en/headset.ts';
import type { refusals } from '../text/en/refusals.ts';
import type { Texts } from '../text/translate.ts';
import type { DrawingTool } from './command.ts';

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
  | { readonly screen: 'closed'; readonly refusal: Refusal | null }
  | ({ readonly screen: 'home' } & HomeView)
  | ({ readonly screen: 'call' } & CallView);

export interface HomeView {
  readonly myName: string;
  readonly tenantName: string;
  readonly contacts: Loadable<readonly Contact[]>;
  readonly meetings: Loadable<readonly Meeting[]>;
  readonly open: 'none' | 'menu' | 'settings' | 'search';
  readonly search: SearchView;
  /** What is being started, and for which the question about video stands open. */
  readonly starting: StartingView | null;
  readonly incoming: IncomingView | null;
  readonly version: string;
}

export interface SearchView {
  readonly query: string;
  readonly found: Loadable<readonly Contact[]> | null;
}

export type StartingView =
  | { readonly kind: 'call'; readonly person: PersonKey; readonly name: string; readonly asked: boolean }
  | { readonly kind: 'meeting'; readonly meetingId: string; readonly title: string; readonly asked: boolean };

export interface IncomingView {
  readonly from: string;
  /** Null for a call from one person. */
  readonly meetingTitle: string | null;
  readonly answering: boolean;
}

export interface ParticipantView {
  readonly person: PersonKey;
  readonly name: string;
  readonly isMe: boolean;
  readonly state: 'ringing' | 'joined' | 'reconnecting';
  readonly muted: boolean;
  readonly video: 'off' | 'camera' | 'screen';
  readonly problem: MediaProblem;
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

export interface CallView {
  readonly title: string;
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
  | { readonly kind: 'refusal'; readonly code: RefusalCode }
  | {
      readonly kind: 'call-over';
      readonly reason: 'ended' | 'declined' | 'busy' | 'missed' | 'cancelled' | 'lost' | 'not-allowed';
      readonly name: string;
    };

/** Everything that panels are made of. */
export interface HeadsetView {
  readonly nowMs: number;
  readonly screen: ScreenView;
  readonly connection: ConnectionStatus;
  /** What the browser says of the network. */
  readonly online: boolean;
  readonly room: RoomView;
  readonly notice: NoticeView | null;
}
