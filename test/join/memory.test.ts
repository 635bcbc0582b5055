import { expect, it } from 'vitest';
import { createVisitMemory, type Visit } from '../../src/join/memory.ts';

const VISIT: Visit = { token: 'abc', stage: 'lobby', name: 'Carla', media: { audio: true, video: 'camera' } };

function setUp() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return { kept, memory: createVisitMemory(() => storage) };
}

it('a visit outlives a reload, and is gone once it is forgotten', () => {
  const { kept, memory } = setUp();
  memory.write(VISIT);
  expect(memory.read('abc')).toEqual(VISIT);
  memory.forget();
  expect(memory.read('abc')).toBeNull();
  expect(kept.size).toBe(0);
});

it('the visit of another link is none of this one', () => {
  const { memory } = setUp();
  memory.write(VISIT);
  expect(memory.read('other')).toBeNull();
});

it.each(['', 'null', '{', '{"token":"abc"}', '{"token":"abc","stage":"hall","name":"x","media":{}}'])(
  'what an older page left there, or somebody else, counts as nothing: %s',
  (text) => {
    const { kept, memory } = setUp();
    memory.write(VISIT);
    for (const key of kept.keys()) kept.set(key, text);
    expect(memory.read('abc')).toBeNull();
  },
);

it('a browser that refuses storage only forgets', () => {
  const memory = createVisitMemory(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  memory.write(VISIT);
  expect(memory.read('abc')).toBeNull();
  memory.forget();
});
