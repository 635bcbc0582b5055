import { isIPv6 } from 'node:net';
import type { Settings } from './settings.ts';

const ALL_INTERFACES: ReadonlySet<string> = new Set(['0.0.0.0', '::', '[::]']);
const THIS_MACHINE: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

/** True when it listens on every interface, so that any of the machine's addresses leads to it. */
export const listensEverywhere = ({ host }: Pick<Settings, 'host'>): boolean => ALL_INTERFACES.has(host);

/**
 * The origin of a hub that was given none. On the network a headset needs an address that it can reach, and HTTPS; without HTTPS
 * only this machine itself may use camera and sign-in, so that is whom it is for.
 * @param addresses under which other machines reach this one, the likeliest first
 */
export function defaultOrigin(
  settings: Pick<Settings, 'host' | 'https'>,
  port: number,
  addresses: readonly string[],
): string {
  return new URL(`${settings.https ? 'https' : 'http'}://${hostOf(settings, addresses)}:${port}`).origin;
}

function hostOf({ host, https }: Pick<Settings, 'host' | 'https'>, addresses: readonly string[]): string {
  if (THIS_MACHINE.has(host)) return 'localhost';
  if (ALL_INTERFACES.has(host)) return (https ? addresses[0] : undefined) ?? 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}
