import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { installDebianPackages, isDebianRoot } from './debian.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'] as const;
const PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
] as const;

export interface FoundBrowser {
  readonly path: string;
  /** For the person: where it comes from. */
  readonly origin: string;
}

/** A Chromium for the tests: the one named by CHROMIUM_PATH, an installed one, else one that is installed now. */
export function findOrInstallChromium(): FoundBrowser {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names a file that is not there: ${named}`);
    return { path: named, origin: 'CHROMIUM_PATH' };
  }
  const installed = findInstalled();
  if (installed !== null) return { path: installed, origin: 'installed' };
  return isDebianRoot() ? installDebianPackage() : installPlaywrights();
}

function findInstalled(): string | null {
  for (const name of NAMES) {
    const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', [name], { encoding: 'utf8' });
    const path = found.stdout?.split(/\r?\n/)[0];
    if (found.status === 0 && path) return path;
  }
  return [...PATHS, chromium.executablePath()].find((path) => path !== '' && existsSync(path)) ?? null;
}

function installDebianPackage(): FoundBrowser {
  console.log('No browser found: installing the Debian package "chromium" …');
  installDebianPackages('chromium');
  const path = findInstalled();
  if (path === null)
    throw new Error('The package "chromium" was installed, but no browser is there. Set CHROMIUM_PATH.');
  return { path, origin: 'Debian package, installed now' };
}

function installPlaywrights(): FoundBrowser {
  console.log("No browser found: installing Playwright's Chromium …");
  const installed = spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const path = chromium.executablePath();
  if (installed.status !== 0 || !existsSync(path)) {
    throw new Error('No browser could be installed. Install Chromium or Edge and set CHROMIUM_PATH to it.');
  }
  return { path, origin: "Playwright's, installed now" };
}
