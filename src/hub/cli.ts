import { fileURLToPath } from 'node:url';
import { lanAddresses } from './https.ts';
import { type RunningHub, startHub } from './main.ts';
import { listensEverywhere } from './origin.ts';
import { parseSettings, type Settings } from './settings.ts';
import { StartError } from './start-error.ts';

/** Both `src/hub` and `dist/hub` lie two folders below the project's root. */
const rootDir = fileURLToPath(new URL('../..', import.meta.url));

/** From here on a second Ctrl-C is somebody who lost patience, not the same wish once more. */
const IMPATIENT_AFTER_MS = 1_000;

const parsed = parseSettings(process.env, process.argv.slice(2));
if (parsed.ok) await run(parsed.settings);
else fail(parsed.problems);

async function run(settings: Settings): Promise<void> {
  let running: RunningHub | undefined;
  stopOnSignals(async () => running?.close());
  try {
    running = await startHub(settings, { rootDir, announceCode });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return fail([error.message]);
  }
  printAddresses(running.origin, settings);
}

/** A terminal gives Ctrl-C to all its processes and npm passes it on, so that one wish arrives twice. */
function stopOnSignals(close: () => Promise<void>): void {
  let askedAtMs: number | undefined;
  const stop = async (): Promise<void> => {
    if (askedAtMs !== undefined) {
      if (performance.now() - askedAtMs > IMPATIENT_AFTER_MS) process.exit(1);
      return;
    }
    askedAtMs = performance.now();
    console.log('Stopping …');
    await close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function printAddresses(origin: string, settings: Settings): void {
  console.log('Sightline is ready.');
  console.log(`  Headset:       ${origin}/`);
  console.log(`  Expert's desk: ${origin}/desk`);
  console.log(`  Administrator: ${origin}/admin`);
  if (settings.demo) console.log('  Demo: everybody signs in without a password. Not for real work.');
  if (settings.https && settings.tls === undefined) {
    console.log('  The certificate is self-signed: accept the warning once on each device.');
  }
  if (settings.https && settings.publicOrigin === undefined && listensEverywhere(settings)) printOtherAddresses();
}

function printOtherAddresses(): void {
  const [first, ...others] = lanAddresses();
  if (first === undefined) console.log('  This machine is on no network: no headset can reach it.');
  if (others.length > 0) {
    console.log(`  If the headset finds nothing there, set PUBLIC_ORIGIN to another address: ${others.join(', ')}.`);
  }
}

function announceCode(code: string): void {
  console.log(`Sign-in code: ${code} (for one sign-in, within 10 minutes)`);
}

function fail(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exit(1);
}
