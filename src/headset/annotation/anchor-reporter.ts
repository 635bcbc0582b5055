import { effect } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import type { CallCommand } from '../../domain/call/command.ts';
import type { Anchor, CallState, PersonKey } from '../../domain/call/state.ts';
import type { HeldAnchor, RoomAnchors } from './room-anchors.ts';

/**
 * The anchors that something drawn hangs on. Erased annotations count while they are part of the state: those that no
 * Undo can bring back are not.
 */
export const anchorsInUse = (state: CallState): ReadonlySet<string> =>
  new Set(Object.values(state.annotations).map((annotation) => annotation.anchorId));

/**
 * Keeps the call's anchors true to the device: whatever differs is told. Anchors of an earlier session or page are held by
 * nobody any more; they are told as lost, so that every screen shows them as stale. Returns the end of it.
 */
export function startAnchorReporter(call: CallSession, me: PersonKey, anchors: () => RoomAnchors | null): () => void {
  const told = new Map<string, string>();

  const report = (): void => {
    const room = anchors();
    const state = call.state.value;
    const inUse = anchorsInUse(state);
    for (const anchor of Object.values(state.anchors)) {
      // Where nothing hangs, the device may have its anchor back without a word.
      if (anchor.owner !== me || !inUse.has(anchor.anchorId)) continue;
      const command = difference(anchor, room?.held(anchor.anchorId) ?? null);
      if (command === null) continue;
      // The answer is on its way: the same thing is not said twice.
      const words = JSON.stringify(command);
      if (told.get(anchor.anchorId) === words) continue;
      told.set(anchor.anchorId, words);
      void call.send(command);
    }
  };

  const stopEffect = effect(report);
  const stopChanges = anchors()?.onChange(report);
  return () => {
    stopEffect();
    stopChanges?.();
  };
}

function difference(known: Anchor, held: HeldAnchor | null): CallCommand | null {
  const { anchorId } = known;
  if (held === null) {
    if (known.state === 'lost') return null;
    return { type: 'moveAnchor', anchorId, pose: known.pose, spaceEpoch: known.spaceEpoch, state: 'lost' };
  }
  const same = held.pose === known.pose || JSON.stringify(held.pose) === JSON.stringify(known.pose);
  if (same && held.state === known.state && held.spaceEpoch === known.spaceEpoch) return null;
  return { type: 'moveAnchor', anchorId, pose: held.pose, spaceEpoch: held.spaceEpoch, state: held.state };
}
