import { fileURLToPath } from 'node:url';
import { runAdminCommand } from '../src/hub/admin-command/run.ts';

/** `npm run admin -- grant MAIL`: with the settings that the hub starts with, and while no hub has the data folder. */
const rootDir = fileURLToPath(new URL('..', import.meta.url));
const { exitCode, lines } = await runAdminCommand({ env: process.env, argv: process.argv.slice(2), rootDir });
for (const line of lines) {
  if (exitCode === 0) console.log(line);
  else console.error(line);
}
process.exitCode = exitCode;
