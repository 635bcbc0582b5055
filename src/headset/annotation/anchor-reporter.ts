import { effect } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import type { CallCommand } from '../../domain/call/command.ts';
import type { Anchor, PersonKey } from '../../domain/call/state.ts';
import type { HeldAnchor, RoomAnchors } from './room-anchors.ts';

/**
 * Keeps the call's anchors true to the device: whatever differs is told. Anchors of an earlier session or page are held by
 * nobody any more; they are told as lost, so that every screen shows them as stale. Returns the end of it.
 */
export function startAnchorReporter(call: CallSession, me: PersonKey, anchors: () => RoomAnchors | null): () => void {
  const told = new Map<string, string>();

  const report = (): void => {
    const room = anchors();
    for (const anchor of Object.values(call.state.value.anchors)) {
      if (anchor.owner !== me) continue;
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
