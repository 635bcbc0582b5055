import type { AnnotationGeometry } from '../../domain/annotation/types.ts';
import { visibleAnnotations } from '../../domain/call/queries.ts';
import type { Anchor, Annotation, CallState, PersonKey } from '../../domain/call/state.ts';
import { type CameraProfile, type Projection, project } from '../../domain/registration/camera.ts';
import type { AnchorLocalPoint, ViewerPose } from '../../domain/registration/pose.ts';
import { transformPoint } from '../../domain/registration/transform.ts';
import { addScaled } from '../../domain/registration/vec3.ts';

/** `stale`: its anchor is lost for now; the place is where it was last. */
export type MarkLook = 'good' | 'approximate' | 'stale';

export interface PlacedMark {
  readonly annotation: Annotation;
  readonly anchor: Anchor;
  readonly look: MarkLook;
}

/**
 * What is drawn over a frame of `owner`'s headset, oldest first: annotations that stand in the space the frame was
 * seen in. Poses of another epoch cannot be compared with the frame's, so those annotations have no place in it.
 */
export function placedMarks(state: CallState, owner: PersonKey, spaceEpoch: number): readonly PlacedMark[] {
  const marks: PlacedMark[] = [];
  for (const annotation of visibleAnnotations(state)) {
    const anchor = state.anchors[annotation.anchorId];
    if (anchor?.owner !== owner || anchor.spaceEpoch !== spaceEpoch) continue;
    marks.push({ annotation, anchor, look: lookOf(annotation, anchor) });
  }
  return marks;
}

/** How an annotation is told in words, also when no frame shows it. */
export function lookInSpace(annotation: Annotation, state: CallState): MarkLook {
  const anchor = state.anchors[annotation.anchorId];
  const epoch = anchor === undefined ? undefined : state.participants[anchor.owner]?.spaceEpoch;
  if (anchor === undefined || anchor.spaceEpoch !== epoch) return 'stale';
  return lookOf(annotation, anchor);
}

function lookOf(annotation: Annotation, anchor: Anchor): MarkLook {
  if (anchor.state === 'lost') return 'stale';
  return annotation.quality === 'approximate' || anchor.kind === 'space' ? 'approximate' : 'good';
}

/** The point an annotation is about: an arrow's tip, a dot, the first point of a stroke. */
export function tipPoint(geometry: AnnotationGeometry): AnchorLocalPoint {
  switch (geometry.kind) {
    case 'arrow':
      return geometry.tip;
    case 'dot':
      return geometry.point;
    case 'stroke':
      return geometry.points[0] ?? [0, 0, 0];
  }
}

/** Where the author's initial stands: out of the way of what is pointed at. */
export function labelPoint(geometry: AnnotationGeometry): AnchorLocalPoint {
  return geometry.kind === 'arrow'
    ? addScaled(geometry.tip, geometry.towardsTail, geometry.lengthM * 1.15)
    : tipPoint(geometry);
}

/** Where an anchor-local point stands in the picture seen from `viewerPose`. */
export function projectFromAnchor(
  point: AnchorLocalPoint,
  anchor: Anchor,
  view: { readonly viewerPose: ViewerPose; readonly profile: CameraProfile },
): Projection {
  return project(transformPoint(anchor.pose, point), view.viewerPose, view.profile);
}
