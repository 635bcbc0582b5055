import { describe, expect, test } from 'vitest';
import { resolveMark } from '../../../src/domain/annotation/interpret.ts';
import { planProbes } from '../../../src/domain/annotation/probes.ts';
import type { Pose, Vec3, ViewerPose } from '../../../src/domain/registration/pose.ts';
import { createPoseHistory, type PoseHistory } from '../../../src/domain/registration/pose-history.ts';
import { fromAxisAngle, multiply } from '../../../src/domain/registration/quat.ts';
import { transformPoint } from '../../../src/domain/registration/transform.ts';
import { addScaled, distance } from '../../../src/domain/registration/vec3.ts';
import { cast, circle, imageOf, type Panel, panel, seededRandom, seen } from './scene.ts';

const MARKS = 400;
/** From the frame's capture to the mark's arrival at the headset. */
const LATENCY_MS = 150;
const SAMPLE_MS = 1000 / 60;
const CAPTURE_MS = 1503.3;

interface Head {
  readonly yawRate: number;
  readonly pitchRate: number;
  readonly velocity: Vec3;
  readonly phase: number;
}

/** A head that looks around: up to about 65 degrees a second, speeding up and slowing down, and walking a little. */
function headPose(head: Head, timeMs: number): Pose {
  const seconds = timeMs / 1000;
  const sway = Math.sin(2 * Math.PI * 0.4 * seconds + head.phase) / (2 * Math.PI * 0.4);
  return {
    position: addScaled([0, 1.6, 0], head.velocity, seconds - CAPTURE_MS / 1000),
    orientation: multiply(
      fromAxisAngle([0, 1, 0], head.yawRate * sway),
      fromAxisAngle([1, 0, 0], head.pitchRate * sway),
    ),
  };
}

function anyHead(random: () => number): Head {
  const radPerSecond = (65 * Math.PI) / 180;
  return {
    yawRate: (2 * random() - 1) * radPerSecond,
    pitchRate: (2 * random() - 1) * radPerSecond * 0.3,
    velocity: [(random() - 0.5) * 0.4, 0, (random() - 0.5) * 0.4],
    phase: random() * 2 * Math.PI,
  };
}

function historyOf(head: Head, untilMs: number): PoseHistory {
  const history = createPoseHistory();
  for (let timeMs = 0; timeMs <= untilMs; timeMs += SAMPLE_MS) history.push(timeMs, headPose(head, timeMs), true, 1);
  return history;
}

/** A wall that the head's camera sees in the middle of its picture at a distance, turned by up to 40 degrees. */
function wallBefore(camera: Pose, distanceM: number, random: () => number): Panel {
  const turn = multiply(camera.orientation, fromAxisAngle([0, 1, 0], ((random() - 0.5) * 80 * Math.PI) / 180));
  return panel(
    transformPoint(camera, [0, 0, -distanceM]),
    transformPoint({ position: [0, 0, 0], orientation: turn }, [0, 0, 1]),
  );
}

/** How far, in mm, an arrow ends up from the landmark that the expert clicked on in the frame of `CAPTURE_MS`. */
function errorsMm(poseFor: (history: PoseHistory) => ViewerPose, distanceM: number): number[] {
  const random = seededRandom(20_260);
  return Array.from({ length: MARKS }, () => {
    const head = anyHead(random);
    const truth = headPose(head, CAPTURE_MS);
    const wall = wallBefore(truth, distanceM, random);
    const inPicture = [0.3 + 0.4 * random(), 0.3 + 0.4 * random()] as const;
    const [ray] = planProbes(seen('arrow', [inPicture], truth));
    const landmark = ray && cast([wall], ray);
    if (!landmark) throw new Error('the camera does not see the wall');
    const mark = seen('arrow', [imageOf(landmark.point, truth)], poseFor(historyOf(head, CAPTURE_MS + LATENCY_MS)));
    const hits = planProbes(mark).map((probe) => cast([wall], probe));
    const result = resolveMark(mark, hits);
    if (!result.ok) throw new Error(result.code);
    return 1000 * distance(result.resolution.centre, landmark.point);
  }).sort((a, b) => a - b);
}

function poseAt(timeMs: number): (history: PoseHistory) => ViewerPose {
  return (history) => {
    const found = history.at(timeMs);
    if (!found.ok) throw new Error(found.code);
    return found.pose;
  };
}

const ofFrame = poseAt(CAPTURE_MS);
const onArrival = poseAt(CAPTURE_MS + LATENCY_MS);
const quantile = (sorted: readonly number[], share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;

describe.each([1, 2])('a wall at %d m, a turning head, 150 ms from the frame to the mark', (distanceM) => {
  test('with the pose of the frame marks land within a fifth of a millimetre', () => {
    const errors = errorsMm(ofFrame, distanceM);
    expect(quantile(errors, 0.5)).toBeLessThan(0.1);
    expect(quantile(errors, 0.95)).toBeLessThan(0.2 * distanceM);
  });

  test('with the pose on arrival they land centimetres away', () => {
    const errors = errorsMm(onArrival, distanceM);
    expect(quantile(errors, 0.5)).toBeGreaterThan(25 * distanceM);
    expect(quantile(errors, 0.95)).toBeGreaterThan(100 * distanceM);
  });
});

test('a circle drawn round a landmark on a turned plate in front of the wall is centred on it, with the pose of the frame', () => {
  const random = seededRandom(3);
  const errors = Array.from({ length: 200 }, () => {
    const head = anyHead(random);
    const truth = headPose(head, CAPTURE_MS);
    const wide = wallBefore(truth, 1, random);
    const plate: Panel = { ...wide, reach: [0.08, 0.08] };
    const wall = wallBefore(truth, 1.8, random);
    const viewerPose = ofFrame(historyOf(head, CAPTURE_MS + LATENCY_MS));
    const mark = seen('ink', circle(imageOf(plate.centre, truth), 0.05), viewerPose);
    const result = resolveMark(
      mark,
      planProbes(mark).map((probe) => cast([plate, wall], probe)),
    );
    if (!result.ok) throw new Error(result.code);
    return 1000 * distance(result.resolution.centre, plate.centre);
  }).sort((a, b) => a - b);
  expect(quantile(errors, 0.5)).toBeLessThan(5);
  expect(quantile(errors, 0.95)).toBeLessThan(15);
});
