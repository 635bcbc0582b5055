import * as v from 'valibot';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import { FIRST_SNAPSHOT_FRAME_ID } from '../../domain/registration/frame-memory.ts';
import { STILL_SEEN } from '../../domain/still/news.ts';
import { LIMITS } from '../limits.ts';
import { type HubMethodName, type HubMethods, SNAPSHOT_REFUSALS } from '../types.ts';
import { CommandSchema } from './command.ts';
import { MEETING_REQUESTS } from './meetings.ts';
import {
  DeviceSchema,
  FrameRefSchema,
  Id,
  ImageMarkSchema,
  MediaSchema,
  PersonKeySchema,
  PoseSchema,
  Uint,
} from './primitives.ts';

const boundedText = (maxChars: number) => v.pipe(v.string(), v.maxLength(maxChars));

const Signal = v.variant('type', [
  v.strictObject({
    type: v.literal('description'),
    sdpType: v.picklist(['offer', 'answer']),
    sdp: boundedText(LIMITS.signalBytes),
  }),
  v.strictObject({
    type: v.literal('candidate'),
    candidate: boundedText(2_048),
    sdpMid: v.nullable(boundedText(64)),
    sdpMLineIndex: v.nullable(Uint),
    usernameFragment: v.nullable(boundedText(256)),
  }),
  v.strictObject({ type: v.literal('restart') }),
]);

const SnapshotFrame = v.pipe(
  FrameRefSchema,
  v.check(({ frameId }) => frameId >= FIRST_SNAPSHOT_FRAME_ID, 'a snapshot’s id is none of a video frame’s'),
);

/** JSON has no bytes: snapshots travel in the MessagePack hub protocol alone. */
const Jpeg = v.pipe(
  v.custom<Uint8Array<ArrayBuffer>>((input) => input instanceof Uint8Array, 'bytes are expected'),
  v.maxLength(LIMITS.snapshotBytes),
  v.check(([first, second, third]) => first === 0xff && second === 0xd8 && third === 0xff, 'a JPEG is expected'),
);

/** Its frame is the still: there is nothing to find in a room, and what is outside of the picture is not shown. */
const StillMark = v.pipe(
  ImageMarkSchema,
  v.check(
    ({ points }) => points.length > 0 && points.length <= LIMITS.stillPoints,
    'a mark of a few points is expected',
  ),
  v.check(({ points }) => points.every(([x, y]) => isShare(x) && isShare(y)), 'points of the picture are expected'),
);
const isShare = (part: number): boolean => part >= 0 && part <= 1;

const Relay = v.variant('type', [
  v.strictObject({ type: v.literal('askSnapshot') }),
  v.strictObject({
    type: v.literal('snapshot'),
    snapshot: v.strictObject({
      frame: SnapshotFrame,
      tracked: v.boolean(),
      pose: PoseSchema,
      takenAtMs: Uint,
      jpeg: Jpeg,
    }),
  }),
  v.strictObject({ type: v.literal('noSnapshot'), reason: v.picklist(SNAPSHOT_REFUSALS) }),
  v.strictObject({ type: v.literal('still'), stillId: Id, jpeg: Jpeg }),
  v.strictObject({
    type: v.literal('stillMarks'),
    stillId: Id,
    marks: v.pipe(v.array(StillMark), v.maxLength(LIMITS.stillMarks)),
  }),
  v.strictObject({ type: v.literal('stillOver'), stillId: v.nullable(Id) }),
  v.strictObject({ type: v.literal('askStill'), stillId: v.nullable(Id) }),
  v.strictObject({ type: v.literal('stillSeen'), stillId: Id, seen: v.picklist(STILL_SEEN) }),
  v.strictObject({ type: v.literal('closeScreen') }),
]);

const REQUESTS: { readonly [M in HubMethodName]: v.GenericSchema<unknown, HubMethods[M]['request']> } = {
  hello: v.strictObject({
    protocolVersion: Uint,
    device: DeviceSchema,
    resume: v.pipe(v.array(v.strictObject({ callId: Id, afterSeq: Uint })), v.maxLength(16)),
  }),
  contacts: v.strictObject({}),
  search: v.strictObject({ query: boundedText(LIMITS.searchChars) }),
  call: v.strictObject({ commandId: Id, to: PersonKeySchema, media: MediaSchema }),
  add: v.strictObject({ commandId: Id, callId: Id, to: PersonKeySchema }),
  command: v.strictObject({ commandId: Id, callId: Id, command: CommandSchema }),
  resume: v.strictObject({ callId: Id, afterSeq: Uint }),
  signal: v.strictObject({ callId: Id, to: PersonKeySchema, payload: Signal }),
  relay: v.strictObject({ callId: Id, to: PersonKeySchema, payload: Relay }),
  iceServers: v.strictObject({}),
  renew: v.strictObject({ accessToken: boundedText(16_384) }),
  ...MEETING_REQUESTS,
};

export const HUB_METHODS = Object.keys(REQUESTS) as readonly HubMethodName[];

/**
 * Reads the arguments of an invocation: exactly one, of the method's form. Refuses with `malformed` and the path of the
 * first bad value (never the value: it may be private), or with `protocol-version` before looking at anything else of
 * a `hello` from another version of the protocol.
 */
export function parseRequest<M extends HubMethodName>(
  method: M,
  args: readonly unknown[],
  ownVersion: number,
): Result<HubMethods[M]['request']> {
  if (method === 'hello' && !speaksVersion(args[0], ownVersion)) {
    return refuse('protocol-version', `the hub speaks version ${ownVersion}`);
  }
  if (args.length !== 1) return refuse('malformed', 'one argument expected');
  const parsed = v.safeParse(REQUESTS[method], args[0], { abortEarly: true });
  if (parsed.success) return accept(parsed.output);
  return refuse('malformed', v.getDotPath(parsed.issues[0]) ?? 'argument');
}

function speaksVersion(hello: unknown, ownVersion: number): boolean {
  return (
    typeof hello === 'object' && hello !== null && 'protocolVersion' in hello && hello.protocolVersion === ownVersion
  );
}
