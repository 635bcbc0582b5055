import type { PersonKey } from '../../../src/domain/call/state.ts';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import { type Bench, SEEDS, TID } from './hub-bench.ts';
import { settle } from './settle.ts';

/** A tenant's policy as the bench starts with it, with changes. */
export function benchPolicy(changes: Partial<TenantPolicy> = {}, tid = TID): TenantPolicy {
  const policy = SEEDS.policies.find((one) => one.tid === tid);
  if (policy === undefined) throw new Error(`no policy of ${tid}`);
  return { ...policy, ...changes };
}

/** Barriers that keep one group of people from another. */
export function apart(
  one: readonly PersonKey[],
  other: readonly PersonKey[],
): Pick<TenantPolicy, 'segments' | 'barriers'> {
  return {
    segments: [
      { name: 'One', groups: [], people: one },
      { name: 'Other', groups: [], people: other },
    ],
    barriers: {
      mode: 'single',
      legacy: false,
      policies: [
        { name: 'one', segment: 'One', active: true, rule: 'block', targets: ['Other'] },
        { name: 'other', segment: 'Other', active: true, rule: 'block', targets: ['One'] },
      ],
    },
  };
}

export async function applyTo(bench: Bench, changes: Partial<TenantPolicy>, tid = TID): Promise<void> {
  const policy = benchPolicy(changes, tid);
  const result = await bench.hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null });
  if (!result.ok) throw new Error(result.refusal.code);
  await settle();
}
