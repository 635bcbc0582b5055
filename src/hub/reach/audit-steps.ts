import type { ReachWorld, RuleStep } from '../../domain/reach/model.ts';
import type { AuditStep } from '../store/reach-store.ts';

/**
 * The rules as the administrators of one tenant may see them: their own in full; of each other tenant no more than whether it
 * accepts them, by their own domain. So "Contoso1 does not accept abc.com", and not by which of Contoso1's settings.
 */
export function stepsFor(tid: string, steps: readonly RuleStep[], world: ReachWorld): readonly AuditStep[] {
  const denying = new Set(steps.filter(({ outcome }) => outcome === 'denies').map((step) => step.tid));
  const told = new Set<string>();
  return steps.flatMap((step): readonly AuditStep[] => {
    if (step.tid === tid) return [{ ...step, to: step.to === '' ? null : step.to }];
    if (told.has(step.tid)) return [];
    told.add(step.tid);
    const outcome = denying.has(step.tid) ? 'denies' : 'allows';
    const entry = world.tenant(tid)?.domains[0] ?? null;
    return [{ tid: step.tid, rule: 'other-tenant', from: null, to: null, outcome, policy: null, segment: null, entry }];
  });
}
