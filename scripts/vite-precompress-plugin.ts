import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(html|js|css|svg|json|wasm)$/;
/** Below a packet's size there is nothing to win. */
const SMALLEST_BYTES = 1_024;

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

/** Writes `.br` and `.gz` beside each text file once, so that the hub never compresses a page while it serves calls. */
export function precompressPlugin(): Plugin {
  let outDir = '';
  return {
    name: 'sightline-precompress',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    async closeBundle() {
      for (const file of await readdir(outDir, { recursive: true })) {
        if (COMPRESSIBLE.test(file)) await precompress(join(outDir, file));
      }
    },
  };
}

async function precompress(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.byteLength < SMALLEST_BYTES) return;
  await writeFile(`${path}.br`, await brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  await writeFile(`${path}.gz`, await gz(content, { level: 9 }));
}
