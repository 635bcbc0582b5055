import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../src/hub/store/open.ts';
import type { KnockAnswer } from '../../src/protocol/join-api/messages.ts';
import type { HubAnswer } from '../../src/protocol/types.ts';
import { seededRandom } from '../domain/annotation/scene.ts';
import { COMPANIES, DANA, SEEDS, VIDEO } from '../hub/support/hub-bench.ts';
import { type Client, createWireBench, type WireBench } from '../hub/support/wire-bench.ts';
import { progress, report } from './report.ts';
import { quantile, rounded } from './statistics.ts';

/**
 * From Admit to "you're in": 500 people without a sign-in wait in 50 meetings and are admitted in a random order, each on a
 * connection of their own, by somebody who hears of everybody who waits. The hub and all the pages share one process, and the
 * hub keeps everything in its embedded database. Whoever came in leaves again, because a meeting has four places.
 */
const MEETINGS = 50;
const WAITING_IN_EACH = 10;
const SEED = 20_264;
/** Admissions begin so far apart on average, whether those before are through or not. */
const MEAN_GAP_MS = 50;

interface Waiter {
  readonly client: Client;
  readonly meetingId: string;
  readonly person: string;
  readonly admitted: Promise<void>;
}

export async function run(): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sightline-lobby-'));
  const store = await openEmbeddedStore({ dataFolder });
  const bench = await createWireBench({ companies: COMPANIES, seeds: SEEDS }, store);
  try {
    const admitter = await bench.connect(DANA);
    progress(`${MEETINGS * WAITING_IN_EACH} people come …`);
    const waiters = await fill(bench, admitter);
    progress('They are admitted …');
    const timesMs = await admitAll(admitter, waiters);
    report('lobby', `${waiters.length} people in ${MEETINGS} meetings`, {
      admissions: timesMs.length,
      medianMs: rounded(quantile(timesMs, 0.5), 1),
      p95Ms: rounded(quantile(timesMs, 0.95), 1),
      p99Ms: rounded(quantile(timesMs, 0.99), 1),
      longestMs: rounded(Math.max(...timesMs), 1),
    });
  } finally {
    await bench.close();
    await store.close();
    rmSync(dataFolder, { recursive: true });
  }
}

async function fill(bench: WireBench, admitter: Client): Promise<readonly Waiter[]> {
  const waiters: Waiter[] = [];
  for (let meeting = 0; meeting < MEETINGS; meeting += 1) {
    const request = { commandId: randomUUID(), title: `Meeting ${meeting}`, zone: 'UTC' };
    const { url, meeting: made } = answered(await admitter.invoke('meetNow', request));
    const token = url.split('/').at(-1) ?? '';
    const names = Array.from({ length: WAITING_IN_EACH }, (_, at) => `Guest ${at}`);
    waiters.push(...(await Promise.all(names.map((name) => wait(bench, { token, name, meetingId: made.meetingId })))));
  }
  return waiters;
}

interface Coming {
  readonly token: string;
  readonly name: string;
  readonly meetingId: string;
}

async function wait(bench: WireBench, { token, name, meetingId }: Coming): Promise<Waiter> {
  const response = await bench.join.request('/knock', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, name }),
  });
  const { ticket, person } = (await response.json()) as KnockAnswer;
  const client = await bench.visit(ticket ?? '');
  const admitted = new Promise<void>((resolve) => {
    client.connection.on('lobbyPlace', ({ state }: { readonly state: string }) => {
      if (state === 'admitted') resolve();
    });
  });
  const answer = answered(await client.invoke('joinMeeting', { commandId: randomUUID(), meetingId, media: VIDEO }));
  if (answer.state !== 'waiting') throw new Error('nobody had to admit them');
  return { client, meetingId, person, admitted };
}

async function admitAll(admitter: Client, waiters: readonly Waiter[]): Promise<readonly number[]> {
  const random = seededRandom(SEED);
  const order = waiters.map((waiter) => ({ waiter, at: random() })).toSorted((a, b) => a.at - b.at);
  const running: Promise<number>[] = [];
  for (const { waiter } of order) {
    running.push(admit(admitter, waiter));
    const gapMs = -Math.log(1 - random()) * MEAN_GAP_MS;
    await new Promise((resolve) => setTimeout(resolve, gapMs));
  }
  return Promise.all(running);
}

async function admit(admitter: Client, { client, meetingId, person, admitted }: Waiter): Promise<number> {
  const startMs = performance.now();
  const decision = admitter.invoke('admit', { meetingId, person }).then(answered);
  // A refusal ends the bench: nobody would ever come in.
  await Promise.race([admitted, decision.then(() => admitted)]);
  const joining = { commandId: randomUUID(), meetingId, media: VIDEO };
  const answer = answered(await client.invoke('joinMeeting', joining));
  const tookMs = performance.now() - startMs;
  await decision;
  if (answer.state !== 'in') throw new Error('admitted, and not in');
  const leaving = { commandId: randomUUID(), callId: answer.log.callId, command: { type: 'leave' } } as const;
  answered(await client.invoke('command', leaving));
  await client.connection.stop();
  return tookMs;
}

function answered<T>(answer: HubAnswer<T>): T {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
  return answer.value;
}
