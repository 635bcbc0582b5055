import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { AdminClient, AdminFailure, AdminRecord } from '../client/admin-api/admin-client.ts';

export interface AuditState {
  readonly records: readonly AdminRecord[];
  /** null while nothing was asked yet. */
  readonly reference: string | null;
  readonly busy: boolean;
  /** There are older ones. */
  readonly more: boolean;
  readonly failure: AdminFailure | null;
}

export interface AuditList {
  readonly state: ReadonlySignal<AuditState>;
  /** From the newest one on; with a reference that record alone. */
  show(reference: string): Promise<void>;
  more(): Promise<void>;
}

export function createAuditList(client: Pick<AdminClient, 'audit'>): AuditList {
  const state = signal<AuditState>({ records: [], reference: null, busy: false, more: false, failure: null });
  let next: number | null = null;
  let latest = 0;

  async function read(known: readonly AdminRecord[], reference: string): Promise<void> {
    latest += 1;
    const own = latest;
    state.value = { ...state.value, records: known, reference, busy: true, failure: null };
    const result = await client.audit({
      ...(next === null ? {} : { before: next }),
      ...(reference === '' ? {} : { reference }),
    });
    if (own !== latest) return;
    if (!result.ok) {
      state.value = { ...state.value, busy: false, failure: result.failure };
      return;
    }
    next = result.value.next;
    const records = [...known, ...result.value.records];
    state.value = { records, reference, busy: false, more: next !== null, failure: null };
  }

  return {
    state,
    show(reference) {
      next = null;
      return read([], reference.trim());
    },
    more: () => read(state.value.records, state.value.reference ?? ''),
  };
}
