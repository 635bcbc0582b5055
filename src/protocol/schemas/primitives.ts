import * as v from 'valibot';
import { COLOURS, DEPTH_SOURCES, MARK_REFUSALS, MARK_SHAPES } from '../../domain/annotation/types.ts';
import { DEVICE_KINDS, MEDIA_PROBLEMS, VIDEO_SOURCES } from '../../domain/call/state.ts';
import { LIMITS } from '../limits.ts';

/** Identifiers are UUIDs in lower case: nothing that a plain object could mistake for a member of its own. */
export const Id = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));
/** `anon:` for somebody without a sign-in. */
export const PersonKeySchema = v.pipe(v.string(), v.regex(/^(?:[0-9a-f-]{36}|anon):[0-9a-f-]{36}$/));

/** Meetings are named by whoever keeps the calendar (Microsoft Graph's ids are long); they are only ever looked up. */
export const MeetingId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._=+/-]{0,255}$/));

const finite = v.pipe(v.number(), v.finite());
/** Beyond a kilometre no headset keeps its bearings. */
const metres = v.pipe(finite, v.minValue(-1_000), v.maxValue(1_000));
const unit = v.pipe(finite, v.minValue(-1.001), v.maxValue(1.001));
export const Uint = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

export const Vec3Schema = v.strictTuple([metres, metres, metres]);
const UnitVec3 = v.strictTuple([unit, unit, unit]);
export const PoseSchema = v.strictObject({
  position: Vec3Schema,
  orientation: v.pipe(
    v.strictTuple([unit, unit, unit, unit]),
    v.check(([x, y, z, w]) => Math.abs(Math.hypot(x, y, z, w) - 1) < 1e-3, 'a rotation has length 1'),
  ),
});

export const ColourSchema = v.picklist(COLOURS);
export const ShapeSchema = v.picklist(MARK_SHAPES);
export const MarkRefusalSchema = v.picklist(MARK_REFUSALS);

/** Any number at all, NaN included: what is wrong with a mark's points the rules say, each with its own code. */
const anyNumber = v.custom<number>((input) => typeof input === 'number', 'a number is expected');
export const ImagePointSchema = v.strictTuple([anyNumber, anyNumber]);

export const FrameRefSchema = v.strictObject({ frameId: Uint, captureTimeMs: finite, spaceEpoch: Uint });

export const ImageMarkSchema = v.strictObject({
  shape: ShapeSchema,
  colour: ColourSchema,
  // Twice what the rules allow, so that too many points are refused by the rules, with their own code.
  points: v.pipe(v.array(ImagePointSchema), v.maxLength(2 * LIMITS.markPoints)),
  aspect: v.pipe(finite, v.minValue(0.1), v.maxValue(10)),
});

const Geometry = v.variant('kind', [
  v.strictObject({
    kind: v.literal('arrow'),
    tip: Vec3Schema,
    towardsTail: UnitVec3,
    lengthM: v.pipe(finite, v.minValue(0.001), v.maxValue(10)),
  }),
  v.strictObject({
    kind: v.literal('stroke'),
    points: v.pipe(v.array(Vec3Schema), v.minLength(2), v.maxLength(LIMITS.strokePoints + 1)),
    closed: v.boolean(),
  }),
  v.strictObject({ kind: v.literal('dot'), point: Vec3Schema, normal: UnitVec3 }),
]);

export const PlacementSchema = v.strictObject({
  anchorId: Id,
  anchorKind: v.picklist(['anchor', 'space']),
  anchorPose: PoseSchema,
  spaceEpoch: Uint,
  geometry: Geometry,
  depthSource: v.picklist(DEPTH_SOURCES),
  quality: v.picklist(['good', 'approximate']),
});

const focal = v.pipe(finite, v.minValue(0.1), v.maxValue(20));
const principal = v.pipe(finite, v.minValue(-1), v.maxValue(2));
export const CameraSchema = v.strictObject({
  source: v.picklist(['truth', 'documented', 'calibrated']),
  intrinsics: v.strictObject({ focalX: focal, focalY: focal, principalX: principal, principalY: principal }),
  eyeToCamera: PoseSchema,
  timeOffsetMs: v.pipe(finite, v.minValue(-1_000), v.maxValue(1_000)),
});

export const DeviceSchema = v.strictObject({ id: Id, kind: v.picklist(DEVICE_KINDS) });
export const MediaSchema = v.strictObject({
  audio: v.boolean(),
  video: v.picklist(VIDEO_SOURCES),
  problem: v.picklist(MEDIA_PROBLEMS),
});
