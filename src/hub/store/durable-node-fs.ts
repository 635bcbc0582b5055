import { fsyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** What we use of an open file in Emscripten's NODEFS: the descriptor of the real file, absent for folders. */
interface NodeStream {
  readonly nfd?: number | null;
}
type StreamOperations = { fsync?: (stream: NodeStream) => number };

/**
 * PGlite's file system over a real folder, but with an `fsync` that reaches the disk. The stock one has none (Emscripten's
 * NODEFS leaves it out), so that a commit would survive the process but not a power cut.
 */
export class DurableNodeFS extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const result = await super.init(...args);
    const { emscriptenOpts } = result;
    const giveFsync = (module: { NODEFS?: unknown }): void => {
      const nodeFs = module.NODEFS as { stream_ops: StreamOperations };
      nodeFs.stream_ops.fsync = (stream) => {
        if (typeof stream.nfd === 'number') fsyncSync(stream.nfd);
        return 0;
      };
    };
    const preRun = [emscriptenOpts.preRun ?? []].flat();
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, giveFsync] } };
  }
}

/** PGlite's own parameters without `-F` (no fsync), and with the sync method that `DurableNodeFS` serves. */
export const DURABLE_START_PARAMS: string[] = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];
