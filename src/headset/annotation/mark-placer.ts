import { effect } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import { toAnchorLocal } from '../../domain/annotation/anchoring.ts';
import { resolveMark } from '../../domain/annotation/interpret.ts';
import { planProbes } from '../../domain/annotation/probes.ts';
import type { DepthContext } from '../../domain/annotation/surface.ts';
import type { FrameRef, MarkRefusalCode, Placement } from '../../domain/annotation/types.ts';
import type { CallCommand } from '../../domain/call/command.ts';
import type { RefusalCode, Result } from '../../domain/call/refusal.ts';
import type { PendingMark, PersonKey } from '../../domain/call/state.ts';
import type { CameraProfile } from '../../domain/registration/camera.ts';
import type { FrameLookup } from '../../domain/registration/frame-log.ts';
import type { SpacePoint } from '../../domain/registration/pose.ts';
import type { RoomAnchors } from './room-anchors.ts';
import type { RoomProbe } from './room-probe.ts';

/** What an XR session adds; without one no mark can be placed. */
export interface PlacingRoom {
  readonly probe: RoomProbe;
  readonly anchors: RoomAnchors;
  spaceEpoch(): number;
}

export interface MarkPlacerOptions {
  readonly call: CallSession;
  readonly me: PersonKey;
  readonly camera: CameraProfile;
  /** Where the head was when a frame was taken. */
  readonly findFrame: (frame: FrameRef) => FrameLookup;
  /** The room of the XR session that runs now. */
  readonly room: () => PlacingRoom | null;
  /** Where the wearer last pointed, while that is fresh. */
  readonly pointer?: () => SpacePoint | null;
}

type Outcome =
  | {
      readonly ok: true;
      readonly placement: Placement;
      /** To be called once the hub knows of it, or will never. */
      readonly letGo: () => void;
    }
  | { readonly ok: false; readonly code: MarkRefusalCode };

/** How many earlier places help to guess the depth of the next one. */
const REMEMBERED_PLACES = 8;

/** Longer than any device needs; one that shows nothing (the headset was taken off) might never say anything. */
const PLACE_WITHIN_MS = 10_000;
/** For a mark that is not placed for a reason that isn't the mark's own: a new picture is worth a try. */
const UNPLACED = { ok: false, code: 'frame-not-tracked' } as const;
/** An answer that the hub could not take just now is given this often at most. */
const ATTEMPTS = 3;
const AGAIN_AFTER_MS = 1_000;

/**
 * Answers each mark that waits for this headset: with its place in the room, or with the reason why there is none.
 * Which marks wait is part of the call's state, so none is lost when this page reloads or the hub restarts.
 * Each mark is tried once: a place that the hub refuses becomes a refusal of the mark, and then it is the hub's.
 * Returns the end of it.
 */
export function startMarkPlacer(options: MarkPlacerOptions): () => void {
  const { call, me } = options;
  const taken = new Set<string>();
  const accepted = createAcceptedPlaces();
  const ended = new AbortController();

  const answer = async (pending: PendingMark): Promise<void> => {
    const placing = place(pending, options, accepted);
    await tell(pending, await soon(placing));
    // It may come after all, when nobody waits for it any more.
    placing.then(
      (outcome) => outcome.ok && outcome.letGo(),
      () => undefined,
    );
  };

  const tell = async ({ markId }: PendingMark, outcome: Outcome): Promise<void> => {
    if (ended.signal.aborted) return;
    let refusal: MarkRefusalCode = UNPLACED.code;
    if (outcome.ok) {
      const placed = await deliver(call, { type: 'placeMark', markId, placement: outcome.placement }, ended.signal);
      if (ended.signal.aborted || placed.ok || NOT_WAITING.has(placed.refusal.code)) return;
    } else refusal = outcome.code;
    await deliver(call, { type: 'refuseMark', markId, code: refusal }, ended.signal);
  };

  const stop = effect(() => {
    const { pendingMarks } = call.state.value;
    for (const markId of taken) if (pendingMarks[markId] === undefined) taken.delete(markId);
    for (const pending of Object.values(pendingMarks)) {
      if (pending.target !== me || taken.has(pending.markId)) continue;
      taken.add(pending.markId);
      void answer(pending);
    }
  });
  return () => {
    ended.abort();
    stop();
  };
}

/** The outcome, or that there is none when the device fails or keeps silent. */
function soon(placing: Promise<Outcome>): Promise<Outcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(UNPLACED), PLACE_WITHIN_MS);
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    placing.then(finish, () => finish(UNPLACED));
  });
}

/** Refusals after which nobody waits for an answer any more. */
const NOT_WAITING: ReadonlySet<RefusalCode> = new Set(['mark-unknown', 'call-ended', 'not-in-call', 'call-unknown']);
/** Refusals that say nothing of the command itself. */
const FOR_NOW: ReadonlySet<RefusalCode> = new Set(['too-many-requests', 'internal']);

async function deliver(call: CallSession, command: CallCommand, ended: AbortSignal): Promise<Result<null>> {
  let result = await call.send(command);
  for (let attempt = 1; attempt < ATTEMPTS && !result.ok && FOR_NOW.has(result.refusal.code); attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    if (ended.aborted) break;
    result = await call.send(command);
  }
  return result;
}

async function place(pending: PendingMark, options: MarkPlacerOptions, accepted: AcceptedPlaces): Promise<Outcome> {
  const room = options.room();
  if (room === null) return { ok: false, code: 'frame-not-tracked' };
  const spaceEpoch = room.spaceEpoch();
  if (pending.frame.spaceEpoch !== spaceEpoch) return { ok: false, code: 'space-reset' };
  const found = options.findFrame(pending.frame);
  if (!found.ok) return found;
  const seen = { mark: pending.mark, viewerPose: found.pose, profile: options.camera };
  const hits = await room.probe.probe(planProbes(seen));
  const context: DepthContext = { accepted: accepted.of(spaceEpoch), pointer: options.pointer?.() ?? null };
  const resolved = resolveMark(seen, hits, context);
  if (!resolved.ok) return resolved;
  const { geometry, centre, depthSource, quality } = resolved.resolution;
  const anchor = await room.anchors.anchorAt(centre);
  if (anchor === null) return { ok: false, code: 'space-reset' };
  const letGo = (): void => room.anchors.letGo(anchor.anchorId);
  if (room.spaceEpoch() !== spaceEpoch) {
    // What was measured in a space that is gone belongs nowhere.
    letGo();
    return { ok: false, code: 'space-reset' };
  }
  if (quality === 'good') accepted.add(spaceEpoch, centre);
  const placement: Placement = {
    anchorId: anchor.anchorId,
    anchorKind: anchor.kind,
    anchorPose: anchor.pose,
    spaceEpoch,
    geometry: toAnchorLocal(geometry, anchor.pose),
    depthSource,
    quality,
  };
  return { ok: true, placement, letGo };
}

interface AcceptedPlaces {
  of(spaceEpoch: number): readonly SpacePoint[];
  add(spaceEpoch: number, place: SpacePoint): void;
}

/** Places of one space only: when the device loses its bearings they mean nothing any more. */
function createAcceptedPlaces(): AcceptedPlaces {
  let places: readonly SpacePoint[] = [];
  let epoch = -1;
  const of = (spaceEpoch: number) => (spaceEpoch === epoch ? places : []);
  return {
    of,
    add(spaceEpoch, place) {
      places = [...of(spaceEpoch), place].slice(-REMEMBERED_PLACES);
      epoch = spaceEpoch;
    },
  };
}
