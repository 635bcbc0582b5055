import { MAX_SEGMENTS } from '../../domain/reach/report.ts';
import { type FileProblem, type PathPart, problemAt, repeated } from './problem.ts';
import type { FileBarrierPolicy, FileTenant } from './schema.ts';
import { segmentsOf } from './segments.ts';

export function checkBarriers(tenant: FileTenant, at: readonly PathPart[]): readonly FileProblem[] {
  return [
    ...checkSegments(tenant, [...at, 'segments']),
    ...checkMemberships(tenant, at),
    ...checkPolicies(tenant, [...at, 'barriers', 'policies']),
  ];
}

function checkSegments({ segments, people }: FileTenant, at: readonly PathPart[]): readonly FileProblem[] {
  const known = new Set(people.map((person) => person.mail));
  return [
    ...repeated(
      segments.map((segment) => segment.name),
      (index) => [...at, index, 'name'],
    ),
    ...segments.flatMap((segment, index) =>
      segment.people.flatMap((mail, place) =>
        known.has(mail)
          ? []
          : [problemAt([...at, index, 'people', place], `${mail} is not among the people of this tenant`)],
      ),
    ),
  ];
}

function checkMemberships(tenant: FileTenant, at: readonly PathPart[]): readonly FileProblem[] {
  const { mode } = tenant.barriers;
  const most = MAX_SEGMENTS[mode];
  const find = segmentsOf(tenant.segments);
  return tenant.people.flatMap((person, index) => {
    const names = find(person);
    if (names.length <= most) return [];
    const message = `is in ${names.length} segments (${names.join(', ')}); with the mode ${mode} at most ${most}`;
    return [problemAt([...at, 'people', index], message)];
  });
}

function checkPolicies(tenant: FileTenant, at: readonly PathPart[]): readonly FileProblem[] {
  const { policies } = tenant.barriers;
  const active = policies.flatMap((policy, index) => (policy.state === 'active' ? [{ policy, index }] : []));
  return [
    ...repeated(
      policies.map((policy) => policy.name),
      (index) => [...at, index, 'name'],
    ),
    ...repeated(
      active.map(({ policy }) => policy.segment),
      (index) => [...at, active[index]?.index ?? 0, 'segment'],
    ).map(({ path, message }) => ({ path, message: `${message}: a segment has one active policy at most` })),
    ...policies.flatMap((policy, index) => checkPolicy(policy, tenant, [...at, index])),
  ];
}

function checkPolicy(policy: FileBarrierPolicy, tenant: FileTenant, at: readonly PathPart[]): readonly FileProblem[] {
  const segments = new Set(tenant.segments.map((segment) => segment.name));
  const unknown = (names: readonly string[], path: readonly PathPart[]): readonly FileProblem[] =>
    names.flatMap((name, place) =>
      segments.has(name) ? [] : [problemAt([...path, place], `there is no segment ${name}`)],
    );
  const problems: FileProblem[] = [];
  if (!segments.has(policy.segment)) {
    problems.push(problemAt([...at, 'segment'], `there is no segment ${policy.segment}`));
  }
  if ((policy.allow === undefined) === (policy.block === undefined)) {
    problems.push(problemAt(at, 'must have either allow or block'));
  }
  if (policy.block !== undefined && tenant.barriers.mode === 'multi') {
    problems.push(problemAt([...at, 'block'], 'can only be allow with the mode multi'));
  }
  return [
    ...problems,
    ...unknown(policy.allow ?? [], [...at, 'allow']),
    ...unknown(policy.block ?? [], [...at, 'block']),
  ];
}
