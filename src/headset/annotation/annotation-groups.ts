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

/** An anchor that is lost, or that belongs to a space that is gone, no longer says where its annotations belong. */
export function isStale(anchor: Anchor, spaceEpoch: number): boolean {
  return anchor.state === 'lost' || anchor.spaceEpoch !== spaceEpoch;
}

/** What is drawn in the room for a state of the call. `spaceEpoch` is the headset's current one. */
export function groupAnnotations(state: CallState, spaceEpoch: number): readonly AnnotationGroup[] {
  const groups = new Map<string, { colour: Colour; stale: boolean; items: MeshItem[] }>();
  for (const annotation of visibleAnnotations(state)) {
    const anchor = state.anchors[annotation.anchorId];
    if (anchor === undefined) continue;
    const stale = isStale(anchor, spaceEpoch);
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
  return visibleAnnotations(state).flatMap((annotation) => {
    const anchor = state.anchors[annotation.anchorId];
    if (anchor === undefined) return [];
    const note = isStale(anchor, spaceEpoch) ? 'stale' : annotation.quality === 'approximate' ? 'approximate' : 'none';
    return [{ annotationId: annotation.annotationId, authorName: annotation.authorName, note, annotation, anchor }];
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
