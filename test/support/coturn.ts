import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's `coturn` with short-lived credentials (`use-auth-secret`), on the loopback interface alone. */
export interface RunningTurn {
  readonly port: number;
  readonly secret: string;
  /** Credentials as the scheme makes them: `<expiry>:<person>`, base64(HMAC-SHA1(secret, username)). */
  iceServer(person: string, options?: { readonly ttlS?: number; readonly protocol?: 'udp' | 'tcp' }): TurnServer;
  /** What it printed so far. */
  output(): string;
  stop(): Promise<void>;
}

export interface TurnServer {
  readonly urls: string[];
  readonly username: string;
  readonly credential: string;
}

const BINARY = '/usr/bin/turnserver';
const REALM = 'sightline.test';

export function coturnInstalled(): boolean {
  return existsSync(BINARY);
}

export async function startCoturn(secret = 'a secret for tests'): Promise<RunningTurn> {
  const folder = await mkdtemp(join(tmpdir(), 'sightline-turn-'));
  const port = await freeUdpPort();
  let output = '';
  const child = spawn(BINARY, argumentsFor(port, secret, folder), { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  await untilListening(child, port, () => output);

  return {
    port,
    secret,
    iceServer(person, { ttlS = 600, protocol = 'udp' } = {}) {
      const username = `${Math.floor(Date.now() / 1000) + ttlS}:${person}`;
      const credential = createHmac('sha1', secret).update(username).digest('base64');
      return { urls: [`turn:127.0.0.1:${port}?transport=${protocol}`], username, credential };
    },
    output: () => output,
    async stop() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function argumentsFor(port: number, secret: string, folder: string): string[] {
  return [
    '-n',
    '--listening-ip=127.0.0.1',
    '--relay-ip=127.0.0.1',
    `--listening-port=${port}`,
    '--use-auth-secret',
    `--static-auth-secret=${secret}`,
    `--realm=${REALM}`,
    // Both browsers of a test are on this machine; a production server denies such peers.
    '--allow-loopback-peers',
    '--no-tls',
    '--no-dtls',
    '--no-cli',
    '--log-file=stdout',
    // Tells whom it serves.
    '--verbose',
    '--simple-log',
    `--pidfile=${join(folder, 'turnserver.pid')}`,
    `--userdb=${join(folder, 'turn.db')}`,
  ];
}

/** Asks with a STUN binding request until it is answered (RFC 8489, 5). */
async function untilListening(child: ChildProcess, port: number, output: () => string): Promise<void> {
  const socket = createSocket('udp4');
  const request = Buffer.alloc(20);
  request.writeUInt16BE(0x0001, 0);
  request.writeUInt32BE(0x2112a442, 4);
  let answered = false;
  socket.on('message', () => {
    answered = true;
  });
  socket.on('error', () => undefined);
  try {
    for (let attempt = 0; attempt < 100 && !answered; attempt += 1) {
      if (child.exitCode !== null) throw new Error(`turnserver ended with ${child.exitCode}:\n${output()}`);
      socket.send(request, port, '127.0.0.1');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (!answered) throw new Error(`turnserver did not answer:\n${output()}`);
  } finally {
    socket.close();
  }
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

function freeUdpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
