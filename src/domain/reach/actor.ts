import { finding } from './finding.ts';
import { guestAccessFinding, isGuest } from './guests.ts';
import type { Account, ReachRefusal, ReachWorld } from './model.ts';
import { addStep, type Chain } from './pair.ts';
import { indexOf } from './tenant-index.ts';

/** Asks what concerns the actor alone. Returns why they may do nothing at all, or null. */
export function askActor(world: ReachWorld, actor: Account, chain: Chain): ReachRefusal | null {
  const tenant = world.tenant(actor.tid);
  if (tenant === undefined) {
    addStep(chain, finding('tenant-unknown', false), actor, actor);
    return 'not-allowed';
  }
  if (!isGuest(actor)) return null;
  addStep(chain, guestAccessFinding(indexOf(tenant)), actor, actor);
  return chain.denial === null ? null : 'guest-access-off';
}
