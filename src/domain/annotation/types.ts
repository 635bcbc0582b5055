import type { AnchorLocalPoint, AnchorPose } from '../registration/pose.ts';

/** The five colours of the product; their values on screen are in `src/ui`. */
export const COLOURS = ['blue', 'gray', 'green', 'red', 'yellow'] as const;
export type Colour = (typeof COLOURS)[number];

export const MARK_SHAPES = ['arrow', 'ink'] as const;
export type MarkShape = (typeof MARK_SHAPES)[number];

/** A point of the picture, from its top left corner: u right, v down, both 0..1 inside the picture. */
export type ImagePoint = readonly [u: number, v: number];

/** A mark that an expert drew on a frozen frame, before anybody knows where in the room it belongs. */
export interface ImageMark {
  readonly shape: MarkShape;
  readonly colour: Colour;
  /** Ink: the stroke. Arrow: tip first, then where the tail was dragged to (one point = a plain click). */
  readonly points: readonly ImagePoint[];
  /** Width divided by height of the frame the points refer to. */
  readonly aspect: number;
}

/** The frame a mark was drawn on. */
export interface FrameRef {
  readonly frameId: number;
  /** Capture time on the headset's clock (`performance.now()` of its page), ms. */
  readonly captureTimeMs: number;
  /** Counts the reference-space resets of the headset's page; poses of different epochs are not comparable. */
  readonly spaceEpoch: number;
}

/** What an annotation is, in its anchor's own frame, metres. */
export type AnnotationGeometry =
  | {
      readonly kind: 'arrow';
      readonly tip: AnchorLocalPoint;
      /** Unit vector from the tip towards the tail. */
      readonly towardsTail: AnchorLocalPoint;
      readonly lengthM: number;
    }
  | { readonly kind: 'stroke'; readonly points: readonly AnchorLocalPoint[]; readonly closed: boolean }
  | { readonly kind: 'dot'; readonly point: AnchorLocalPoint; readonly normal: AnchorLocalPoint };

/** Where the depth of an annotation came from, best first. */
export const DEPTH_SOURCES = ['mesh', 'triangulated', 'plane', 'pointer', 'lastAccepted', 'assumed'] as const;
export type DepthSource = (typeof DEPTH_SOURCES)[number];

/** `approximate` annotations say so on every screen. */
export type PlacementQuality = 'good' | 'approximate';

/** An annotation's place in the room, as the headset resolved it. */
export interface Placement {
  readonly anchorId: string;
  /** `space`: the device gave no anchor; the place holds only as well as the reference space does. */
  readonly anchorKind: 'anchor' | 'space';
  readonly anchorPose: AnchorPose;
  readonly spaceEpoch: number;
  readonly geometry: AnnotationGeometry;
  readonly depthSource: DepthSource;
  readonly quality: PlacementQuality;
}

/** Why a mark could not become an annotation. Closed: every code has its sentence in the text catalogue. */
export const MARK_REFUSALS = [
  'mark-empty',
  'mark-too-large',
  'mark-not-finite',
  'mark-outside-picture',
  'frame-too-old',
  'frame-unknown',
  'frame-not-tracked',
  'space-reset',
  'behind-camera',
  'too-far',
  'headset-gone',
] as const;
export type MarkRefusalCode = (typeof MARK_REFUSALS)[number];
