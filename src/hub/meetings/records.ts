import type { Refusal, Result } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { MeetingRef } from '../store/meeting-store.ts';
import type { ReachAudit } from '../store/reach-store.ts';

/** Leaves the records of refusals at the doors of meetings, with the tenants whose meetings they are. */
export interface DoorRecords {
  /** @returns the refusal, with the reference that the person may quote */
  refused(actor: PersonKey, meeting: MeetingRef, refusal: Refusal): Promise<Result<never>>;
}

export interface DoorRecordsOptions {
  readonly audit: Pick<ReachAudit, 'write'>;
  readonly nowMs: () => number;
  readonly newReference: () => string;
}

export function createDoorRecords({ audit, nowMs, newReference }: DoorRecordsOptions): DoorRecords {
  return {
    async refused(actor, { tid, meetingId }, refusal) {
      const reference = newReference();
      const what = { kind: 'door-refused', actor, meetingId, code: refusal.code } as const;
      await audit.write([{ tid, reference, atMs: nowMs(), what }]);
      return { ok: false, refusal: { ...refusal, reference } };
    },
  };
}
