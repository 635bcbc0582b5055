import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** A file of the built pages. */
export interface StaticFile {
  readonly type: string;
  /** The name carries a hash of the content: it never changes. */
  readonly isHashed: boolean;
  readonly isPage: boolean;
  /** The first of these that a browser takes is the smallest. */
  readonly precompressed: readonly Encoding[];
  read(encoding: Encoding | null): Promise<Uint8Array<ArrayBuffer>>;
}
export type Encoding = 'br' | 'gzip';

export type StaticFiles = ReadonlyMap<string, StaticFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.webm': 'video/webm',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};
const SUFFIXES: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/**
 * Lists a folder once, by address path such as `/assets/desk-4f3a.js`. Files of unknown type, hidden ones and anything that
 * appears later are not served.
 */
export function listStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  if (!existsSync(folder)) return files;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = TYPES[extname(name)];
    const path = join(folder, name);
    if (type === undefined || name.split(sep).some((part) => part.startsWith('.')) || !statSync(path).isFile())
      continue;
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(address, toStaticFile(path, address, type));
  }
  return files;
}

function toStaticFile(path: string, address: string, type: string): StaticFile {
  const encodings: readonly Encoding[] = ['br', 'gzip'];
  return {
    type,
    isHashed: address.startsWith('/assets/'),
    isPage: type.startsWith('text/html'),
    precompressed: encodings.filter((encoding) => existsSync(path + SUFFIXES[encoding])),
    read: async (encoding) => new Uint8Array(await readFile(encoding === null ? path : path + SUFFIXES[encoding])),
  };
}

/** The first of `offered` that the browser accepts (RFC 9110, 12.5.3; a weight of 0 means no). */
export function chooseEncoding(offered: readonly Encoding[], acceptEncoding: string | undefined): Encoding | null {
  const accepted = new Map(
    (acceptEncoding ?? '').split(',').map((part): [string, boolean] => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      return [name, !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))];
    }),
  );
  return offered.find((encoding) => accepted.get(encoding) ?? accepted.get('*') ?? false) ?? null;
}
