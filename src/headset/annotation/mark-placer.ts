import { effect } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import { toAnchorLocal } from '../../domain/annotation/anchoring.ts';
import { resolveMark } from '../../domain/annotation/interpret.ts';
import { planProbes } from '../../domain/annotation/probes.ts';
import type { DepthContext } from '../../domain/annotation/surface.ts';
import type { FrameRef, MarkRefusalCode, Placement } from '../../domain/annotation/types.ts';
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
  | { readonly ok: true; readonly placement: Placement }
  | { readonly ok: false; readonly code: MarkRefusalCode };

/** How many earlier places help to guess the depth of the next one. */
const REMEMBERED_PLACES = 8;

/**
 * Answers each mark that waits for this headset: with its place in the room, or with the reason why there is none.
 * Which marks wait is part of the call's state, so none is lost when this page reloads or the hub restarts.
 * Returns the end of it.
 */
export function startMarkPlacer(options: MarkPlacerOptions): () => void {
  const { call, me } = options;
  const underWay = new Set<string>();
  const accepted = createAcceptedPlaces();
  let stopped = false;

  const answer = async (pending: PendingMark): Promise<void> => {
    const { markId } = pending;
    const outcome = await place(pending, options, accepted);
    if (stopped) return;
    await call.send(
      outcome.ok
        ? { type: 'placeMark', markId, placement: outcome.placement }
        : { type: 'refuseMark', markId, code: outcome.code },
    );
    underWay.delete(markId);
  };

  const stop = effect(() => {
    for (const pending of Object.values(call.state.value.pendingMarks)) {
      if (pending.target !== me || underWay.has(pending.markId)) continue;
      underWay.add(pending.markId);
      void answer(pending);
    }
  });
  return () => {
    stopped = true;
    stop();
  };
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
  // What was measured in a space that is gone belongs nowhere.
  if (anchor === null || room.spaceEpoch() !== spaceEpoch) return { ok: false, code: 'space-reset' };
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
  return { ok: true, placement };
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
