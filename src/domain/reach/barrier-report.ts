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
  const twice = new Set(names.filter((name, at) => names.indexOf(name) !== at));
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
  [...new Set(names)].flatMap((segment): readonly PolicyProblem[] => {
    const governing = active.filter((policy) => policy.segment === segment).map(({ name }) => name);
    if (governing.length === 0) return [{ kind: 'segment-ungoverned', segment }];
    return governing.length === 1 ? [] : [{ kind: 'policies-several', segment, policies: governing }];
  });

/**
 * Policies that keep their segment from another one which for its part would have it. An allow list always leaves out
 * segments without a policy, so that alone is not called one-way.
 */
function reportOneWay(names: readonly string[], active: readonly BarrierPolicy[]): readonly PolicyProblem[] {
  const governing = new Map(names.map((name) => [name, active.filter(({ segment }) => segment === name)]));
  return active.flatMap((policy) =>
    [...new Set(names)].flatMap((other): readonly PolicyProblem[] => {
      if (other === policy.segment || permits(policy, other)) return [];
      const answers = governing.get(other) ?? [];
      if (answers.length === 0 && policy.rule === 'allow') return [];
      if (!answers.every((answer) => permits(answer, policy.segment))) return [];
      return [{ kind: 'one-way', policy: policy.name, segment: policy.segment, other }];
    }),
  );
}

const permits = ({ rule, targets }: BarrierPolicy, segment: string): boolean =>
  targets.includes(segment) === (rule === 'allow');
