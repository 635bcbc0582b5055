import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LEAPING } from './leaping-clock.ts';

/** A hub as `npm start` runs it, in a process of its own, with a data folder of its own. */
export interface RunningHub {
  readonly origin: string;
  /** What it printed so far. */
  output(): string;
  /** The power cut: no clean-up, no goodbye. */
  kill(): Promise<void>;
  /** Ctrl-C; the exit code. */
  stop(): Promise<number | null>;
  /** Starts it again on the same port and data folder. */
  restart(): Promise<void>;
  /** Lets the hub's clock jump: what falls due meanwhile happens at once. Needs `leaps`. */
  leap(ms: number): Promise<void>;
  dispose(): Promise<void>;
}

export interface HubOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Its clock can jump. */
  readonly leaps?: boolean;
}

const START_TIMEOUT_MS = 60_000;

export async function startHub({ env = {}, args = [], leaps = false }: HubOptions = {}): Promise<RunningHub> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sightline-e2e-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  let output = '';
  let child = await launch();

  async function launch(): Promise<ChildProcess> {
    const started = spawn(process.execPath, ['dist/hub/cli.js', ...args], {
      env: {
        ...process.env,
        PORT: String(port),
        DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
        ...(leaps ? LEAPING : {}),
        ...env,
      },
      stdio: leaps ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    await untilReady(origin, started, () => output);
    return started;
  }

  return {
    origin,
    output: () => output,
    kill: () => end(child, 'SIGKILL').then(() => {}),
    stop: () => end(child, 'SIGINT'),
    async restart() {
      child = await launch();
    },
    leap: (ms) =>
      new Promise((resolve) => {
        child.once('message', () => resolve());
        child.send(ms);
      }),
    async dispose() {
      await end(child, 'SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}

async function untilReady(origin: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the hub ended with ${child.exitCode}:\n${output()}`);
    const ready = await fetch(`${origin}/readyz`).catch(() => null);
    if (ready?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the hub was not ready in time:\n${output()}`);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
