import { findPostgres } from '../test/hub/support/postgres-server.ts';
import { coturnInstalled } from '../test/support/coturn.ts';
import { installDebianPackages, isDebianRoot } from './debian.ts';

/** A server that some tests start for themselves. */
interface TestServer {
  readonly title: string;
  readonly debianPackage: string;
  /** The only tests that need it. */
  readonly testFile: string;
  readonly isThere: () => boolean;
}

const SERVERS: readonly TestServer[] = [
  {
    title: 'coturn (turnserver)',
    debianPackage: 'coturn',
    testFile: 'test/e2e/turn.spec.ts',
    isThere: coturnInstalled,
  },
  {
    title: 'PostgreSQL',
    debianPackage: 'postgresql',
    testFile: 'test/hub/store/server-store.test.ts',
    isThere: () => findPostgres() !== undefined,
  },
];

/** A test file that cannot run on this machine, and why. */
export interface LeftOut {
  readonly testFile: string;
  readonly reason: string;
}

/** Installs the servers that tests need where that is possible; answers which tests cannot run. */
export function findOrInstallServers(): readonly LeftOut[] {
  return SERVERS.filter((server) => !server.isThere() && !install(server)).map((server) => ({
    testFile: server.testFile,
    reason: `${server.title} is not installed (on Debian: apt-get install ${server.debianPackage})`,
  }));
}

function install({ title, debianPackage, isThere }: TestServer): boolean {
  if (!isDebianRoot()) return false;
  console.log(`No ${title} found: installing the Debian package "${debianPackage}" …`);
  try {
    installDebianPackages(debianPackage);
  } catch {
    return false; // without a network: its tests are left out, and the last lines say so
  }
  return isThere();
}
