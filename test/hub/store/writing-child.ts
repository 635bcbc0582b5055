import { writeSync } from 'node:fs';
import { takeDataFolder } from '../../../src/hub/data-folder.ts';
import { openEmbeddedStore } from '../../../src/hub/store/open.ts';
import type { AppendResult } from '../../../src/hub/store/store.ts';

/**
 * A process that writes events, prints the number of each one that the store has acknowledged, and kills itself outright in
 * the middle of further writes. Run it with a data folder, a call's id, the number of the last event, and the number
 * whose acknowledgement is the end.
 */
const [folder = '', callId = '', last = '0', end = '0'] = process.argv.slice(2);
/** Writes that are under way at the moment of the kill. */
const IN_FLIGHT = 20;
takeDataFolder(folder, { alone: true });
const store = await openEmbeddedStore({ dataFolder: folder });

const write = (seq: number): Promise<AppendResult> =>
  store.append({
    callId,
    create: seq === 1 ? { callId, tid: 't', kind: 'direct', meetingId: null, createdAtMs: 1 } : null,
    events: [{ seq, atMs: seq, event: { type: 'connectionLost', person: 'x'.repeat(seq % 300) } }],
    endedAtMs: null,
    command: { scope: callId, person: 'p', commandId: String(seq) },
    outcome: { callId, seq },
    contacts: [],
  });

let nextSeq = Number(last) + 1;
const underWay = Array.from({ length: IN_FLIGHT }, () => write(nextSeq++));
for (let seq = Number(last) + 1; ; seq += 1) {
  const result = await underWay.shift();
  if (result?.kind !== 'appended') throw new Error(`event ${seq}: ${result?.kind}`);
  writeSync(1, `${seq}\n`);
  if (seq >= Number(end)) process.kill(process.pid, 'SIGKILL');
  underWay.push(write(nextSeq++));
}
