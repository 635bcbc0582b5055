import { readFileSync } from 'node:fs';

/**
 * The protocol vectors of dotnet/aspnetcore (MIT licence, copyright .NET Foundation and contributors); the file's first
 * line says where they come from.
 */
export interface Vector {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  readonly op: string;
  readonly protocol?: 'json' | 'messagepack';
  readonly wire?: string;
  readonly wireBase64?: string;
  readonly message?: Readonly<Record<string, unknown>>;
  readonly hubSignature?: readonly ('int' | 'string')[];
  readonly hex?: string;
  readonly value?: number;
  readonly frames?: readonly string[];
  readonly bytes?: number;
}

const lines = readFileSync(new URL('../signalr/vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');

export const vectors: readonly Vector[] = lines.slice(1).map((line) => JSON.parse(line) as Vector);

export function vectorsOf(op: string, protocol?: Vector['protocol']): readonly Vector[] {
  return vectors.filter((vector) => vector.op === op && (protocol === undefined || vector.protocol === protocol));
}

/** The bytes of a vector as they would arrive on the wire. */
export function wireOf(vector: Vector): Buffer {
  if (vector.wire !== undefined) return Buffer.from(vector.wire);
  if (vector.wireBase64 !== undefined) return Buffer.from(vector.wireBase64, 'base64');
  if (vector.hex !== undefined) return Buffer.from(vector.hex, 'hex');
  throw new Error(`Vector ${vector.id} has no bytes.`);
}

/** The vectors write absent things as null or []; this side leaves them out. Dates and bytes stand as $date and $base64. */
export function expectedMessage(vector: Vector): unknown {
  const message = { ...vector.message };
  if (message.invocationId === null) delete message.invocationId;
  if (Array.isArray(message.streamIds) && message.streamIds.length === 0) delete message.streamIds;
  return revive(message);
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  if ('$date' in value) return new Date(String(value.$date));
  if ('$base64' in value) return new Uint8Array(Buffer.from(String(value.$base64), 'base64'));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}
