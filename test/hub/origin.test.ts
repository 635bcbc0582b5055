import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { lanAddresses } from '../../src/hub/https.ts';
import { defaultOrigin, listensEverywhere } from '../../src/hub/origin.ts';

const LAN = ['192.168.1.20', '10.0.0.7'];
const originOf = (host: string, https: boolean, addresses: readonly string[] = LAN): string =>
  defaultOrigin({ host, https }, 4400, addresses);

describe('the origin of a hub that was given none', () => {
  test('is localhost on this machine alone, however its address is written', () => {
    for (const host of ['127.0.0.1', '::1', 'localhost']) {
      expect(originOf(host, false)).toBe('http://localhost:4400');
      expect(originOf(host, true)).toBe('https://localhost:4400');
    }
  });

  test('is the address on the network when it listens everywhere with HTTPS', () => {
    expect(originOf('0.0.0.0', true)).toBe('https://192.168.1.20:4400');
    expect(originOf('::', true)).toBe('https://192.168.1.20:4400');
    expect(originOf('0.0.0.0', true, [])).toBe('https://localhost:4400');
  });

  test('stays localhost without HTTPS: elsewhere a page would get neither camera nor sign-in', () => {
    expect(originOf('0.0.0.0', false)).toBe('http://localhost:4400');
  });

  test('is the one address that it listens on', () => {
    expect(originOf('10.0.0.7', true)).toBe('https://10.0.0.7:4400');
    expect(originOf('10.0.0.7', false)).toBe('http://10.0.0.7:4400');
    expect(originOf('fd00::2', true)).toBe('https://[fd00::2]:4400');
    expect(originOf('assist', true)).toBe('https://assist:4400');
  });

  test('tells listening everywhere from listening somewhere', () => {
    expect(listensEverywhere({ host: '0.0.0.0' })).toBe(true);
    expect(listensEverywhere({ host: '10.0.0.7' })).toBe(false);
  });
});

describe('the addresses of this machine', () => {
  const address = (value: string, more: Partial<NetworkInterfaceInfo> = {}): NetworkInterfaceInfo =>
    ({ address: value, family: 'IPv4', internal: false, ...more }) as NetworkInterfaceInfo;

  test('name the real network first, and only what another machine can reach', () => {
    const found = lanAddresses({
      lo: [address('127.0.0.1', { internal: true })],
      docker0: [address('172.17.0.1')],
      'br-4f1c': [address('172.18.0.1')],
      eth0: [address('169.254.3.4'), address('fd00::2', { family: 'IPv6' } as Partial<NetworkInterfaceInfo>)],
      wlan0: [address('192.168.1.20')],
      tailscale0: undefined,
    });
    expect(found).toEqual(['192.168.1.20', '172.17.0.1', '172.18.0.1']);
  });
});
