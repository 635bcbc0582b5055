import { decideReach } from './decide.ts';
import { isGuest } from './guests.ts';
import type { Account, ReachWorld } from './model.ts';
import { indexOf, type SegmentSet } from './tenant-index.ts';

/**
 * Whether the actor may find one account after the other: as `decideReach` says, for those who ask about tens of thousands.
 * Among members of one tenant who are not hidden the answer depends on nothing but their segments, so it is asked once for each
 * set of them.
 */
export function createFinder(world: ReachWorld, actor: Account): (target: Account) => boolean {
  const tenant = world.tenant(actor.tid);
  const known = new Map<SegmentSet, boolean>();
  const ask = (target: Account): boolean =>
    decideReach(world, { action: 'find', actor, target, present: [], place: 'none' }).allowed;
  if (tenant === undefined || isGuest(actor)) return ask;
  const index = indexOf(tenant);
  return (target) => {
    if (target.tid !== actor.tid || target.hidden || isGuest(target) || target.key === actor.key) return ask(target);
    const segments = index.segmentsOf(target);
    const before = known.get(segments);
    if (before !== undefined) return before;
    const allowed = ask(target);
    known.set(segments, allowed);
    return allowed;
  };
}
