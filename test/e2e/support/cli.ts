import { type ChildProcess, spawn } from 'node:child_process';
import { get as httpGet, type IncomingHttpHeaders } from 'node:http';
import { get as httpsGet } from 'node:https';

/** A program as somebody types it, with nothing but what they set. */
export interface Started {
  /** What it wrote so far. */
  output(): string;
  errors(): string;
  /** Waits until its output matches; throws when it ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** To it and to all that it started, as a terminal does. */
  signal(name: NodeJS.Signals): void;
  /** Its exit code, when it and all that it started have ended. */
  readonly ended: Promise<number | null>;
}

/** Kept from this environment: where programs are, and nothing that a hub would read as a setting. */
const KEPT = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'TMP'] as const;

export function start(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const kept = Object.fromEntries(KEPT.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  const child = spawn(command, args, { env: { ...kept, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const read = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      read[name] += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    output: () => read.stdout,
    errors: () => read.stderr,
    until: (pattern) => untilMatch(child, pattern, () => read),
    signal: (name) => signalGroup(child, name),
    ended,
  };
}

function untilMatch(
  child: ChildProcess,
  pattern: RegExp,
  read: () => { readonly stdout: string; readonly stderr: string },
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      child.stdout?.off('data', look);
      child.off('close', fail);
    };
    const look = (): void => {
      const match = pattern.exec(read().stdout);
      if (match === null) return;
      stop();
      resolve(match);
    };
    const fail = (): void => {
      stop();
      reject(new Error(`ended before ${pattern} came:\n${read().stdout}${read().stderr}`));
    };
    child.stdout?.on('data', look);
    child.once('close', fail);
    look();
  });
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // all of them have ended
  }
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks under any name, whoever signed the certificate. */
export function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const get = url.startsWith('https:') ? httpsGet : httpGet;
  return new Promise((resolve, reject) => {
    get(url, { headers, rejectUnauthorized: false, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    }).once('error', reject);
  });
}
