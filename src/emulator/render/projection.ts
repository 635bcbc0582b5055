import type { CameraIntrinsics } from '../../domain/registration/camera.ts';

/** Nearest and farthest drawn, along the camera's axis: the room is under 6 m across. */
const NEAR_M = 0.05;
const FAR_M = 12;

/** What a picture shows at unit depth, from its edges: a symmetric frustum for an eye, a shifted one for a camera. */
export interface Frustum {
  readonly focalX: number;
  readonly focalY: number;
  readonly principalX: number;
  readonly principalY: number;
}

/**
 * The OpenGL projection (column by column) whose picture obeys u = principalX + focalX * x / depth and
 * v = principalY - focalY * y / depth, with u and v 0..1 from the top left.
 */
export function projectionMatrix(frustum: Frustum | CameraIntrinsics): readonly number[] {
  const { focalX, focalY, principalX, principalY } = frustum;
  const range = FAR_M - NEAR_M;
  return [
    2 * focalX,
    0,
    0,
    0,
    0,
    2 * focalY,
    0,
    0,
    1 - 2 * principalX,
    2 * principalY - 1,
    -(FAR_M + NEAR_M) / range,
    -1,
    0,
    0,
    (-2 * FAR_M * NEAR_M) / range,
    0,
  ];
}

/** The centred frustum with these tangents of half the field of view. */
export function frustumOfTangents(tanHalfX: number, tanHalfY: number): Frustum {
  return { focalX: 0.5 / tanHalfX, focalY: 0.5 / tanHalfY, principalX: 0.5, principalY: 0.5 };
}
