import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { parsePolicyFile, parsePolicyText, serialisePolicyFile } from '../../../src/hub/policy/policy-file.ts';
import { resolvePolicy } from '../../../src/hub/policy/resolve.ts';
import { fileWith, type Json } from './sample.ts';

type Place = readonly (string | number)[];

/** Every place in a file, the root too. */
function placesOf(json: Json, at: Place = []): readonly Place[] {
  if (typeof json !== 'object' || json === null) return [at];
  const children = Array.isArray(json)
    ? json.flatMap((item: Json, index) => placesOf(item, [...at, index]))
    : Object.entries(json).flatMap(([key, value]) => placesOf(value, [...at, key]));
  return [at, ...children];
}

type Mutation = { readonly kind: 'set'; readonly value: unknown } | { readonly kind: 'drop' | 'double' | 'rename' };

function entriesInstead(name: string, value: unknown, mutation: Mutation): readonly (readonly [string, unknown])[] {
  switch (mutation.kind) {
    case 'set':
      return [[name, mutation.value]];
    case 'drop':
      return [];
    case 'double':
      return [
        [name, value],
        [`${name} again`, value],
      ];
    case 'rename':
      return [[`${name}x`, value]];
  }
}

/** A copy with one place changed. */
function mutate(json: unknown, [key, ...rest]: Place, mutation: Mutation): unknown {
  if (key === undefined) return mutation.kind === 'set' ? mutation.value : json;
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json).flatMap(([name, value]) => {
    if (name !== String(key)) return [[name, value] as const];
    return rest.length > 0 ? [[name, mutate(value, rest, mutation)] as const] : entriesInstead(name, value, mutation);
  });
  return Array.isArray(json) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

const good = fileWith({});
const places = placesOf(good);
/** What stands elsewhere in the file is the likeliest mistake: an address of another tenant, another segment. */
const valuesInFile = fc.constantFrom(...places).map((place) => place.reduce<unknown>(step, good));
const step = (json: unknown, key: string | number): unknown =>
  typeof json === 'object' && json !== null ? Reflect.get(json, key) : undefined;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc
    .oneof(fc.jsonValue(), valuesInFile, fc.string({ unit: 'grapheme' }))
    .map((value) => ({ kind: 'set', value }) as const),
  fc.constantFrom('drop', 'double', 'rename').map((kind) => ({ kind })),
);
const mutatedFile = fc
  .array(fc.tuple(fc.constantFrom(...places), mutation), { minLength: 1, maxLength: 4 })
  .map((changes) => changes.reduce<unknown>((file, [place, change]) => mutate(file, place, change), good));

const PATH = /^(?:\$|(?:[A-Za-z_]\w*|\["(?:[^"\\]|\\.)*"\])(?:\.[A-Za-z_]\w*|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*)$/;

test('a file with any mistake is refused with a path and words, or is a file that the rules can use', () => {
  let refused = 0;
  fc.assert(
    fc.property(mutatedFile, (content) => {
      const result = parsePolicyFile(content);
      if (result.ok) {
        const { policies } = resolvePolicy(result.file);
        expect(policies.map(({ tid }) => createWorld(policies).tenant(tid)?.tid)).toEqual(
          result.file.tenants.map(({ tenantId }) => tenantId),
        );
        expect(parsePolicyText(serialisePolicyFile(result.file))).toEqual(result);
        return;
      }
      refused += 1;
      expect(result.problems.length).toBeGreaterThan(0);
      for (const { path, message } of result.problems) {
        expect(path).toMatch(PATH);
        expect(message).not.toBe('');
      }
    }),
    { numRuns: 1_000 },
  );
  expect(refused).toBeGreaterThan(500);
});

test('no text at all makes the reader throw', () => {
  const text = JSON.stringify(good);
  const damaged = fc
    .tuple(
      fc.nat(text.length),
      fc.nat(20),
      fc.oneof(fc.string(), fc.constantFrom('"', '//', '/*', '{', ']', ',', ':', '\\')),
    )
    .map(([at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length));
  fc.assert(
    fc.property(fc.oneof(fc.string(), damaged), (content) => {
      const result = parsePolicyText(content);
      if (!result.ok) expect(result.problems.every(({ path }) => PATH.test(path))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('text with comments says the same as text without', () => {
  const noise = fc.constantFrom(' ', '\n', '// a "note"\n', '/* { } */', '/* [ */ ');
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(noise, { minLength: 1 }), (value, noises) => {
      let count = 0;
      const text = JSON.stringify({ version: 1, tenants: value }, null, 1).replace(/\n */g, () => {
        count += 1;
        return noises[count % noises.length] ?? '';
      });
      expect(parsePolicyText(text)).toEqual(parsePolicyFile({ version: 1, tenants: value }));
    }),
  );
});
