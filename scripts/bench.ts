import { progress } from '../test/bench/report.ts';

/** `npm run bench -- NAME`: one JSON line for each case on stdout, progress on stderr. */
interface Bench {
  run(): Promise<void>;
}

const BENCHES: ReadonlyMap<string, () => Promise<Bench>> = new Map([
  ['bundle', () => import('../test/bench/bundle.ts')],
  ['frame', () => import('../test/bench/frame.ts')],
  ['mark', () => import('../test/bench/mark.ts')],
  ['placement', () => import('../test/bench/placement.ts')],
]);
// What builds and finds the browser talks to people; standard output is for figures alone.
console.log = console.error;

const load = BENCHES.get(process.argv[2] ?? '');
if (load === undefined) {
  progress(`npm run bench -- NAME, where NAME is one of: ${[...BENCHES.keys()].join(', ')}`);
  process.exit(1);
}
const bench = await load();
await bench.run();
