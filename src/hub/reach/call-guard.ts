import type { Refusal } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { tidOf } from '../../domain/call/tenant-of.ts';
import { isAnonymous } from '../../domain/meeting/anonymous.ts';
import { decideReach } from '../../domain/reach/decide.ts';
import type { Account, ReachWorld, Refused } from '../../domain/reach/model.ts';
import { forbiddenPairs, whoMustLeave } from '../../domain/reach/together.ts';
import type { CallLog } from '../calls/call-log.ts';
import type { OpenCall } from '../calls/open-calls.ts';
import { createSerial } from '../calls/serial.ts';
import type { Clock } from '../clock.ts';
import type { Accounts } from './accounts.ts';
import type { RefusalRecords } from './audit.ts';

/** Keeps together in calls only those who may be, whatever changes: policies, people, or who came while they changed. */
export interface CallGuard {
  /** Takes out who may no longer be with the others. Resolves when that is stored and told, or will be tried again. */
  check(callId: string): Promise<void>;
  checkAll(): Promise<void>;
  close(): void;
}

export interface CallGuardOptions {
  readonly log: Pick<CallLog, 'open' | 'run'>;
  readonly world: () => ReachWorld;
  readonly accounts: Accounts;
  readonly records: RefusalRecords;
  readonly clock: Clock;
  /** Tells somebody why they are taken out. */
  readonly tell: (person: PersonKey, callId: string, refusal: Refusal) => void;
  /** Who was let into a meeting's call as anonymous. */
  readonly outsidersOf: (call: OpenCall) => ReadonlySet<PersonKey>;
  readonly onFailure: (error: unknown) => void;
}

/** The store or the directory was away: people must be parted within 5 s of a change. */
const RETRY_MS = 1_000;

export function createCallGuard(options: CallGuardOptions): CallGuard {
  const { log, clock, onFailure } = options;
  const inTurn = createSerial();
  const retries = new Map<string, () => void>();

  const later = (callId: string): void => {
    retries.get(callId)?.();
    retries.set(
      callId,
      clock.after(RETRY_MS, () => {
        retries.delete(callId);
        void check(callId);
      }),
    );
  };
  const check = (callId: string): Promise<void> =>
    inTurn(callId, async () => {
      const call = log.open.get(callId);
      if (call !== undefined) await part(options, call);
    }).catch((error: unknown) => {
      onFailure(error);
      later(callId);
    });
  return {
    check,
    async checkAll() {
      await Promise.all(log.open.all().map(({ record }) => check(record.callId)));
    },
    close() {
      for (const cancel of retries.values()) cancel();
      retries.clear();
    },
  };
}

/** The record comes first, so that whoever is taken out can quote it from then on. @throws when somebody could not be */
async function part(options: CallGuardOptions, call: OpenCall): Promise<void> {
  const { log, world, accounts, records, tell } = options;
  const { callId } = call.record;
  const people = await accounts.present(call.order.filter((person) => !isAnonymous(person)));
  for (const [person, verdict] of leaversOf(world(), people, call, options.outsidersOf(call))) {
    if (log.open.get(callId)?.order.includes(person) !== true) continue;
    const present = call.order.filter((other) => other !== person);
    const reference = await records.refused({ kind: 'removed', actor: person, callId, present }, verdict);
    tell(person, callId, { code: verdict.code, reference });
    const taken = await log.run(callId, [{ command: { type: 'remove', person }, actor: { kind: 'hub' } }], null);
    // The call may have ended meanwhile, by itself.
    if (!taken.ok && log.open.get(callId) !== undefined) throw new Error(`not taken out: ${taken.refusal.code}`);
  }
}

/** Who has to leave, and by which rule: those who may not be here at all, then those who may not be with others. */
export function leaversOf(
  world: ReachWorld,
  people: readonly Account[],
  call: OpenCall,
  outsiders: ReadonlySet<PersonKey> = new Set(),
): ReadonlyMap<PersonKey, Refused> {
  const place = call.state.kind === 'meeting' ? 'meeting' : 'call';
  const leavers = new Map<PersonKey, Refused>();
  for (const actor of people) {
    const verdict = decideReach(world, { action: 'join', actor, target: null, present: [], place });
    if (!verdict.allowed) leavers.set(actor.key, verdict);
  }
  const others = people.filter(({ key }) => !leavers.has(key));
  // The meeting's door has decided about outsiders; only within one company its own rules hold between them all the same.
  const isDoors = (a: PersonKey, b: PersonKey): boolean =>
    tidOf(a) !== tidOf(b) && (outsiders.has(a) || outsiders.has(b));
  const pairs = forbiddenPairs(world, others, place).filter(({ a, b }) => !isDoors(a, b));
  for (const person of whoMustLeave(pairs, call.order)) {
    const pair = pairs.find(({ a, b }) => a === person || b === person);
    if (pair === undefined) continue;
    const { code, decidedBy } = pair;
    leavers.set(person, { allowed: false, code, steps: [decidedBy], decidedBy });
  }
  return leavers;
}
