import type { Colour, FrameRef, ImageMark, MarkRefusalCode, MarkShape, Placement } from '../annotation/types.ts';
import type { CameraProfile } from '../registration/camera.ts';
import type { AnchorPose } from '../registration/pose.ts';
import type { AnchorState, CallKind, Device, MediaState, PersonKey } from './state.ts';

/** What a person in (or rung by) a call may ask for. */
export type CallCommand =
  | { readonly type: 'answer'; readonly media: MediaState }
  | { readonly type: 'decline'; readonly reason: 'declined' | 'busy' }
  | { readonly type: 'leave' }
  /** Somebody whom one rings does not have to come any more. */
  | { readonly type: 'callOff'; readonly person: PersonKey }
  | { readonly type: 'setMedia'; readonly media: MediaState }
  | {
      readonly type: 'describeCamera';
      readonly camera: CameraProfile;
      readonly spaceEpoch: number;
      readonly tracking: boolean;
    }
  | { readonly type: 'startEditing'; readonly target: PersonKey; readonly frame: FrameRef }
  | { readonly type: 'stopEditing' }
  | {
      readonly type: 'mark';
      readonly markId: string;
      readonly target: PersonKey;
      readonly frame: FrameRef;
      readonly mark: ImageMark;
    }
  | { readonly type: 'placeMark'; readonly markId: string; readonly placement: Placement }
  | { readonly type: 'refuseMark'; readonly markId: string; readonly code: MarkRefusalCode }
  | {
      readonly type: 'annotate';
      readonly annotationId: string;
      readonly shape: MarkShape;
      readonly colour: Colour;
      readonly placement: Placement;
    }
  | {
      readonly type: 'moveAnchor';
      readonly anchorId: string;
      readonly pose: AnchorPose;
      readonly spaceEpoch: number;
      readonly state: AnchorState;
    }
  | { readonly type: 'undo' }
  | { readonly type: 'eraseAll' };

/** What the hub itself decides on: never accepted from the wire. */
export type HubCommand =
  | {
      readonly type: 'create';
      readonly kind: CallKind;
      readonly title: string;
      readonly meetingId: string | null;
    }
  | { readonly type: 'ring'; readonly person: PersonKey; readonly name: string; readonly from: PersonKey }
  | {
      readonly type: 'join';
      readonly person: PersonKey;
      readonly name: string;
      readonly device: Device;
      readonly media: MediaState;
    }
  | { readonly type: 'ringTimedOut'; readonly person: PersonKey }
  | { readonly type: 'loseConnection'; readonly person: PersonKey }
  | { readonly type: 'restoreConnection'; readonly person: PersonKey; readonly device: Device }
  | { readonly type: 'giveUpOn'; readonly person: PersonKey }
  | { readonly type: 'giveUpOnMark'; readonly markId: string }
  | { readonly type: 'remove'; readonly person: PersonKey }
  /** For everybody, e.g. a one-time call that one of the two has ended. */
  | { readonly type: 'end' };

/** Who asks: a person from one device, or the hub. */
export type Actor =
  | { readonly kind: 'person'; readonly person: PersonKey; readonly name: string; readonly device: Device }
  | { readonly kind: 'hub' };
