import { availableParallelism, loadavg } from 'node:os';
import { progress } from '../test/bench/report.ts';

/** `npm run bench -- NAME`: one JSON line for each case on stdout, progress on stderr. */
interface Bench {
  run(): Promise<void>;
}

const BENCHES: ReadonlyMap<string, () => Promise<Bench>> = new Map([
  ['bundle', () => import('../test/bench/bundle.ts')],
  ['frame', () => import('../test/bench/frame.ts')],
  ['lobby', () => import('../test/bench/lobby.ts')],
  ['mark', () => import('../test/bench/mark.ts')],
  ['placement', () => import('../test/bench/placement.ts')],
  ['search', () => import('../test/bench/search.ts')],
]);
// What builds and finds the browser talks to people; standard output is for figures alone.
console.log = console.error;

const load = BENCHES.get(process.argv[2] ?? '');
if (load === undefined) {
  progress(`npm run bench -- NAME, where NAME is one of: ${[...BENCHES.keys()].join(', ')}`);
  process.exit(1);
}
refuseOnBusyMachine();
const bench = await load();
await bench.run();

/** Figures of a machine that does other work as well say nothing; `BENCH_ANYWAY=1` measures all the same. */
function refuseOnBusyMachine(): void {
  const [load1 = 0] = loadavg();
  const cores = availableParallelism();
  if (load1 <= 1.5 * cores || process.env.BENCH_ANYWAY === '1') return;
  progress(`The machine is busy (load ${load1.toFixed(1)} on ${cores} cores). Measure when it is quiet, not before.`);
  process.exit(1);
}
