import type { ImagePoint } from '../../../src/domain/annotation/types.ts';
import { type CameraProfile, cameraPose, project } from '../../../src/domain/registration/camera.ts';
import type { Pose, SpacePoint, Vec3 } from '../../../src/domain/registration/pose.ts';
import { multiply } from '../../../src/domain/registration/quat.ts';
import { addScaled, distance, dot, normalize } from '../../../src/domain/registration/vec3.ts';
import { hitNearest } from '../../../src/emulator/geometry/hit-test.ts';
import { levelOrientation, lookRotation } from '../../../src/emulator/geometry/orient.ts';
import type { Landmark, Room } from '../../../src/emulator/room/room.ts';

/** A point on a thing in the room, and where the camera of a head at `viewerPose` sees it. */
export interface Sighting {
  readonly viewerPose: Pose;
  readonly target: SpacePoint;
  readonly at: ImagePoint;
}

/** What is marked lies around a landmark, within a hand's breadth or two. */
const SPREAD_M = 0.15;
/** Seen more obliquely than this nobody would mark a thing; they would ask the technician to step aside. */
const MAX_OBLIQUE_COSINE = 0.5;
const EYE_HEIGHT_M = { min: 1.2, max: 1.95 } as const;
/** What is marked is rarely in the very middle of the picture. */
const LOOK_ASIDE_RAD = (14 * Math.PI) / 180;
/** Of the asked distance, either way. */
const DISTANCE_TOLERANCE = 0.15;
const PICTURE_MARGIN = 0.05;
const MAX_TRIES = 10_000;

interface Scenery {
  readonly room: Room;
  readonly camera: CameraProfile;
  readonly distanceM: number;
  readonly random: () => number;
}

/** Draws again until something is in sight at about the asked distance. */
export function anySighting(scenery: Scenery): Sighting {
  for (let i = 0; i < MAX_TRIES; i += 1) {
    const sighting = trySighting(scenery);
    if (sighting !== null) return sighting;
  }
  throw new Error(`nothing in ${scenery.room.name} can be seen from ${scenery.distanceM} m`);
}

function trySighting({ room, camera, distanceM, random }: Scenery): Sighting | null {
  const landmark = room.landmarks[Math.floor(random() * room.landmarks.length)];
  const eyes = landmark && standBefore(landmark, distanceM, random);
  if (!landmark || !eyes || !isWalkable(room, eyes)) return null;
  const aside = levelOrientation(LOOK_ASIDE_RAD * (2 * random() - 1), LOOK_ASIDE_RAD * (2 * random() - 1));
  const viewerPose: Pose = { position: eyes, orientation: multiply(lookRotation(eyes, landmark.position), aside) };
  const near = addScaled(landmark.position, anyDirection(random), SPREAD_M * random());
  const centre = cameraPose(viewerPose, camera).position;
  const target = surfaceTowards(room, centre, near);
  if (target === null || Math.abs(distance(centre, target) - distanceM) > DISTANCE_TOLERANCE * distanceM) return null;
  const seen = project(target, viewerPose, camera);
  if (seen.kind === 'behind' || !isInPicture(seen.u) || !isInPicture(seen.v)) return null;
  return { viewerPose, target, at: [seen.u, seen.v] };
}

function standBefore({ position, normal }: Landmark, distanceM: number, random: () => number): Vec3 | null {
  const direction = anyDirection(random);
  return dot(direction, normal) < MAX_OBLIQUE_COSINE ? null : addScaled(position, direction, distanceM);
}

function isWalkable({ walkable: { min, max } }: Room, [x, y, z]: Vec3): boolean {
  const isInside = x >= min[0] && x <= max[0] && z >= min[2] && z <= max[2];
  return isInside && y >= EYE_HEIGHT_M.min && y <= EYE_HEIGHT_M.max;
}

function surfaceTowards(room: Room, from: Vec3, towards: Vec3): Vec3 | null {
  const direction = normalize([towards[0] - from[0], towards[1] - from[1], towards[2] - from[2]]);
  const solids = room.parts.filter((part) => part.solid);
  return direction && (hitNearest(solids, from, direction)?.point ?? null);
}

const isInPicture = (coordinate: number): boolean => coordinate >= PICTURE_MARGIN && coordinate <= 1 - PICTURE_MARGIN;

/** Uniform on the sphere (Archimedes: the height of a uniform point is uniform). */
function anyDirection(random: () => number): Vec3 {
  const y = 2 * random() - 1;
  const angle = 2 * Math.PI * random();
  const across = Math.sqrt(1 - y * y);
  return [across * Math.cos(angle), y, across * Math.sin(angle)];
}
