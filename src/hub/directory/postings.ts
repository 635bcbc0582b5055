/** For each key the numbers noted under it, ascending: 100,000 people make millions of them, so they lie in flat arrays. */
export interface Postings<K> {
  of(key: K): Uint32Array;
}

const NONE = new Uint32Array(0);

export interface PostingsWriter<K> {
  /** Numbers come in ascending order; one that was noted under the key just before is not noted again. */
  note(key: K, number: number): void;
  finish(): Postings<K>;
}

export function createPostingsWriter<K>(): PostingsWriter<K> {
  const slots = new Map<K, number>();
  let lists: Growing[] = [];
  return {
    note(key, number) {
      let slot = slots.get(key);
      if (slot === undefined) {
        slot = lists.length;
        slots.set(key, slot);
        lists.push({ numbers: new Uint32Array(4), length: 0 });
      }
      const list = lists[slot];
      if (list !== undefined) append(list, number);
    },
    finish() {
      const finished = lists.map(({ numbers, length }) => numbers.slice(0, length));
      lists = [];
      return { of: (key) => finished[slots.get(key) ?? -1] ?? NONE };
    },
  };
}

interface Growing {
  numbers: Uint32Array;
  length: number;
}

function append(list: Growing, number: number): void {
  if (list.length > 0 && list.numbers[list.length - 1] === number) return;
  if (list.length === list.numbers.length) {
    const larger = new Uint32Array(list.length * 2);
    larger.set(list.numbers);
    list.numbers = larger;
  }
  list.numbers[list.length] = number;
  list.length += 1;
}
