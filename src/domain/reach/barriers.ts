import { type Finding, finding } from './finding.ts';
import type { BarrierPolicy, Barriers } from './model.ts';
import type { SegmentSet } from './tenant-index.ts';

const BARRIER_NONE = [finding('barrier-none', true)];
const BARRIER_UNREAD = [finding('barrier-unread', false)];

/**
 * What the policies over `a` say about reaching `b`; any denial among them denies. Both sides have to be asked.
 *
 * The published rules give each person one segment at most in single mode, and allow policies only in multi mode. Where a
 * tenant breaks them (`reportPolicy` says so), the answer leans to denial: with several segments in single mode each policy
 * has to permit each segment of the other; a block policy in multi mode blocks, and its segment counts as governed. Whose
 * groups nobody has read might be in any segment, so that everything is denied.
 */
export function barrierFindings(barriers: Barriers, a: SegmentSet, b: SegmentSet): readonly Finding[] {
  if (a.isUnread) return BARRIER_UNREAD;
  if (a.policies.length === 0) return BARRIER_NONE;
  if (barriers.mode === 'single') return a.policies.map((policy) => askPolicy(policy, b, barriers.legacy));
  const blocks = a.policies.filter((policy) => policy.rule === 'block').map((policy) => askBlock(policy, b));
  const allows = a.policies.filter((policy) => policy.rule === 'allow');
  if (b.policies.length > 0) return [...blocks, askMutually(a, b)];
  return allows.length === 0 ? blocks : [...blocks, askAnyAllow(allows, b, barriers.legacy)];
}

const askPolicy = (policy: BarrierPolicy, b: SegmentSet, legacy: boolean): Finding =>
  policy.rule === 'block' ? askBlock(policy, b) : askAllow(policy, b, legacy);

function askBlock(policy: BarrierPolicy, b: SegmentSet): Finding {
  const blocked = b.names.find((name) => policy.targets.includes(name));
  return ofPolicy('barrier-block', blocked === undefined, policy, blocked);
}

function askAllow(policy: BarrierPolicy, b: SegmentSet, legacy: boolean): Finding {
  if (b.names.length === 0) return ofPolicy('barrier-unsegmented', !legacy, policy);
  const unlisted = b.names.find((name) => !policy.targets.includes(name));
  return ofPolicy('barrier-allow', unlisted === undefined, policy, unlisted ?? b.names[0]);
}

/** Multi mode, only `a` governed: one listed segment of the other is enough. */
function askAnyAllow(allows: readonly BarrierPolicy[], b: SegmentSet, legacy: boolean): Finding {
  const [first] = allows;
  if (b.names.length === 0) return ofPolicy('barrier-unsegmented', !legacy, first);
  for (const policy of allows) {
    const listed = b.names.find((name) => policy.targets.includes(name));
    if (listed !== undefined) return ofPolicy('barrier-allow', true, policy, listed);
  }
  return ofPolicy('barrier-allow', false, first, b.names[0]);
}

/** Multi mode, both governed: some pair of their segments has to list each other. */
function askMutually(a: SegmentSet, b: SegmentSet): Finding {
  for (const own of a.policies) {
    const other = b.policies.find((policy) => allows(own, policy.segment) && allows(policy, own.segment));
    if (other !== undefined) return ofPolicy('barrier-multi', true, own, other.segment);
  }
  return ofPolicy('barrier-multi', false, a.policies[0], b.names[0]);
}

const allows = (policy: BarrierPolicy, segment: string): boolean =>
  policy.rule === 'allow' && policy.targets.includes(segment);

const ofPolicy = (
  rule: Finding['rule'],
  permits: boolean,
  policy: BarrierPolicy | undefined,
  entry: string | undefined = undefined,
): Finding =>
  finding(rule, permits, {
    policy: policy?.name ?? null,
    segment: policy?.segment ?? null,
    entry: entry ?? null,
  });
