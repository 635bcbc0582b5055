import * as v from 'valibot';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import { LIMITS } from '../limits.ts';
import type { HubMethodName, HubMethods } from '../types.ts';
import { CommandSchema } from './command.ts';
import {
  ColourSchema,
  DeviceSchema,
  Id,
  ImagePointSchema,
  MediaSchema,
  MeetingId,
  PersonKeySchema,
  ShapeSchema,
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

const Relay = v.variant('type', [
  v.strictObject({ type: v.literal('pointer'), frameId: Uint, at: v.nullable(ImagePointSchema) }),
  v.strictObject({
    type: v.literal('drawing'),
    markId: Id,
    shape: ShapeSchema,
    colour: ColourSchema,
    points: v.pipe(v.array(ImagePointSchema), v.maxLength(LIMITS.markPoints)),
  }),
]);

const REQUESTS: { readonly [M in HubMethodName]: v.GenericSchema<unknown, HubMethods[M]['request']> } = {
  hello: v.strictObject({
    protocolVersion: Uint,
    device: DeviceSchema,
    resume: v.pipe(v.array(v.strictObject({ callId: Id, afterSeq: Uint })), v.maxLength(16)),
  }),
  contacts: v.strictObject({}),
  search: v.strictObject({ query: boundedText(LIMITS.searchChars) }),
  meetings: v.strictObject({}),
  call: v.strictObject({ commandId: Id, to: PersonKeySchema, media: MediaSchema }),
  joinMeeting: v.strictObject({ commandId: Id, meetingId: MeetingId, media: MediaSchema }),
  command: v.strictObject({ commandId: Id, callId: Id, command: CommandSchema }),
  resume: v.strictObject({ callId: Id, afterSeq: Uint }),
  signal: v.strictObject({ callId: Id, to: PersonKeySchema, payload: Signal }),
  relay: v.strictObject({ callId: Id, payload: Relay }),
  iceServers: v.strictObject({}),
  renew: v.strictObject({ accessToken: boundedText(16_384) }),
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
