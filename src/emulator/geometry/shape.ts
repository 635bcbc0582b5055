import type { Pose, Vec3 } from '../../domain/registration/pose.ts';

/**
 * The solids a room is made of, each centred on the origin of its own frame; lengths in metres.
 * A `rect` lies in the local x-y plane and is solid from its front (+z) only; a `cylinder` stands along local y;
 * a `torus` lies around local y.
 */
export type Shape =
  | { readonly kind: 'rect'; readonly width: number; readonly height: number }
  | { readonly kind: 'box'; readonly size: Vec3 }
  | { readonly kind: 'cylinder'; readonly radius: number; readonly height: number }
  | { readonly kind: 'torus'; readonly majorRadius: number; readonly minorRadius: number };

/** A shape with a place in the room. */
export interface Placed {
  readonly shape: Shape;
  readonly pose: Pose;
}

/** Where a ray meets a surface: `normal` is a unit vector that points towards the side the ray came from. */
export interface SurfaceHit {
  readonly distanceM: number;
  readonly point: Vec3;
  readonly normal: Vec3;
}

/** Radius of the sphere around the shape's origin that holds all of it. */
export function boundingRadius(shape: Shape): number {
  switch (shape.kind) {
    case 'rect':
      return Math.hypot(shape.width, shape.height) / 2;
    case 'box':
      return Math.hypot(...shape.size) / 2;
    case 'cylinder':
      return Math.hypot(shape.radius, shape.height / 2);
    case 'torus':
      return shape.majorRadius + shape.minorRadius;
  }
}
