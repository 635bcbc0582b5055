import { resolveMark } from '../../src/domain/annotation/interpret.ts';
import { planProbes, type SeenMark } from '../../src/domain/annotation/probes.ts';
import type { ImageMark } from '../../src/domain/annotation/types.ts';
import { type CameraProfile, cameraPose, documentedHoloLens2Profile } from '../../src/domain/registration/camera.ts';
import type { SpacePoint, Vec3 } from '../../src/domain/registration/pose.ts';
import { dot, length, normalize, subtract } from '../../src/domain/registration/vec3.ts';
import { trueCameraProfile } from '../../src/emulator/camera/true-profile.ts';
import { hitNearest } from '../../src/emulator/geometry/hit-test.ts';
import type { Placed } from '../../src/emulator/geometry/shape.ts';
import { WORKSHOP } from '../../src/emulator/room/workshop/workshop.ts';
import { seededRandom } from '../domain/annotation/scene.ts';
import { headThrough } from './placement/head.ts';
import { type KnownPoses, type Policy, travel } from './placement/journey.ts';
import { anySighting, type Sighting } from './placement/sighting.ts';
import { progress, report } from './report.ts';
import { quantile, rounded } from './statistics.ts';

/**
 * How far from the truth an arrow lands, with the pose on arrival and with the pose of the frame: the same marks,
 * in the emulated workshop, through the product's own pose history, frame tags, probes and interpretation. Pointing
 * is perfect, tracking is perfect: what is left is what the product adds.
 */
const MARKS = 500;
const LATENCY_MS = 150;
const DISTANCES_M = [1, 2] as const;
const POLICIES: readonly Policy[] = ['arrival', 'framePose'];
const SEED = 20_261;
/** Any time will do; a fraction keeps it off the display's beat. */
const CAPTURE_MS = 20_003.7;

/** What hit-tests meet: every surface, or (as on the device) large planes alone. */
const DEPTHS: Readonly<Record<string, readonly Placed[]>> = {
  full: WORKSHOP.parts.filter((part) => part.solid),
  planes: WORKSHOP.planes,
};

/** What the product believes of the camera; the picture is always made with the true one. */
const CAMERAS: Readonly<Record<string, CameraProfile>> = {
  truth: trueCameraProfile(),
  documented: documentedHoloLens2Profile(),
};

interface Trial {
  readonly sighting: Sighting;
  readonly poses: KnownPoses;
  readonly turnDegPerS: number;
}

type Outcome =
  | { readonly kind: 'placed'; readonly approximate: boolean; readonly errorMm: number; readonly lateralMm: number }
  | { readonly kind: 'refused' };

export async function run(): Promise<void> {
  for (const distanceM of DISTANCES_M) {
    const trials = makeTrials(distanceM);
    const turns = trials.map((trial) => trial.turnDegPerS);
    progress(
      `${distanceM} m: ${MARKS} marks, head turning at ${rounded(quantile(turns, 0.5), 1)} deg/s (median), ` +
        `${rounded(Math.max(...turns), 1)} deg/s (most)`,
    );
    for (const camera of Object.keys(CAMERAS)) {
      for (const depth of Object.keys(DEPTHS)) {
        for (const policy of POLICIES) reportCase({ trials, distanceM, camera, depth, policy });
      }
    }
  }
}

function makeTrials(distanceM: number): readonly Trial[] {
  const random = seededRandom(SEED);
  const camera = trueCameraProfile();
  return Array.from({ length: MARKS }, () => {
    const sighting = anySighting({ room: WORKSHOP, camera, distanceM, random });
    const head = headThrough(sighting.viewerPose, CAPTURE_MS, random);
    const poses = travel(head, CAPTURE_MS, LATENCY_MS);
    return { sighting, poses, turnDegPerS: head.turnDegPerS(CAPTURE_MS) };
  });
}

interface Case {
  readonly trials: readonly Trial[];
  readonly distanceM: number;
  readonly camera: string;
  readonly depth: string;
  readonly policy: Policy;
}

function reportCase({ trials, distanceM, camera, depth, policy }: Case): void {
  const outcomes = trials.map((trial) =>
    place(trial, policy, CAMERAS[camera] ?? trueCameraProfile(), DEPTHS[depth] ?? []),
  );
  const placed = outcomes.flatMap((outcome) => (outcome.kind === 'placed' ? [outcome] : []));
  const lateralMm = placed.map((outcome) => outcome.lateralMm);
  const errorMm = placed.map((outcome) => outcome.errorMm);
  report('placement', policy, {
    room: WORKSHOP.name,
    depth,
    camera,
    distanceM,
    latencyMs: LATENCY_MS,
    marks: outcomes.length,
    placed: placed.length,
    approximate: placed.filter((outcome) => outcome.approximate).length,
    refused: outcomes.length - placed.length,
    lateralMmP50: rounded(quantile(lateralMm, 0.5), 2),
    lateralMmP95: rounded(quantile(lateralMm, 0.95), 2),
    errorMmP50: rounded(quantile(errorMm, 0.5), 2),
    errorMmP95: rounded(quantile(errorMm, 0.95), 2),
  });
}

function place({ sighting, poses }: Trial, policy: Policy, profile: CameraProfile, shapes: readonly Placed[]): Outcome {
  const mark: ImageMark = { shape: 'arrow', colour: 'red', points: [sighting.at], aspect: 16 / 9 };
  const seen: SeenMark = { mark, viewerPose: poses[policy], profile };
  const hits = planProbes(seen).map(({ origin, direction }) => hitNearest(shapes, origin, direction));
  const resolved = resolveMark(seen, hits);
  if (!resolved.ok) return { kind: 'refused' };
  const { centre, quality } = resolved.resolution;
  return { kind: 'placed', approximate: quality === 'approximate', ...errorOf(sighting, centre) };
}

/** In all, and as seen from the camera that took the frame: across its line of sight to the truth. */
function errorOf({ viewerPose, target }: Sighting, point: SpacePoint): { errorMm: number; lateralMm: number } {
  const error = subtract(point, target);
  const sight: Vec3 = normalize(subtract(target, cameraPose(viewerPose, trueCameraProfile()).position)) ?? [0, 0, -1];
  const alongM = dot(error, sight);
  const errorM = length(error);
  return { errorMm: 1000 * errorM, lateralMm: 1000 * Math.sqrt(Math.max(0, errorM ** 2 - alongM ** 2)) };
}
