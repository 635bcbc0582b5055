import type { Colour, FrameRef, ImageMark, MarkRefusalCode, MarkShape, Placement } from '../annotation/types.ts';
import type { CameraProfile } from '../registration/camera.ts';
import type { AnchorPose } from '../registration/pose.ts';
import type { AnchorState, CallKind, Device, MediaState, PersonKey } from './state.ts';

export type LeaveReason = 'left' | 'declined' | 'busy' | 'missed' | 'cancelled' | 'lost' | 'not-allowed';
export type EndReason = 'ended' | 'declined' | 'busy' | 'missed' | 'cancelled' | 'lost' | 'not-allowed';

/** What happened in a call. Facts, in the past tense; `apply` never refuses one. */
export type CallEvent =
  | {
      readonly type: 'callCreated';
      readonly kind: CallKind;
      readonly title: string;
      readonly meetingId: string | null;
    }
  | { readonly type: 'rang'; readonly person: PersonKey; readonly name: string; readonly from: PersonKey }
  | {
      readonly type: 'joined';
      readonly person: PersonKey;
      readonly name: string;
      readonly device: Device;
      readonly media: MediaState;
    }
  | { readonly type: 'left'; readonly person: PersonKey; readonly reason: LeaveReason }
  | { readonly type: 'ended'; readonly reason: EndReason }
  | { readonly type: 'connectionLost'; readonly person: PersonKey }
  | { readonly type: 'connectionBack'; readonly person: PersonKey }
  | { readonly type: 'mediaChanged'; readonly person: PersonKey; readonly media: MediaState }
  | {
      readonly type: 'cameraDescribed';
      readonly person: PersonKey;
      readonly camera: CameraProfile;
      readonly spaceEpoch: number;
      readonly tracking: boolean;
    }
  | {
      readonly type: 'editingStarted';
      readonly person: PersonKey;
      readonly target: PersonKey;
      readonly frame: FrameRef;
    }
  | { readonly type: 'editingStopped'; readonly person: PersonKey }
  | {
      readonly type: 'marked';
      readonly markId: string;
      readonly author: PersonKey;
      readonly target: PersonKey;
      readonly frame: FrameRef;
      readonly mark: ImageMark;
    }
  | { readonly type: 'markPlaced'; readonly markId: string; readonly placement: Placement }
  | {
      readonly type: 'markRefused';
      readonly markId: string;
      readonly author: PersonKey;
      readonly code: MarkRefusalCode;
    }
  | {
      readonly type: 'annotated';
      readonly annotationId: string;
      readonly author: PersonKey;
      readonly shape: MarkShape;
      readonly colour: Colour;
      readonly placement: Placement;
    }
  | {
      readonly type: 'anchorMoved';
      readonly anchorId: string;
      readonly pose: AnchorPose;
      readonly spaceEpoch: number;
      readonly state: AnchorState;
    }
  | {
      readonly type: 'erased';
      readonly person: PersonKey;
      readonly annotationIds: readonly string[];
      readonly by: 'undo' | 'eraseAll';
    }
  | { readonly type: 'restored'; readonly person: PersonKey; readonly annotationIds: readonly string[] };

/** An event with its place in the call's log. */
export interface LoggedEvent {
  /** 1, 2, 3, … without gaps within one call. */
  readonly seq: number;
  /** The hub's clock, ms since the epoch. */
  readonly atMs: number;
  readonly event: CallEvent;
}
