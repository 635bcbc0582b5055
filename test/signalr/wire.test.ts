import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lengthPrefixFraming, recordFraming, withLengthPrefix } from '../../src/signalr/wire/framing.ts';
import { chooseProtocol, parseHandshakeRequest } from '../../src/signalr/wire/handshake.ts';
import type { HubProtocol } from '../../src/signalr/wire/hub-protocol.ts';
import { jsonHubProtocol } from '../../src/signalr/wire/json.ts';
import { messagePackHubProtocol } from '../../src/signalr/wire/messagepack.ts';
import type { HubMessage } from '../../src/signalr/wire/messages.ts';
import { ProtocolError } from '../../src/signalr/wire/protocol-error.ts';
import { expectedMessage, vectors, vectorsOf, wireOf } from '../support/signalr-vectors.ts';

const MAX_BYTES = 32 * 1024;
const protocols = { json: jsonHubProtocol, messagepack: messagePackHubProtocol };
const protocolNames = ['json', 'messagepack'] as const;

function parseWire(protocol: HubProtocol, wire: Buffer) {
  const bounds = protocol.framing(wire, 0, MAX_BYTES);
  if (bounds === undefined) throw new Error('The wire bytes hold no complete frame.');
  expect(bounds.next).toBe(wire.length);
  return protocol.parse(wire.subarray(bounds.start, bounds.end));
}

test('the vector file is complete', () => {
  expect(vectors).toHaveLength(250);
});

describe.each(protocolNames)('%s vectors of dotnet/aspnetcore', (name) => {
  const protocol = protocols[name];

  test.each([...vectorsOf('roundtrip', name), ...vectorsOf('parse', name)])('$id is read', (vector) => {
    expect(parseWire(protocol, wireOf(vector))).toEqual(expectedMessage(vector));
  });

  test.each(vectorsOf('roundtrip', name))('$id is written byte for byte', (vector) => {
    const wire = wireOf(vector);
    const message = parseWire(protocol, wire);
    if (typeof message.type === 'string') throw new Error('Expected a message of the protocol.');
    expect(Buffer.from(protocol.write(message)).toString('hex')).toBe(wire.toString('hex'));
  });

  test.each(vectorsOf('parse-error', name))('$id is refused', (vector) => {
    expect(() => parseWire(protocol, wireOf(vector))).toThrow(ProtocolError);
  });

  test.each(vectorsOf('binding-error', name))('binding error $name keeps the envelope readable', (vector) => {
    expect(['bindingFailure', 1, 4]).toContain(parseWire(protocol, wireOf(vector)).type);
  });
});

describe('handshake vectors', () => {
  const payloadOf = (wire: Buffer) => {
    const bounds = recordFraming(wire, 0, MAX_BYTES);
    return bounds === undefined ? undefined : wire.subarray(bounds.start, bounds.end);
  };

  test.each(vectorsOf('handshake-parse'))('$name is read', (vector) => {
    const payload = payloadOf(wireOf(vector));
    expect(payload && parseHandshakeRequest(payload)).toEqual(vector.message);
  });

  test.each(vectorsOf('handshake-incomplete'))('$name waits for more', (vector) => {
    expect(payloadOf(wireOf(vector))).toBeUndefined();
  });

  test.each(vectorsOf('handshake-error'))('$name is refused', (vector) => {
    const payload = payloadOf(wireOf(vector));
    expect(() => payload && parseHandshakeRequest(payload)).toThrow(ProtocolError);
  });

  test('versions 1 and 2 are accepted, others are refused with the side that is old', () => {
    expect(chooseProtocol({ protocol: 'json', version: 1 })).toMatchObject({ ok: true });
    expect(chooseProtocol({ protocol: 'messagepack', version: 2 })).toMatchObject({ ok: true });
    expect(chooseProtocol({ protocol: 'json', version: 3 })).toMatchObject({ error: /client is newer/ });
    expect(chooseProtocol({ protocol: 'json', version: 0 })).toMatchObject({ error: /client is too old/ });
    expect(chooseProtocol({ protocol: 'dummy', version: 1 })).toMatchObject({ ok: false });
  });
});

describe('length prefixes', () => {
  test.each(vectorsOf('varint'))('$name announces $value bytes', (vector) => {
    const { value = 0 } = vector;
    const wire = wireOf(vector);
    expect(lengthPrefixFraming(wire, 0, value)).toBeUndefined();
    expect(() => lengthPrefixFraming(wire, 0, value - 1)).toThrow(/maximum message size/);
  });

  test.each(vectorsOf('frames'))('$name are cut apart', (vector) => {
    const wire = wireOf(vector);
    const found: string[] = [];
    let offset = 0;
    for (;;) {
      const bounds = lengthPrefixFraming(wire, offset, MAX_BYTES);
      if (bounds === undefined) break;
      found.push(wire.subarray(bounds.start, bounds.end).toString('hex'));
      offset = bounds.next;
    }
    expect(found).toEqual(vector.frames);
  });

  test.each(vectorsOf('incomplete'))('$name: an incomplete frame waits for more', (vector) => {
    expect(lengthPrefixFraming(wireOf(vector), 0, MAX_BYTES)).toBeUndefined();
  });

  test('a prefix over five bytes, or over 2 GiB, is refused', () => {
    expect(() => lengthPrefixFraming(Buffer.from('ffffffffff01', 'hex'), 0, 2 ** 40)).toThrow(/five bytes/);
    expect(() => lengthPrefixFraming(Buffer.from('ffffffff7f', 'hex'), 0, 2 ** 40)).toThrow(/2 GiB/);
  });

  test('what withLengthPrefix writes is what lengthPrefixFraming reads', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), (length) => {
        const wire = Buffer.from(withLengthPrefix(new Uint8Array(length)));
        const bounds = lengthPrefixFraming(wire, 0, 70_000);
        expect(bounds).toEqual({ start: wire.length - length, end: wire.length, next: wire.length });
      }),
    );
  });
});

