import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Settings } from './settings.ts';
import { StartError } from './start-error.ts';

export interface TlsMaterial {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;
/** Chromium refuses certificates that are valid for longer than 398 days, where it looks at all. */
const VALID_MS = 397 * DAY_MS;
const RENEW_BEFORE_MS = 30 * DAY_MS;

/**
 * The configured certificate, or one of our own, made at the first start and kept under the data folder. It is made anew when it
 * ends soon or when this machine has an address that it does not name.
 * @throws StartError when a configured file cannot be read, or a new certificate cannot be kept
 */
export async function loadTlsMaterial(settings: Pick<Settings, 'tls'>, dataFolder: string): Promise<TlsMaterial> {
  if (settings.tls !== undefined) {
    return { cert: readPem('TLS_CERT', settings.tls.certPath), key: readPem('TLS_KEY', settings.tls.keyPath) };
  }
  const folder = join(dataFolder, 'tls');
  const [certPath, keyPath] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  if (existsSync(certPath) && existsSync(keyPath)) {
    const kept = { cert: readFileSync(certPath, 'utf8'), key: readFileSync(keyPath, 'utf8') };
    if (isUsable(kept, lanAddresses(), Date.now())) return kept;
  }
  const made = await makeCertificate(lanAddresses());
  try {
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    writeFileSync(keyPath, made.key, { mode: 0o600 });
    chmodSync(keyPath, 0o600);
    writeFileSync(certPath, made.cert);
  } catch (error) {
    throw new StartError(
      `The certificate cannot be written to ${folder} (${(error as NodeJS.ErrnoException).code}).`,
      error,
    );
  }
  return made;
}

/** Networks that end on this machine or in a tunnel: no headset is on the other side. */
const VIRTUAL =
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|utun|tun|tap|wg|tailscale|zt|cni|flannel|podman|lxc|lxd)/i;

/** IPv4 addresses under which other machines may reach this one; the likeliest first. */
export function lanAddresses(interfaces = networkInterfaces()): readonly string[] {
  return Object.entries(interfaces)
    .sort(([a], [b]) => Number(VIRTUAL.test(a)) - Number(VIRTUAL.test(b)))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    .map(({ address }) => address);
}

function isUsable({ cert, key }: TlsMaterial, addresses: readonly string[], nowMs: number): boolean {
  try {
    const certificate = new X509Certificate(cert);
    const lasts = Date.parse(certificate.validTo) > nowMs + RENEW_BEFORE_MS;
    return (
      lasts && key.includes('PRIVATE KEY') && addresses.every((address) => certificate.checkIP(address) !== undefined)
    );
  } catch {
    return false;
  }
}

async function makeCertificate(addresses: readonly string[]): Promise<TlsMaterial> {
  const ips = ['127.0.0.1', '::1', ...addresses];
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Sightline' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() - DAY_MS + VALID_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2, value: 'localhost' }, ...ips.map((ip) => ({ type: 7, ip }) as const)],
      },
    ],
  });
  return { cert, key };
}

function readPem(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new StartError(`${setting} cannot be read: ${path} (${(error as NodeJS.ErrnoException).code}).`, error);
  }
}
