import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ViteDevServer } from 'vite';
import { parseSettings } from '../src/hub/settings.ts';

/** `npm run dev`: the pages by Vite with reload, the hub from source on the next port, restarted when its files change. */
const parsed = parseSettings(process.env, process.argv.slice(2));
if (!parsed.ok) giveUp(parsed.problems);
else if (parsed.settings.https)
  giveUp(['npm run dev serves localhost without HTTPS. For a headset: npm start -- --https.']);
else await run(parsed.settings.port);

async function run(pagesPort: number): Promise<void> {
  const origin = `http://localhost:${pagesPort}`;
  process.env.SIGHTLINE_DEV_HUB = `http://localhost:${pagesPort + 1}`;
  const pages = await createServer({ server: { port: pagesPort, strictPort: true } });
  try {
    await pages.listen();
  } catch (error) {
    await pages.close();
    return giveUp([`The pages cannot be served: ${(error as Error).message}. Stop that program, or set PORT.`]);
  }
  const hub = startHub(pagesPort + 1, origin);
  console.log(`Pages with reload: ${origin}/ (headset), ${origin}/desk (expert)`);
  stopOnSignals(hub, pages);
}

function startHub(port: number, origin: string): ChildProcess {
  const watched = ['hub', 'domain', 'protocol', 'signalr'].map((folder) => `--watch-path=src/${folder}`);
  return spawn(process.execPath, ['--import', 'tsx', ...watched, '--watch-preserve-output', 'src/hub/cli.ts'], {
    stdio: 'inherit',
    env: { ...process.env, PORT: String(port), PUBLIC_ORIGIN: origin },
  });
}

/** A terminal gives Ctrl-C to every process and npm passes it on: the same wish may arrive more than once. */
function stopOnSignals(hub: ChildProcess, pages: ViteDevServer): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    const ended = hub.exitCode === null && hub.signalCode === null ? once(hub, 'exit') : undefined;
    hub.kill('SIGTERM');
    await Promise.all([ended, pages.close()]);
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function giveUp(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exit(1);
}
