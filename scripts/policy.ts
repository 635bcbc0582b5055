import { runPolicy } from '../src/hub/policy/cli.ts';

/** `npm run policy -- explain …` and `npm run policy -- diff OLD NEW`: needs no build, no network and no hub. */
const { exitCode, stdout, stderr } = runPolicy(process.argv.slice(2));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
