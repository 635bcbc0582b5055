import type { OwnPart } from '../../client/types.ts';
import type { RefusalCode } from '../../domain/call/refusal.ts';
import type { DeviceKind } from '../../domain/call/state.ts';
import { type MeetingRight, mayInMeeting } from '../../domain/meeting/rights.ts';

/** What this page has a button for; the rest people know from elsewhere and look for. */
const OFFERED = ['annotate', 'shareScreen'] as const satisfies readonly MeetingRight[];
const KNOWN: readonly MeetingRight[] = ['annotate', 'addPeople', 'storageFiles', 'roster', 'record', 'snapshotPrompt'];

export interface Limit {
  readonly right: MeetingRight;
  /** Its sentence says why not. */
  readonly code: RefusalCode;
}

export function whyNot(right: MeetingRight, part: OwnPart, device: DeviceKind): RefusalCode | null {
  const may = mayInMeeting(right, { class: part.class, signedIn: part.signedIn, device, meeting: part.kind });
  return may.ok ? null : may.refusal.code;
}

/** What this person may not do here, in the order in which they would look for it. */
export const limitsOf = (part: OwnPart, device: DeviceKind): readonly Limit[] =>
  KNOWN.flatMap((right) => {
    const code = whyNot(right, part, device);
    return code === null ? [] : [{ right, code }];
  });

/** What this page lets them do besides talking. */
export const offeredTo = (part: OwnPart, device: DeviceKind, canShareScreen: boolean) =>
  OFFERED.filter((right) => whyNot(right, part, device) === null && (right !== 'shareScreen' || canShareScreen));
