import type { MeshItem } from '../../domain/annotation/mesh.ts';
import type { Colour } from '../../domain/annotation/types.ts';
import { visibleAnnotations } from '../../domain/call/queries.ts';
import type { Anchor, Annotation, CallState } from '../../domain/call/state.ts';

/** Annotations that are drawn in one mesh: one author, one colour, and whether their places can still be trusted. */
export interface AnnotationGroup {
  readonly key: string;
  readonly colour: Colour;
  readonly stale: boolean;
  readonly items: readonly MeshItem[];
}

/** A name beside an annotation. */
export interface AnnotationLabel {
  readonly annotationId: string;
  readonly authorName: string;
  readonly note: 'none' | 'approximate' | 'stale';
  readonly annotation: Annotation;
  readonly anchor: Anchor;
}

interface Placed {
  readonly annotation: Annotation;
  readonly anchor: Anchor;
  /** The device lost the anchor: it no longer says for sure where its annotations belong. */
  readonly stale: boolean;
}

/**
 * What can be drawn in the headset's current reference space. Coordinates of another one are somewhere else by now:
 * drawn in this one they would point at the wrong thing, so they are not drawn until the device finds their anchor again.
 */
function annotationsInSpace(state: CallState, spaceEpoch: number): readonly Placed[] {
  return visibleAnnotations(state).flatMap((annotation) => {
    const anchor = state.anchors[annotation.anchorId];
    if (anchor === undefined || anchor.spaceEpoch !== spaceEpoch) return [];
    return [{ annotation, anchor, stale: anchor.state === 'lost' }];
  });
}

/** What is drawn in the room for a state of the call. `spaceEpoch` is the headset's current one. */
export function groupAnnotations(state: CallState, spaceEpoch: number): readonly AnnotationGroup[] {
  const groups = new Map<string, { colour: Colour; stale: boolean; items: MeshItem[] }>();
  for (const { annotation, anchor, stale } of annotationsInSpace(state, spaceEpoch)) {
    const key = `${annotation.author} ${annotation.colour} ${stale ? 'stale' : 'true'}`;
    const group = groups.get(key) ?? { colour: annotation.colour, stale, items: [] };
    group.items.push({
      geometry: annotation.geometry,
      anchorPose: anchor.pose,
      dashed: stale || annotation.quality === 'approximate',
    });
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

export function labelAnnotations(state: CallState, spaceEpoch: number): readonly AnnotationLabel[] {
  return annotationsInSpace(state, spaceEpoch).map(({ annotation, anchor, stale }) => {
    const note = stale ? 'stale' : annotation.quality === 'approximate' ? 'approximate' : 'none';
    return { annotationId: annotation.annotationId, authorName: annotation.authorName, note, annotation, anchor };
  });
}

/** Whether two groups draw the same: their annotations and anchors are the same objects, or equal ones. */
export function isSameGroup(a: AnnotationGroup, b: AnnotationGroup): boolean {
  return (
    a.items.length === b.items.length &&
    a.items.every((item, i) => {
      const other = b.items[i];
      return other?.geometry === item.geometry && other.anchorPose === item.anchorPose && other.dashed === item.dashed;
    })
  );
}
