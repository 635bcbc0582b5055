import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from './temporary-folder.ts';

const DEBIAN_ROOT = '/usr/lib/postgresql';

/** Folder of PostgreSQL's programs on this machine, or undefined. */
export function findPostgres(): string | undefined {
  if (!existsSync(DEBIAN_ROOT)) return undefined;
  return readdirSync(DEBIAN_ROOT)
    .map((version) => join(DEBIAN_ROOT, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')));
}

/** Starts a throw-away server on loopback. It refuses to run as root, so root lends it the account `postgres`. */
export async function startPostgres(bin: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = makeFolder();
  const data = join(folder.path, 'data');
  const user = process.getuid?.() === 0 ? userOf('postgres') : null;
  const asUser = user ?? {};
  if (user !== null) chownSync(folder.path, user.uid, user.gid);
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'sightline', '-A', 'trust', '--no-sync', '-E', 'UTF8'], {
    ...asUser,
    stdio: 'ignore',
  });
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), '-k', folder.path, '-c', 'listen_addresses=127.0.0.1'];
  const server = spawn(join(bin, 'postgres'), args, { ...asUser, stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`postgres ended with ${code}`)));
    server.stderr.on('data', (text: Buffer) => text.includes('ready to accept connections') && resolve());
  });
  return {
    url: `postgres://sightline@127.0.0.1:${port}/postgres`,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      folder.remove();
    },
  };
}

function userOf(name: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