describe('sizes on the wire are those of ASP.NET Core', () => {
  const messages: Readonly<Record<string, HubMessage>> = {
    'Invocation("Target",[1])': { type: 1, target: 'Target', arguments: [1] },
    'Invocation("1","Target",[1])': { type: 1, invocationId: '1', target: 'Target', arguments: [1] },
    'Invocation("1","Target",[1],streams["2"])': {
      type: 1,
      invocationId: '1',
      target: 'Target',
      arguments: [1],
      streamIds: ['2'],
    },
    Close: { type: 7 },
    'Close("error")': { type: 7, error: 'error' },
    'StreamItem("1",null)': { type: 2, invocationId: '1', item: null },
    'StreamItem("1",1)': { type: 2, invocationId: '1', item: 1 },
    'Completion("1")': { type: 3, invocationId: '1' },
    'Completion("1",result 1)': { type: 3, invocationId: '1', result: 1 },
    'Completion("1",error "error")': { type: 3, invocationId: '1', error: 'error' },
    'StreamInvocation("1","target",[])': { type: 4, invocationId: '1', target: 'target', arguments: [] },
    'StreamInvocation("1","target",[],streams["2"])': {
      type: 4,
      invocationId: '1',
      target: 'target',
      arguments: [],
      streamIds: ['2'],
    },
    'CancelInvocation("1")': { type: 5, invocationId: '1' },
    Ping: { type: 6 },
  };

  test.each(vectorsOf('size'))('$name is $bytes bytes', ({ name, protocol = 'json', bytes }) => {
    const message = messages[name.slice(protocol.length + 1)];
    expect(message && protocols[protocol].write(message).length).toBe(bytes);
  });
});

describe('hostile MessagePack', () => {
  const parse = (hex: string) => messagePackHubProtocol.parse(Buffer.from(hex, 'hex'));

  test('an array that announces more items than there are bytes is refused before it is allocated', () => {
    expect(() => parse('ddffffffff')).toThrow(ProtocolError);
    expect(() => parse('9601 80c0a16d dcffff'.replaceAll(' ', ''))).toThrow(/ends inside a value/);
  });

  test('nested announcements are counted together', () => {
    const nested = `960180c0a16d91${'dc7fff'.repeat(10_000)}`;
    expect(() => parse(nested)).toThrow(/ends inside a value/);
  });

  test('bytes behind the message, an unused type and a cut length field are refused', () => {
    expect(() => parse('9106c0')).toThrow(/behind its end/);
    expect(() => parse('91c1')).toThrow(ProtocolError);
    expect(() => parse('91cd01')).toThrow(/ends inside a value/);
    expect(() => parse('06')).toThrow(/not an array/);
  });

  test('a map key __proto__ is refused', () => {
    const frame = messagePackHubProtocol.write({ type: 1, target: 't', arguments: [{ __pr0to__: 1 }] });
    const hostile = Buffer.from(Buffer.from(frame).toString('latin1').replace('__pr0to__', '__proto__'), 'latin1');
    expect(() => parseWire(messagePackHubProtocol, hostile)).toThrow(ProtocolError);
  });
});

describe.each(protocolNames)('%s messages of every shape', (name) => {
  const protocol = protocols[name];
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => !JSON.stringify(json).includes('__proto__'));
  const args = fc.array(value, { maxLength: 4 });
  const streamIds = fc.array(text, { minLength: 1, maxLength: 3 });
  const optional = { requiredKeys: ['type', 'target', 'arguments'] as ('type' | 'target' | 'arguments')[] };
  const message: fc.Arbitrary<HubMessage> = fc.oneof(
    fc.record(
      { type: fc.constant(1 as const), invocationId: text, target: text, arguments: args, streamIds },
      optional,
    ),
    fc.record({ type: fc.constant(4 as const), invocationId: text, target: text, arguments: args }),
    fc.record({ type: fc.constant(2 as const), invocationId: text, item: value }),
    fc.record({ type: fc.constant(3 as const), invocationId: text, result: value }),
    fc.record({ type: fc.constant(3 as const), invocationId: text, error: text }),
    fc.record({ type: fc.constant(5 as const), invocationId: text }),
    fc.record({ type: fc.constant(7 as const), error: text, allowReconnect: fc.boolean() }),
    fc.record({ type: fc.constantFrom(8 as const, 9 as const), sequenceId: fc.maxSafeNat() }),
  );

  test('are read as they were written', () => {
    fc.assert(
      fc.property(message, (sent) => {
        const received = parseWire(protocol, Buffer.from(protocol.write(sent)));
        // JSON has no -0, so both sides go through it once.
        expect(JSON.parse(JSON.stringify(received))).toEqual(JSON.parse(JSON.stringify(sent)));
      }),
      { numRuns: 300 },
    );
  });

  test('values that are undefined are left out of objects', () => {
    const wire = Buffer.from(protocol.write({ type: 1, target: 't', arguments: [{ kept: 1, gone: undefined }] }));
    expect(parseWire(protocol, wire)).toEqual({ type: 1, target: 't', arguments: [{ kept: 1 }] });
  });

  test('a type from the future is ignored, not refused', () => {
    const wire = name === 'json' ? Buffer.from('{"type":42}\u001e') : Buffer.from('02912a', 'hex');
    expect(parseWire(protocol, wire)).toEqual({ type: 'unknown', messageType: 42 });
  });
});
