import type {
  AnnotationGeometry,
  Colour,
  DepthSource,
  FrameRef,
  ImageMark,
  MarkShape,
  PlacementQuality,
} from '../annotation/types.ts';
import type { CameraProfile } from '../registration/camera.ts';
import type { AnchorPose } from '../registration/pose.ts';

/** A person: `<tid>:<oid>`. Names and mail addresses never identify anybody. */
export type PersonKey = string;

/** `join` and `phone`: the page behind a join link, on a desktop and on a phone. */
export const DEVICE_KINDS = ['headset', 'desk', 'join', 'phone'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** One browser page of a person; `id` is random per page and survives its reloads. */
export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
}

export const VIDEO_SOURCES = ['off', 'camera', 'screen'] as const;
export type VideoSource = (typeof VIDEO_SOURCES)[number];

/** Why somebody's camera or microphone is not there, where it is not their choice. */
export const MEDIA_PROBLEMS = ['none', 'denied', 'missing', 'busy'] as const;
export type MediaProblem = (typeof MEDIA_PROBLEMS)[number];

export interface MediaState {
  readonly audio: boolean;
  readonly video: VideoSource;
  readonly problem: MediaProblem;
}

export type ParticipantState = 'ringing' | 'joined' | 'reconnecting' | 'left';

export interface Participant {
  readonly person: PersonKey;
  readonly name: string;
  readonly state: ParticipantState;
  /** Who rang this person, while it rings and after it rang in vain; null once they joined. */
  readonly rungBy: PersonKey | null;
  /** The device in the call; null while ringing and after leaving. */
  readonly device: Device | null;
  readonly media: MediaState;
  /** The headset's camera, once it told; null for others. */
  readonly camera: CameraProfile | null;
  /** The headset's current reference space; annotations of other epochs are not drawn in the room. */
  readonly spaceEpoch: number;
  /** False while the headset does not know where it is. */
  readonly tracking: boolean;
}

export type AnchorState = 'tracked' | 'lost';

export interface Anchor {
  readonly anchorId: string;
  /** Whose headset holds it. */
  readonly owner: PersonKey;
  readonly kind: 'anchor' | 'space';
  readonly pose: AnchorPose;
  readonly spaceEpoch: number;
  readonly state: AnchorState;
}

export interface Annotation {
  readonly annotationId: string;
  readonly author: PersonKey;
  readonly authorName: string;
  readonly shape: MarkShape;
  readonly colour: Colour;
  readonly anchorId: string;
  readonly geometry: AnnotationGeometry;
  readonly depthSource: DepthSource;
  readonly quality: PlacementQuality;
  /** Erased ones stay, so that Undo can bring them back. */
  readonly erased: boolean;
}

/** A mark that waits for the headset to find its place. */
export interface PendingMark {
  readonly markId: string;
  readonly author: PersonKey;
  readonly target: PersonKey;
  readonly frame: FrameRef;
  readonly mark: ImageMark;
}

/** One step that Undo takes back. */
export type UndoStep =
  | { readonly kind: 'drew'; readonly annotationId: string }
  | { readonly kind: 'erased'; readonly annotationIds: readonly string[] };

export type CallPhase = 'new' | 'open' | 'ended';
export type CallKind = 'direct' | 'meeting';

export interface CallState {
  readonly callId: string;
  /** Number of the last event that this state contains; 0 before the first. */
  readonly seq: number;
  readonly phase: CallPhase;
  readonly kind: CallKind;
  readonly title: string;
  readonly meetingId: string | null;
  readonly createdAtMs: number;
  readonly participants: Readonly<Record<PersonKey, Participant>>;
  /** Who has whose picture frozen. */
  readonly editing: Readonly<Record<PersonKey, { readonly target: PersonKey; readonly frame: FrameRef }>>;
  readonly pendingMarks: Readonly<Record<string, PendingMark>>;
  readonly anchors: Readonly<Record<string, Anchor>>;
  readonly annotations: Readonly<Record<string, Annotation>>;
  readonly undo: Readonly<Record<PersonKey, readonly UndoStep[]>>;
}
