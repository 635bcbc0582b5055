import type { PlacedRecord, PolicyRevision, PolicyStore, ReachAudit, ReachRecord } from './reach-store.ts';
import type { PeopleStore } from './store.ts';

/** What the database keeps of reach, without a database. */
export function createMemoryReach(peopleStore: Pick<PeopleStore, 'replace'>): {
  readonly policies: PolicyStore;
  readonly reachAudit: ReachAudit;
} {
  const revisions = new Map<string, PolicyRevision[]>();
  let records: PlacedRecord[] = [];
  let lastPlace = 0;

  const write = (record: ReachRecord): void => {
    lastPlace += 1;
    records.push(structuredClone({ ...record, place: lastPlace }));
  };
  const newestFirst = (tid: string): readonly PlacedRecord[] =>
    records.filter((record) => record.tid === tid).toReversed();

  return {
    policies: {
      current: async () =>
        [...revisions.keys()].sort().flatMap((tid) => structuredClone(revisions.get(tid)?.at(-1)) ?? []),
      newest: async () => new Map(Array.from(revisions, ([tid, all]) => [tid, all.at(-1)?.revision ?? 0])),
      async add(revision, record, people = null) {
        const earlier = revisions.get(revision.tid) ?? [];
        if (earlier.some((one) => one.revision === revision.revision)) return false;
        if (people !== null) await peopleStore.replace(revision.tid, people);
        revisions.set(revision.tid, [...earlier, structuredClone(revision)]);
        write(record);
        return true;
      },
      async prune(tid, beforeMs, keep) {
        const all = revisions.get(tid) ?? [];
        revisions.set(
          tid,
          all.filter(({ atMs }, at) => atMs >= beforeMs || at >= all.length - keep),
        );
      },
    },
    reachAudit: {
      write: async (several) => several.forEach(write),
      newest: async (tid, beforePlace, limit) =>
        newestFirst(tid)
          .filter(({ place }) => beforePlace === null || place < beforePlace)
          .slice(0, limit),
      byReference: async (tid, reference) => newestFirst(tid).find((record) => record.reference === reference) ?? null,
      async prune(tid, beforeMs) {
        records = records.filter((record) => record.tid !== tid || record.atMs >= beforeMs);
      },
    },
  };
}
