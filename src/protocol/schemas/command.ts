import * as v from 'valibot';
import type { CallCommand } from '../../domain/call/command.ts';
import {
  CameraSchema,
  ColourSchema,
  FrameRefSchema,
  Id,
  ImageMarkSchema,
  MarkRefusalSchema,
  MediaSchema,
  PersonKeySchema,
  PlacementSchema,
  PoseSchema,
  ShapeSchema,
  Uint,
} from './primitives.ts';

/** Everything a page may ask for within a call; the hub's own commands are not on the wire. */
export const CommandSchema: v.GenericSchema<unknown, CallCommand> = v.variant('type', [
  v.strictObject({ type: v.literal('answer'), media: MediaSchema }),
  v.strictObject({ type: v.literal('decline'), reason: v.picklist(['declined', 'busy']) }),
  v.strictObject({ type: v.literal('leave') }),
  v.strictObject({ type: v.literal('callOff'), person: PersonKeySchema }),
  v.strictObject({ type: v.literal('setMedia'), media: MediaSchema }),
  v.strictObject({
    type: v.literal('describeCamera'),
    camera: CameraSchema,
    spaceEpoch: Uint,
    tracking: v.boolean(),
  }),
  v.strictObject({ type: v.literal('startEditing'), target: PersonKeySchema, frame: FrameRefSchema }),
  v.strictObject({ type: v.literal('stopEditing') }),
  v.strictObject({
    type: v.literal('mark'),
    markId: Id,
    target: PersonKeySchema,
    frame: FrameRefSchema,
    mark: ImageMarkSchema,
  }),
  v.strictObject({ type: v.literal('placeMark'), markId: Id, placement: PlacementSchema }),
  v.strictObject({ type: v.literal('refuseMark'), markId: Id, code: MarkRefusalSchema }),
  v.strictObject({
    type: v.literal('annotate'),
    annotationId: Id,
    shape: ShapeSchema,
    colour: ColourSchema,
    placement: PlacementSchema,
  }),
  v.strictObject({
    type: v.literal('moveAnchor'),
    anchorId: Id,
    pose: PoseSchema,
    spaceEpoch: Uint,
    state: v.picklist(['tracked', 'lost']),
  }),
  v.strictObject({ type: v.literal('undo') }),
  v.strictObject({ type: v.literal('eraseAll') }),
]);
