import { pathToFileURL } from 'node:url';
import { buildIfStale } from './build.ts';

/** `npm start`: one process. The hub reads its settings from the environment and the rest of the command line. */
await buildIfStale();
await import(pathToFileURL('dist/hub/cli.js').href);
