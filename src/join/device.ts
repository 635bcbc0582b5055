import type { DeviceKind } from '../domain/call/state.ts';

/** Held in a hand: a finger, no mouse. Tablets count as phones: their camera is the one that looks at the thing. */
export const joinDeviceKind = (matches: (query: string) => boolean): Extract<DeviceKind, 'join' | 'phone'> =>
  matches('(pointer: coarse) and (hover: none)') ? 'phone' : 'join';
