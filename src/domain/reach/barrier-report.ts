import type { BarrierPolicy, TenantPolicy } from './model.ts';
import type { PolicyProblem } from './problem.ts';

/** What an administrator should know about a tenant's information barriers. */
export function reportBarriers({ segments, barriers }: TenantPolicy): readonly PolicyProblem[] {
  const names = segments.map(({ name }) => name);
  const active = barriers.policies.filter((policy) => policy.active);
  return [
    ...reportNames(names, barriers.policies),
    ...(barriers.mode === 'multi' ? reportMulti(active, barriers.legacy) : []),
    ...active.flatMap(reportTargets),
    ...reportGoverning(names, active),
    ...reportOneWay(names, active),
  ];
}

function reportNames(names: readonly string[], policies: readonly BarrierPolicy[]): readonly PolicyProblem[] {
  const known = new Set(names);
  const seen = new Set<string>();
  const twice = new Set(names.filter((name) => seen.size === seen.add(name).size));
  return [
    ...[...twice].map((segment) => ({ kind: 'segment-twice', segment }) as const),
    ...policies
      .filter(({ segment }) => !known.has(segment))
      .map(({ name, segment }) => ({ kind: 'segment-unknown', policy: name, segment }) as const),
    ...policies.flatMap(({ name, targets }) =>
      targets
        .filter((target) => !known.has(target))
        .map((target) => ({ kind: 'target-unknown', policy: name, target }) as const),
    ),
  ];
}

const reportMulti = (active: readonly BarrierPolicy[], legacy: boolean): readonly PolicyProblem[] => [
  ...active
    .filter(({ rule }) => rule === 'block')
    .map(({ name }) => ({ kind: 'block-in-multi', policy: name }) as const),
  ...(legacy ? [{ kind: 'legacy-in-multi' } as const] : []),
];

function reportTargets({ name, segment, rule, targets }: BarrierPolicy): readonly PolicyProblem[] {
  if (targets.length === 0) return [{ kind: 'targets-missing', policy: name }];
  if (rule === 'allow' && !targets.includes(segment)) return [{ kind: 'own-segment-unlisted', policy: name, segment }];
  return [];
}

const reportGoverning = (names: readonly string[], active: readonly BarrierPolicy[]): readonly PolicyProblem[] =>
  Array.from(bySegment(names, active), ([segment, policies]): readonly PolicyProblem[] => {
    const governing = policies.map(({ name }) => name);
    if (governing.length === 0) return [{ kind: 'segment-ungoverned', segment }];
    return governing.length === 1 ? [] : [{ kind: 'policies-several', segment, policies: governing }];
  }).flat();

function bySegment(
  names: readonly string[],
  active: readonly BarrierPolicy[],
): ReadonlyMap<string, readonly BarrierPolicy[]> {
  const governing = new Map(names.map((name) => [name, [] as BarrierPolicy[]]));
  for (const policy of active) governing.get(policy.segment)?.push(policy);
  return governing;
}

/** Of more than this nobody reads the last. */
const MAX_ONE_WAY = 100;

/**
 * Policies that keep their segment from another one which for its part would have it. An allow list always leaves out
 * segments without a policy, so that alone is not called one-way.
 */
function reportOneWay(names: readonly string[], active: readonly BarrierPolicy[]): readonly PolicyProblem[] {
  const governing = bySegment(names, active);
  const targets = new Map(active.map((policy) => [policy, new Set(policy.targets)]));
  const permits = (policy: BarrierPolicy, segment: string): boolean =>
    targets.get(policy)?.has(segment) === (policy.rule === 'allow');
  const problems: PolicyProblem[] = [];
  for (const policy of active) {
    for (const [other, answers] of governing) {
      if (problems.length >= MAX_ONE_WAY) return problems;
      if (other === policy.segment || permits(policy, other)) continue;
      if (answers.length === 0 && policy.rule === 'allow') continue;
      if (!answers.every((answer) => permits(answer, policy.segment))) continue;
      problems.push({ kind: 'one-way', policy: policy.name, segment: policy.segment, other });
    }
  }
  return problems;
}
