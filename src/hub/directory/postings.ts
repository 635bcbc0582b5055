/**
 * For each bucket the numbers noted in it, ascending. Pieces of text fall into buckets by a hash, so that millions of notes
 * lie in one flat array; two pieces may share a bucket: whoever takes numbers out of it compares.
 */
export interface Postings {
  of(bucket: number): Uint32Array;
}

/** Notes the buckets of one number; called twice for each, and has to do the same. */
export type NoteBuckets = (number: number, note: (bucket: number) => void) => void;

/** Names of 100,000 people have some 20,000 different sequences of three letters. */
const BUCKET_BITS = 17;
const BUCKETS = 1 << BUCKET_BITS;
/** So many numbers are taken at a time; in between the hub does its other work. */
const CHUNK = 2_000;

/** The bucket of a piece of a text: FNV-1a over its UTF-16 units. */
export function bucketOf(text: string, from: number, length: number): number {
  let hash = 0x811c9dc5 ^ length;
  for (let at = from; at < from + length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> BUCKET_BITS)) & (BUCKETS - 1);
}

/** Counts first, then fills: nothing ever grows. @param count numbers are 0 … count - 1 */
export async function buildPostings(count: number, noteBuckets: NoteBuckets): Promise<Postings> {
  const starts = new Uint32Array(BUCKETS + 1);
  await eachOnce(count, noteBuckets, (bucket) => {
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
  });
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
  }
  const numbers = new Uint32Array(starts[BUCKETS] ?? 0);
  const ends = starts.slice(0, BUCKETS);
  await eachOnce(count, noteBuckets, (bucket, number) => {
    const end = ends[bucket] ?? 0;
    numbers[end] = number;
    ends[bucket] = end + 1;
  });
  return { of: (bucket) => numbers.subarray(starts[bucket], starts[bucket + 1]) };
}

/** Every bucket of a number once, however often it is noted. */
async function eachOnce(
  count: number,
  noteBuckets: NoteBuckets,
  take: (bucket: number, number: number) => void,
): Promise<void> {
  /** By bucket the last number in it, plus one. */
  const last = new Uint32Array(BUCKETS);
  let number = 0;
  const note = (bucket: number): void => {
    if (last[bucket] === number + 1) return;
    last[bucket] = number + 1;
    take(bucket, number);
  };
  for (; number < count; number += 1) {
    noteBuckets(number, note);
    if ((number + 1) % CHUNK === 0) await turnOfOthers();
  }
}

export const turnOfOthers = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
