import type { Row, Statement } from './database.ts';

/** What the hub's thread asks of the thread that runs the embedded database. */
export type PgliteRequest =
  | { readonly id: number; readonly kind: 'run'; readonly statements: readonly Statement[] }
  | { readonly id: number; readonly kind: 'script'; readonly sql: string }
  | { readonly id: number; readonly kind: 'close' };

export type PgliteReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'result'; readonly id: number; readonly rows: readonly (readonly Row[])[] }
  | {
      readonly kind: 'error';
      readonly id: number;
      readonly message: string;
      readonly code: string;
      readonly table: string;
    };

export interface PgliteWorkerData {
  readonly folder: string;
}
