import { progress } from '../test/bench/report.ts';

/** `npm run bench -- NAME`: one JSON line for each case on stdout, progress on stderr. */
interface Bench {
  run(): Promise<void>;
}

const BENCHES: ReadonlyMap<string, () => Promise<Bench>> = new Map([
  ['placement', () => import('../test/bench/placement.ts')],
]);

const load = BENCHES.get(process.argv[2] ?? '');
if (load === undefined) {
  progress(`npm run bench -- NAME, where NAME is one of: ${[...BENCHES.keys()].join(', ')}`);
  process.exit(1);
}
const bench = await load();
await bench.run();
