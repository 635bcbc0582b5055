import type { PersonKey } from '../../domain/call/state.ts';
import type { Clock } from '../clock.ts';
import type { AuditedReach, Repeated } from '../store/reach-store.ts';

type Refusal = Extract<AuditedReach, { kind: 'refused' | 'removed' | 'sign-in-refused' | 'door-refused' }>;
/** What to write, for each tenant concerned. */
export type RecordsByTenant = ReadonlyMap<string, Refusal>;
/** Writes records under a reference; a new one unless given. @returns the reference */
export type WriteRecords = (records: RecordsByTenant, reference?: string) => Promise<string>;

/** Equal refusals within this are one: a page that asks again and again, an address that is typed. */
const FOLD_MS = 60_000;
/** Of one person; nobody is refused this often in an hour by asking in earnest. */
export const MOST_IN_AN_HOUR = 120;
const HOUR_MS = 3_600_000;

interface Fold {
  readonly reference: Promise<string>;
  times: number;
}
interface Hour {
  readonly endMs: number;
  written: number;
  last: Promise<string> | null;
}

/**
 * Keeps the records from being flooded: the first of equal refusals is written at once, those that follow within a minute as
 * one more record of the same reference that counts them. Beyond what one person is granted in an hour a last record says
 * that more is not written. Being taken out of a call always is.
 */
export function createFold(write: WriteRecords, clock: Clock, onFailure: (error: unknown) => void): WriteRecords {
  const folds = new Map<string, Fold>();
  const hours = new Map<PersonKey, Hour>();

  const hourOf = (person: PersonKey): Hour => {
    const nowMs = clock.nowMs();
    const known = hours.get(person);
    if (known !== undefined && known.endMs > nowMs) return known;
    for (const [one, { endMs }] of hours) if (endMs <= nowMs) hours.delete(one);
    const hour: Hour = { endMs: nowMs + HOUR_MS, written: 0, last: null };
    hours.set(person, hour);
    return hour;
  };
  const begin = (key: string, records: RecordsByTenant): Promise<string> => {
    const fold: Fold = { reference: write(records), times: 0 };
    folds.set(key, fold);
    // What was not written is tried again by the next one.
    fold.reference.catch(() => folds.delete(key));
    clock.after(FOLD_MS, () => {
      folds.delete(key);
      if (fold.times === 0) return;
      fold.reference
        .then((reference) => write(withRepeated(records, { times: fold.times }), reference))
        .catch(onFailure);
    });
    return fold.reference;
  };

  return (records) => {
    const [what] = records.values();
    if (what === undefined) return write(records);
    const key = keyOf(what);
    const fold = folds.get(key);
    if (fold !== undefined) {
      fold.times += 1;
      return fold.reference;
    }
    if (what.kind === 'removed') return begin(key, records);
    const hour = hourOf(what.actor);
    hour.written += 1;
    if (hour.written < MOST_IN_AN_HOUR) return begin(key, records);
    if (hour.last !== null) return hour.last;
    const last = write(withRepeated(records, { isLast: true }));
    hour.last = last;
    last.catch(() => {
      hour.last = null;
    });
    return last;
  };
}

function keyOf(what: Refusal): string {
  const { kind, actor, code } = what;
  if (kind === 'refused') return JSON.stringify([kind, actor, code, what.action, what.target, what.domain]);
  return JSON.stringify([kind, actor, code, placeOf(what)]);
}

function placeOf(what: Exclude<Refusal, { kind: 'refused' }>): string | null {
  if (what.kind === 'removed') return what.callId;
  return what.kind === 'door-refused' ? what.meetingId : null;
}

const withRepeated = (records: RecordsByTenant, repeated: Repeated): RecordsByTenant =>
  new Map([...records].map(([tid, what]) => [tid, { ...what, ...repeated }]));
