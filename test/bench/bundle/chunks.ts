import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

/** What the build says about one chunk (Vite's manifest); keys of the manifest are source paths or made-up names. */
const ChunkSchema = v.object({
  file: v.string(),
  css: v.optional(v.array(v.string()), []),
  assets: v.optional(v.array(v.string()), []),
  imports: v.optional(v.array(v.string()), []),
  dynamicImports: v.optional(v.array(v.string()), []),
});
const ManifestSchema = v.record(v.string(), ChunkSchema);
type Manifest = v.InferOutput<typeof ManifestSchema>;

/** Whose a built file is: what a page needs itself counts as the page's, whoever else uses it. */
export type Owner = 'page' | 'msal' | 'emulator';

const PAGES = ['index.html', 'desk.html'] as const;
const isEmulator = (key: string): boolean => key.startsWith('src/emulator/');
/** The sign-in library, and the page that it is led back by. */
const isSignIn = (key: string): boolean => key.includes('node_modules/@azure/') || key === 'redirect.html';

export async function readManifest(path: string): Promise<Manifest> {
  return v.parse(ManifestSchema, JSON.parse(await readFile(path, 'utf8')));
}

/** Tells the owner of a built file by its path below the pages' folder. */
export function ownerOf(manifest: Manifest): (file: string) => Owner {
  const keys = Object.keys(manifest);
  const others = new Set([...keys.filter(isEmulator), ...keys.filter(isSignIn)]);
  const ofPages = filesFrom(manifest, PAGES, others);
  const ofSignIn = filesFrom(manifest, keys.filter(isSignIn), new Set());
  const ofEmulator = filesFrom(manifest, keys.filter(isEmulator), new Set());
  return (file) => {
    if (ofPages.has(file)) return 'page';
    if (ofSignIn.has(file)) return 'msal';
    return ofEmulator.has(file) ? 'emulator' : 'page';
  };
}

/** Every file that chunks lead to, at once or later, without going through `closed` chunks. */
function filesFrom(manifest: Manifest, roots: readonly string[], closed: ReadonlySet<string>): ReadonlySet<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const open = [...roots];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(key) || closed.has(key)) continue;
    seen.add(key);
    for (const file of [chunk.file, ...chunk.css, ...chunk.assets]) files.add(file);
    open.push(...chunk.imports, ...chunk.dynamicImports);
  }
  return files;
}
