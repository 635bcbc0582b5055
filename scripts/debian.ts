import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Packages can be installed without asking anybody: Debian or a child of it, as root. */
export const isDebianRoot = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @throws when apt-get fails; its own words are on the console */
export function installDebianPackages(...packages: readonly string[]): void {
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}
