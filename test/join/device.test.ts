import { describe, expect, it } from 'vitest';
import { isWorn, joinDeviceKind, type Machine } from '../../src/join/device.ts';

const xr = (ar: boolean) => ({ isSessionSupported: async (mode: string) => ar && mode === 'immersive-ar' });
const of = (architecture: string) => ({ getHighEntropyValues: async () => ({ architecture }) });
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Edg/130.0.0.0';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36';
const QUEST = 'Mozilla/5.0 (X11; Linux; Android 12; Quest 3) OculusBrowser/35.0 Chrome/130.0.0.0 VR Safari/537.36';

it('a finger and no mouse makes a phone, everything else a computer', () => {
  expect(joinDeviceKind((query) => query === '(pointer: coarse) and (hover: none)')).toBe('phone');
  expect(joinDeviceKind(() => false)).toBe('join');
});

describe('whoever sees the page wears it', () => {
  it.each<[string, Machine, boolean]>([
    ['on a HoloLens 2', { xr: xr(true), userAgent: WINDOWS, userAgentData: of('arm') }, true],
    ['on one whose browser tells nothing more of itself', { xr: xr(true), userAgent: WINDOWS }, true],
    ['on another headset', { xr: xr(true), userAgent: QUEST }, true],
  ])('%s', async (_, machine, expected) => {
    expect(await isWorn(machine)).toBe(expected);
  });

  it.each<[string, Machine]>([
    ['at a computer', { userAgent: WINDOWS, userAgentData: of('x86') }],
    ['at a computer with a headset plugged in', { xr: xr(true), userAgent: WINDOWS, userAgentData: of('x86') }],
    ['at a computer with ARM and without a headset', { xr: xr(false), userAgent: WINDOWS, userAgentData: of('arm') }],
    ['with a phone that can mix realities', { xr: xr(true), userAgent: ANDROID }],
    [
      'in a browser that does not say',
      { xr: { isSessionSupported: () => Promise.reject(new Error('blocked')) }, userAgent: WINDOWS },
    ],
  ])('not %s', async (_, machine) => {
    expect(await isWorn(machine)).toBe(false);
  });
});
