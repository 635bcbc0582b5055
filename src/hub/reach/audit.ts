import type { RefusalCode } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { tidOf } from '../../domain/call/tenant-of.ts';
import type { ReachAction, ReachWorld, Refused } from '../../domain/reach/model.ts';
import type { Clock } from '../clock.ts';
import type { MeetingRef } from '../store/meeting-store.ts';
import type { AuditedReach, ReachAudit, ReachRecord } from '../store/reach-store.ts';
import { stepsFor } from './audit-steps.ts';
import { createFold, type WriteRecords } from './fold.ts';

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
  /**
   * In the actor's tenant; where another tenant's rule decided there too, each with its own rules alone.
   * @param nobody how it would be refused if there were nobody: what the actor's tenant reads where it is refused the same
   * and the other one is elsewhere, so that the record tells no more than the refusal
   */
  refused(what: RefusedReach, verdict: Refused, nobody?: Refused): Promise<string>;
  signInRefused(actor: PersonKey, code: Extract<AuditedReach, { kind: 'sign-in-refused' }>['code']): Promise<string>;
  /** At a meeting's door: in the tenant whose meeting it is. */
  doorRefused(actor: PersonKey, meeting: MeetingRef, code: RefusalCode): Promise<string>;
}

export interface RefusalRecordsOptions {
  readonly audit: Pick<ReachAudit, 'write'>;
  readonly world: () => ReachWorld;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
  readonly newReference: () => string;
}

export function createRefusalRecords(options: RefusalRecordsOptions): RefusalRecords {
  const { audit, world, clock, newReference, onFailure } = options;
  const writeNow: WriteRecords = async (of, reference = newReference()) => {
    const atMs = clock.nowMs();
    await audit.write([...of].map(([tid, what]): ReachRecord => ({ tid, reference, atMs, what })));
    return reference;
  };
  const write = createFold(writeNow, clock, onFailure);
  return {
    refused(what, { code, steps, decidedBy }, nobody) {
      const shown = nobody?.code === code && isElsewhere(what) ? nobody.steps : steps;
      const own = tidOf(what.actor);
      const tenants = new Set([own, decidedBy.tid]);
      const records = [...tenants].map((tid) => {
        const rules = stepsFor(tid, tid === own ? shown : steps, world());
        return [tid, { ...what, code, rules }] as const;
      });
      return write(new Map(records));
    },
    signInRefused: (actor, code) => write(new Map([[tidOf(actor), { kind: 'sign-in-refused', actor, code }]])),
    doorRefused: (actor, { tid, meetingId }, code) =>
      write(new Map([[tid, { kind: 'door-refused', actor, meetingId, code }]])),
  };
}

/** Whether somebody of another tenant was meant. */
const isElsewhere = (what: RefusedReach): boolean =>
  what.kind === 'refused' && (what.target === null ? what.domain !== null : tidOf(what.target) !== tidOf(what.actor));
