import type { PersonKey } from '../../domain/call/state.ts';
import type { ReachAction, ReachWorld, Refused } from '../../domain/reach/model.ts';
import type { AuditedReach, ReachAudit, ReachRecord } from '../store/reach-store.ts';
import { stepsFor } from './audit-steps.ts';

/** What was refused, apart from the rules. */
export type RefusedReach =
  | {
      readonly kind: 'refused';
      readonly actor: PersonKey;
      readonly action: ReachAction;
      readonly target: PersonKey | null;
      readonly domain: string | null;
      readonly present: readonly PersonKey[];
    }
  | {
      readonly kind: 'removed';
      readonly actor: PersonKey;
      readonly callId: string;
      readonly present: readonly PersonKey[];
    };

/** Leaves the records of refusals. Each method answers the reference, which the person may be told. */
export interface RefusalRecords {
  /** In the actor's tenant; where another tenant's rule decided there too, each with its own rules alone. */
  refused(what: RefusedReach, verdict: Refused): Promise<string>;
  signInRefused(actor: PersonKey, code: Extract<AuditedReach, { kind: 'sign-in-refused' }>['code']): Promise<string>;
}

export interface RefusalRecordsOptions {
  readonly audit: Pick<ReachAudit, 'write'>;
  readonly world: () => ReachWorld;
  readonly nowMs: () => number;
  readonly newReference: () => string;
}

export function createRefusalRecords({ audit, world, nowMs, newReference }: RefusalRecordsOptions): RefusalRecords {
  const write = async (of: ReadonlyMap<string, AuditedReach>): Promise<string> => {
    const [reference, atMs] = [newReference(), nowMs()];
    await audit.write([...of].map(([tid, what]): ReachRecord => ({ tid, reference, atMs, what })));
    return reference;
  };
  return {
    refused(what, { code, steps, decidedBy }) {
      const tenants = new Set([tidOf(what.actor), decidedBy.tid]);
      const records = [...tenants].map((tid): [string, AuditedReach] => {
        const rules = stepsFor(tid, steps, world());
        return [tid, { ...what, code, rules }];
      });
      return write(new Map(records));
    },
    signInRefused: (actor, code) => write(new Map([[tidOf(actor), { kind: 'sign-in-refused', actor, code }]])),
  };
}

export const tidOf = (person: PersonKey): string => person.slice(0, Math.max(0, person.indexOf(':')));
