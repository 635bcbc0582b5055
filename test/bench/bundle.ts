import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContext } from '@playwright/test';
import { type Owner, ownerOf, readManifest } from './bundle/chunks.ts';
import {
  enterRoom,
  newDeskContext,
  newHeadsetContext,
  openDesk,
  openHeadset,
  type Product,
  startProduct,
} from './product/product.ts';
import { progress, report } from './report.ts';
import { rounded } from './statistics.ts';

/**
 * What the pages really load, gzipped: the headset's until its first frame in the room, the desk's until the
 * contacts are shown. Counted are script, style, fonts and icons of the built pages.
 */
const PAGES_DIR = 'dist/pages';
const COUNTED = new Set(['.js', '.css', '.woff2', '.woff', '.svg', '.png', '.ico', '.webp']);

export async function run(): Promise<void> {
  const product = await startProduct();
  try {
    const headset = await loadedByHeadset(product);
    const desk = await loadedByDesk(product);
    const owner = ownerOf(await readManifest(join(PAGES_DIR, '.vite/manifest.json')));
    await reportCase('headset', headset, owner, 'page');
    await reportCase('msal', headset, owner, 'msal');
    await reportCase('desk', desk, owner, 'page');
  } finally {
    await product.dispose();
  }
}

async function loadedByHeadset(product: Product): Promise<ReadonlySet<string>> {
  const context = await newHeadsetContext(product);
  const files = collectFiles(context, product.hub.origin);
  const page = await context.newPage();
  await openHeadset(page, product.hub.origin);
  await enterRoom(page);
  const loaded = new Set(files);
  await context.close();
  return loaded;
}

async function loadedByDesk(product: Product): Promise<ReadonlySet<string>> {
  const context = await newDeskContext(product);
  const files = collectFiles(context, product.hub.origin);
  await openDesk(await context.newPage(), product.hub.origin);
  const loaded = new Set(files);
  await context.close();
  return loaded;
}

/** Paths below the pages' folder of everything the context loads from now on, its workers and frames included. */
function collectFiles(context: BrowserContext, origin: string): ReadonlySet<string> {
  const files = new Set<string>();
  context.on('requestfinished', (request) => {
    const url = new URL(request.url());
    if (url.origin === origin && COUNTED.has(extname(url.pathname))) files.add(url.pathname.slice(1));
  });
  return files;
}

async function reportCase(
  name: string,
  files: ReadonlySet<string>,
  owner: (file: string) => Owner,
  counted: Owner,
): Promise<void> {
  let bytes = 0;
  for (const file of [...files].sort()) {
    if (owner(file) !== counted) continue;
    const content = await readFile(join(PAGES_DIR, file)).catch(() => null);
    // The demo's own sign-in pages are the identity provider's, not the product's.
    if (content === null) continue;
    const size = gzipSync(content, { level: 9 }).byteLength;
    bytes += size;
    progress(`${name} ${rounded(size / 1024, 1)} KiB ${file}`);
  }
  report('bundle', name, { gzipKiB: rounded(bytes / 1024, 1) });
}
