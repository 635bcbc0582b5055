import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_MEETING_SETTINGS } from '../../domain/meeting/model.ts';
import type { TenantPolicy } from '../../domain/reach/model.ts';

type Part = keyof TenantPolicy;

/**
 * Which parts of a policy are not as before; all of it where there was none. What is left out counts as its default: taking
 * the settings of meetings out of the file changes them as well as writing others into it.
 */
export function changedParts(before: TenantPolicy | undefined, after: TenantPolicy): readonly Part[] {
  const parts = new Set([...Object.keys(after), ...Object.keys(before ?? {})] as readonly Part[]);
  if (before === undefined) return [...parts];
  return [...parts].filter((part) => !isDeepStrictEqual(decided(before, part), decided(after, part)));
}

const decided = (policy: TenantPolicy, part: Part): unknown =>
  part === 'meetings' ? (policy.meetings ?? DEFAULT_MEETING_SETTINGS) : policy[part];
