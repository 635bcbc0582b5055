import { spawn } from 'node:child_process';
import { createServer } from 'vite';

/** `npm run dev`: the pages by Vite with reload, the hub from source, restarted when its files change. */
const pagesPort = Number(process.env.PORT ?? 4400);
const hubPort = pagesPort + 1;
const origin = `http://localhost:${pagesPort}`;
process.env.SIGHTLINE_DEV_HUB = `http://localhost:${hubPort}`;

const hub = spawn(
  process.execPath,
  [
    '--import',
    'tsx',
    '--watch-path=src/hub',
    '--watch-path=src/domain',
    '--watch-path=src/protocol',
    '--watch-path=src/signalr',
    '--watch-preserve-output',
    'src/hub/cli.ts',
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, PORT: String(hubPort), PUBLIC_ORIGIN: origin },
  },
);
const pages = await createServer({ server: { port: pagesPort, strictPort: true } });
await pages.listen();
console.log(`Pages with reload: ${origin}/ (headset), ${origin}/desk (expert)`);

const stop = async (): Promise<void> => {
  hub.kill('SIGTERM');
  await pages.close();
  process.exit(0);
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
