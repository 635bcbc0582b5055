import type { RefusalCode } from '../../domain/call/refusal.ts';

/** Short words, for beside a name in a list, for why somebody can no longer be reached. */
export type UnreachableKey =
  | 'unreachable.barrier'
  | 'unreachable.external-off'
  | 'unreachable.guest-no-team'
  | 'unreachable.guest-access-off'
  | 'unreachable.other';

export function unreachableKey(code: RefusalCode): UnreachableKey {
  switch (code) {
    case 'barrier':
    case 'external-off':
    case 'guest-no-team':
    case 'guest-access-off':
      return `unreachable.${code}`;
    default:
      return 'unreachable.other';
  }
}
