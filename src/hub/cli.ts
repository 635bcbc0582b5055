import { fileURLToPath } from 'node:url';
import { type RunningHub, startHub } from './main.ts';
import { parseSettings, type Settings } from './settings.ts';
import { StartError } from './start-error.ts';

/** Both `src/hub` and `dist/hub` lie two folders below the project's root. */
const rootDir = fileURLToPath(new URL('../..', import.meta.url));

const parsed = parseSettings(process.env, process.argv.slice(2));
if (parsed.ok) await run(parsed.settings);
else fail(parsed.problems);

async function run(settings: Settings): Promise<void> {
  let running: RunningHub;
  try {
    running = await startHub(settings, { rootDir, announceCode });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return fail([error.message]);
  }
  printAddresses(running.origin, settings);
  const stop = async (): Promise<void> => {
    console.log('Stopping …');
    await running.close();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function printAddresses(origin: string, settings: Settings): void {
  console.log('Sightline is ready.');
  console.log(`  Headset:       ${origin}/`);
  console.log(`  Expert's desk: ${origin}/desk`);
  if (settings.demo) console.log('  Demo: everybody signs in without a password. Not for real work.');
  if (settings.https && settings.tls === undefined) {
    console.log('  The certificate is self-signed: accept the warning once on each device.');
  }
}

function announceCode(code: string): void {
  console.log(`Sign-in code: ${code} (for one sign-in, within 10 minutes)`);
}

function fail(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exit(1);
}
