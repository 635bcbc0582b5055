import type { DeviceKind } from '../domain/call/state.ts';

/** Held in a hand: a finger, no mouse. Tablets count as phones: their camera is the one that looks at the thing. */
export const joinDeviceKind = (matches: (query: string) => boolean): Extract<DeviceKind, 'join' | 'phone'> =>
  matches('(pointer: coarse) and (hover: none)') ? 'phone' : 'join';

/** What a browser tells of the machine it runs on. */
export interface Machine {
  readonly xr?: { isSessionSupported(mode: 'immersive-ar'): Promise<boolean> } | undefined;
  readonly userAgent: string;
  /** User-Agent Client Hints (WICG); browsers without them are asked nothing. */
  readonly userAgentData?:
    | { getHighEntropyValues(hints: readonly string[]): Promise<{ readonly architecture?: string }> }
    | undefined;
}

/**
 * Whether whoever sees this page wears it. A HoloLens 2 says of itself what any Windows on ARM does, and that it can mix
 * realities; so can Android phones in a hand, and computers of another architecture that have a headset plugged in.
 */
export async function isWorn({ xr, userAgent, userAgentData }: Machine): Promise<boolean> {
  const mixesRealities = (await xr?.isSessionSupported('immersive-ar').catch(() => false)) ?? false;
  if (!mixesRealities) return false;
  if (/\bAndroid\b/.test(userAgent)) return /\bOculusBrowser\b/.test(userAgent);
  const hints = await userAgentData?.getHighEntropyValues(['architecture']).catch(() => null);
  return hints?.architecture !== 'x86';
}
