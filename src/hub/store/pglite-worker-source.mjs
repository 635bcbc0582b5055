// Starts the database's thread from its TypeScript source: Node 20 cannot load that by itself, so tsx is registered first.
import { register } from 'tsx/esm/api';

register();
await import('./pglite-worker.ts');
