import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonHubProtocol } from '../../src/signalr/wire/json.ts';
import { messagePackHubProtocol } from '../../src/signalr/wire/messagepack.ts';
import { createFakeHub, parseAll, settle } from '../support/signalr-hub.ts';
import { vectorsOf, wireOf } from '../support/signalr-vectors.ts';

/** Fixed, so that a failure is the same for everybody. Pin the counterexample of a failing run as a test of its own. */
const SEED = 20_260_101;
const RUNS = 1_500;

/** Named as the vectors call them, so that what stays valid also runs, and fails, and answers later. */
const methods = {
  Target: (_: unknown, args: readonly unknown[]) => args,
  Method: async (_: unknown, args: readonly unknown[]) => args[0],
  method: () => {
    throw new Error('failed');
  },
};

/** A server on which hardly anything is too large, or one on which most of it is, and is answered. */
const server = fc.constantFrom({ methods }, { methods, tooLarge: () => 'too large', limits: { maxMessageBytes: 40 } });

interface Mutation {
  readonly kind: 'flip' | 'cut' | 'insert' | 'repeat';
  readonly at: number;
  readonly bytes: Uint8Array;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'insert', 'repeat'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
});

function mutate(wire: Buffer, { kind, at, bytes }: Mutation): Buffer {
  const index = Math.floor(at * wire.length);
  switch (kind) {
    case 'flip': {
      const flipped = Buffer.from(wire);
      for (const [offset, byte] of bytes.entries()) {
        const position = index + offset;
        if (position < flipped.length) flipped[position] = (flipped[position] ?? 0) ^ byte;
      }
      return flipped;
    }
    case 'cut':
      return wire.subarray(0, index);
    case 'insert':
      return Buffer.concat([wire.subarray(0, index), bytes, wire.subarray(index)]);
    case 'repeat':
      return Buffer.concat([wire, wire.subarray(index)]);
  }
}

/** Cuts a stream into chunks at places that have nothing to do with its frames. */
function chunked(stream: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let offset = 0;
  for (let turn = 0; offset < stream.length; turn++) {
    const size = sizes[turn % sizes.length] ?? stream.length;
    chunks.push(stream.subarray(offset, offset + size));
    offset += size;
  }
  return chunks;
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });

describe.each([jsonHubProtocol, messagePackHubProtocol])('$name, whatever arrives', (protocol) => {
  const valid = [...vectorsOf('roundtrip', protocol.name), ...vectorsOf('parse', protocol.name)].map(wireOf);
  const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  const mutated = fc
    .tuple(fc.constantFrom(...valid), fc.array(mutation, { maxLength: 3 }))
    .map(([wire, mutations]) => mutations.reduce(mutate, wire));
  const frames = fc.array(fc.oneof({ weight: 5, arbitrary: mutated }, { weight: 1, arbitrary: noise }), {
    minLength: 1,
    maxLength: 8,
  });

  test('a connection carries on or closes with a reason, and never fails inside', async () => {
    const outcomes = { open: 0, closing: 0, terminated: 0 };
    await fc.assert(
      fc.asyncProperty(server, frames, chunkSizes, async (options, parts, sizes) => {
        const hub = createFakeHub(options);
        const client = hub.connect({ protocol });
        await settle();
        for (const chunk of chunked(Buffer.concat(parts), sizes)) client.receiveRaw(chunk);
        await settle();
        expect(hub.errors).toEqual([]);
        outcomes[client.socket.state] += 1;
        const closes = client.take().filter(({ type }) => type === 7);
        if (client.socket.state === 'open') expect(closes).toEqual([]);
        // A goodbye of the client needs no answer; everything else that closes says why.
        else if (closes.length > 0) expect(closes).toEqual([expect.objectContaining({ error: expect.any(String) })]);
        client.connection.socketClosed(false);
        hub.tick(5_000);
        await settle();
        expect(client.isGone).toBe(true);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    // Otherwise the generator would test one path alone.
    expect(outcomes.open).toBeGreaterThan(RUNS / 20);
    expect(outcomes.closing).toBeGreaterThan(RUNS / 20);
    expect(outcomes.terminated).toBe(0);
  });

  test('how a stream is cut into chunks makes no difference', async () => {
    await fc.assert(
      fc.asyncProperty(server, frames, chunkSizes, async (options, parts, sizes) => {
        const stream = Buffer.concat(parts);
        const run = async (chunks: readonly Buffer[]) => {
          const client = createFakeHub(options).connect({ protocol });
          await settle();
          for (const chunk of chunks) client.receiveRaw(chunk);
          await settle();
          return { sent: parseAll(protocol, Buffer.concat(client.socket.sent)), state: client.socket.state };
        };
        expect(await run(chunked(stream, sizes))).toEqual(await run([stream]));
      }),
      { seed: SEED, numRuns: RUNS / 3 },
    );
  });
});

test('noise instead of a handshake never fails inside', async () => {
  const request = Buffer.from('{"protocol":"json","version":1}\u001e');
  const start = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.array(mutation, { minLength: 1, maxLength: 3 }).map((mutations) => mutations.reduce(mutate, request)),
  );
  await fc.assert(
    fc.asyncProperty(start, chunkSizes, async (stream, sizes) => {
      const hub = createFakeHub({ methods });
      const client = hub.open();
      for (const chunk of chunked(stream, sizes)) client.receiveRaw(chunk);
      hub.tick(15_000);
      await settle();
      expect(hub.errors).toEqual([]);
      if (client.socket.state === 'open') expect(client.connection.hub.isOpen).toBe(true);
      else expect(client.socket.sent.length).toBeGreaterThan(0);
    }),
    { seed: SEED, numRuns: RUNS },
  );
});
