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
 *
 * Beside it, in the same run: 50 others at 50 such doors, each admitted once the one before is in, with nothing else to do;
 * and the bare way to the hub and back, which an admission takes twice.
 */
const MEETINGS = 50;
const WAITING_IN_EACH = 10;
/** Fewer than a page may ask at once. */
const ROUND_TRIPS = 30;
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
    const alone = await fill(bench, admitter, 1);
    const aloneMs = await admitInTurn(admitter, alone);
    const roundTripsMs = await roundTrips(admitter);
    progress(`${MEETINGS * WAITING_IN_EACH} people come …`);
    const waiters = await fill(bench, admitter, WAITING_IN_EACH);
    progress('They are admitted …');
    const timesMs = await admitAll(admitter, waiters);
    tell('round trip', roundTripsMs, aloneMs);
    tell(`one after the other, at ${MEETINGS} meetings`, aloneMs, aloneMs);
    tell(`at random, ${waiters.length} people at ${MEETINGS} meetings`, timesMs, aloneMs);
  } finally {
    await bench.close();
    await store.close();
    rmSync(dataFolder, { recursive: true });
  }
}

/** @param baselineMs of which the 99th percentile is a multiple: how much slower the slowest are than one alone usually is */
function tell(name: string, timesMs: readonly number[], baselineMs: readonly number[]): void {
  const p99Ms = quantile(timesMs, 0.99);
  report('lobby', name, {
    count: timesMs.length,
    p50Ms: rounded(quantile(timesMs, 0.5), 1),
    p95Ms: rounded(quantile(timesMs, 0.95), 1),
    p99Ms: rounded(p99Ms, 1),
    longestMs: rounded(Math.max(...timesMs), 1),
    p99ByBaseline: rounded(p99Ms / quantile(baselineMs, 0.5), 2),
  });
}

async function fill(bench: WireBench, admitter: Client, inEach: number): Promise<readonly Waiter[]> {
  const waiters: Waiter[] = [];
  for (let meeting = 0; meeting < MEETINGS; meeting += 1) {
    const request = { commandId: randomUUID(), title: `Meeting ${meeting}`, zone: 'UTC' };
    const { url, meeting: made } = answered(await admitter.invoke('meetNow', request));
    const token = url.split('/').at(-1) ?? '';
    const names = Array.from({ length: inEach }, (_, at) => `Guest ${at}`);
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

async function admitInTurn(admitter: Client, waiters: readonly Waiter[]): Promise<readonly number[]> {
  const timesMs: number[] = [];
  for (const waiter of waiters) timesMs.push(await admit(admitter, waiter));
  return timesMs;
}

async function roundTrips(client: Client): Promise<readonly number[]> {
  const timesMs: number[] = [];
  for (let at = 0; at < ROUND_TRIPS; at += 1) {
    const startMs = performance.now();
    answered(await client.invoke('iceServers', {}));
    timesMs.push(performance.now() - startMs);
  }
  return timesMs;
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
