import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOverlayProjector, type PathSink } from '../../../src/domain/annotation/projection.ts';
import type { AnnotationGeometry } from '../../../src/domain/annotation/types.ts';
import { documentedHoloLens2Profile, project } from '../../../src/domain/registration/camera.ts';
import type { Pose, Vec3 } from '../../../src/domain/registration/pose.ts';
import { IDENTITY_POSE, inverseTransformPoint, transformPoint } from '../../../src/domain/registration/transform.ts';
import { number, pose } from '../registration/arbitraries.ts';

const profile = documentedHoloLens2Profile();
const [widthPx, heightPx] = [1280, 720];
type Point = readonly [x: number, y: number];

/** Keeps the lines it is given, each as its points. */
function recorder() {
  const lines: Point[][] = [];
  let closed = 0;
  const sink: PathSink = {
    moveTo: (x, y) => lines.push([[x, y]]),
    lineTo: (x, y) => lines.at(-1)?.push([x, y]),
    closePath: () => {
      closed += 1;
    },
  };
  return { sink, lines, closedCount: () => closed };
}

function trace(geometry: AnnotationGeometry, viewer: Pose = IDENTITY_POSE, anchor: Pose = IDENTITY_POSE) {
  const projector = createOverlayProjector();
  const [line, fill] = [recorder(), recorder()];
  projector.setView(viewer, profile, widthPx, heightPx);
  const isSeen = projector.trace(geometry, anchor, { line: line.sink, fill: fill.sink });
  return { isSeen, lines: line.lines, fills: fill.lines, closedFills: fill.closedCount() };
}

function pixelOf(point: Vec3, viewer: Pose = IDENTITY_POSE): Point {
  const projection = project(point, viewer, profile);
  if (projection.kind === 'behind') throw new Error('behind');
  return [projection.u * widthPx, projection.v * heightPx];
}

const stroke = (points: readonly Vec3[], closed = false): AnnotationGeometry => ({ kind: 'stroke', points, closed });

describe('a stroke', () => {
  test('stands in the picture where the camera model sees its points, from any pose and any anchor', () => {
    const inView = fc.tuple(number(-1, 1), number(-0.6, 0.6), number(-4, -0.5));
    fc.assert(
      fc.property(pose, pose, fc.array(inView, { minLength: 2, maxLength: 20 }), (viewer, anchor, inCamera) => {
        const inSpace = inCamera.map((point) => transformPoint(viewer, point));
        const local = inSpace.map((point) => inverseTransformPoint(anchor, point));
        const { lines, isSeen } = trace(stroke(local), viewer, anchor);
        expect(isSeen).toBe(true);
        expect(lines).toHaveLength(1);
        for (const [i, point] of inSpace.entries()) {
          const [x, y] = pixelOf(point, viewer);
          expect(lines[0]?.[i]?.[0]).toBeCloseTo(x, 5);
          expect(lines[0]?.[i]?.[1]).toBeCloseTo(y, 5);
        }
      }),
    );
  });

  test('that is closed comes back to its start', () => {
    const { lines } = trace(
      stroke(
        [
          [0, 0, -1],
          [0.1, 0, -1],
          [0.1, 0.1, -1],
        ],
        true,
      ),
    );
    expect(lines[0]).toHaveLength(4);
    expect(lines[0]?.[3]).toEqual(lines[0]?.[0]);
  });

  test('behind the camera is not drawn', () => {
    expect(
      trace(
        stroke([
          [0, 0, 1],
          [0.1, 0, 2],
        ]),
      ),
    ).toMatchObject({ isSeen: false, lines: [] });
  });

  test('that passes the camera is cut at its plane, and taken up again', () => {
    const { lines } = trace(
      stroke([
        [0, 0, -1],
        [0, 0.2, 1],
        [0.3, 0, -1],
      ]),
    );
    expect(lines).toHaveLength(2);
    expect(lines[0]?.[0]).toEqual(pixelOf([0, 0, -1]));
    expect(lines[1]?.[1]?.[0]).toBeCloseTo(pixelOf([0.3, 0, -1])[0], 6);
    for (const [x, y] of lines.flat()) {
      expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
      // Up in the room is up in the picture: a point behind the camera must not come out upside down.
      expect(y).toBeLessThanOrEqual(heightPx / 2 + 1e-9);
    }
  });
});

describe('an arrow', () => {
  const arrow = (towardsTail: Vec3): AnnotationGeometry => ({
    kind: 'arrow',
    tip: [0, 0, -1],
    towardsTail,
    lengthM: 0.2,
  });

  test('has a filled head whose foremost corner is the tip, and a shaft to the tail', () => {
    const { lines, fills, closedFills } = trace(arrow([1, 0, 0]));
    const leftmost = Math.min(...(fills[0] ?? []).map(([x]) => x));
    expect(leftmost).toBeCloseTo(pixelOf([0, 0, -1])[0], 6);
    expect(closedFills).toBe(1);
    const tail = lines[0]?.[1];
    expect(tail?.[0]).toBeCloseTo(pixelOf([0.2, 0, -1])[0], 6);
  });

  test('seen from behind its tail still has a head to see', () => {
    const { fills } = trace(arrow([0, 0, 1]));
    const xs = (fills[0] ?? []).map(([x]) => x);
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(40);
  });

  test('whose tail is behind the camera shows what is in front of it', () => {
    const long: AnnotationGeometry = { kind: 'arrow', tip: [0, 0, -0.2], towardsTail: [0, 0, 1], lengthM: 0.3 };
    const { isSeen, lines } = trace(long);
    expect(isSeen).toBe(true);
    expect(lines.flat().every(([x, y]) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  });
});

test('a dot is a disc around its point, flatter the more it is turned away', () => {
  const heightOf = (normal: Vec3) => {
    const { fills } = trace({ kind: 'dot', point: [0, 0, -1], normal });
    const ys = (fills[0] ?? []).map(([, y]) => y);
    return Math.max(...ys) - Math.min(...ys);
  };
  expect(heightOf([0, 0, 1])).toBeCloseTo(2 * 0.012 * profile.intrinsics.focalY * heightPx, 0);
  expect(heightOf([0, Math.SQRT1_2, Math.SQRT1_2])).toBeLessThan(0.75 * heightOf([0, 0, 1]));
});

test('one projector serves many annotations and many frames, each as if it were alone', () => {
  const projector = createOverlayProjector();
  const shapes = [
    stroke([
      [0, 0, -1],
      [0.1, 0, -1],
    ]),
    stroke([
      [0, 0, 1],
      [0, 0, -2],
    ]),
  ];
  const views: Pose[] = [IDENTITY_POSE, { position: [0.3, 0, 0.2], orientation: [0, 0, 0, 1] }];
  for (const viewer of views) {
    projector.setView(viewer, profile, widthPx, heightPx);
    for (const shape of shapes) {
      const line = recorder();
      projector.trace(shape, IDENTITY_POSE, { line: line.sink, fill: line.sink });
      expect(line.lines).toEqual(trace(shape, viewer).lines);
    }
  }
});
