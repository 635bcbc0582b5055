import type { Refusal, Result } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { RefusalRecords } from '../reach/audit.ts';
import type { MeetingRef } from '../store/meeting-store.ts';

/** Leaves the records of refusals at the doors of meetings, with the tenants whose meetings they are. */
export interface DoorRecords {
  /** @returns the refusal, with the reference that the person may quote */
  refused(actor: PersonKey, meeting: MeetingRef, refusal: Refusal): Promise<Result<never>>;
}

export function createDoorRecords(records: Pick<RefusalRecords, 'doorRefused'>): DoorRecords {
  return {
    async refused(actor, meeting, refusal) {
      const reference = await records.doorRefused(actor, meeting, refusal.code);
      return { ok: false, refusal: { ...refusal, reference } };
    },
  };
}
