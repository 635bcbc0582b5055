import type { SpacePoint, Vec3 } from '../registration/pose.ts';
import { mean } from '../registration/vec3.ts';

/** What an annotation is, in the headset's reference space, metres: the counterpart of `AnnotationGeometry`. */
export type SpaceGeometry =
  | { readonly kind: 'arrow'; readonly tip: SpacePoint; readonly towardsTail: Vec3; readonly lengthM: number }
  | { readonly kind: 'stroke'; readonly points: readonly SpacePoint[]; readonly closed: boolean }
  | { readonly kind: 'dot'; readonly point: SpacePoint; readonly normal: Vec3 };

/** The point an annotation is about: this is what it should be anchored next to. */
export function centreOf(geometry: SpaceGeometry): SpacePoint {
  switch (geometry.kind) {
    case 'arrow':
      return geometry.tip;
    case 'stroke':
      return mean(geometry.points);
    case 'dot':
      return geometry.point;
  }
}
