import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallSession } from '../../../src/client/types.ts';
import type { CallCommand } from '../../../src/domain/call/command.ts';
import { accept, type RefusalCode, type Result, refuse } from '../../../src/domain/call/refusal.ts';
import { documentedHoloLens2Profile } from '../../../src/domain/registration/camera.ts';
import { tellCamera } from '../../../src/headset/call/tell.ts';
import type { SpaceState } from '../../../src/headset/types.ts';
import { DANA, joinedCall } from '../../support/call-fixtures.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const space = signal<SpaceState>({ spaceEpoch: 1, tracking: true });
  const told: string[] = [];
  /** What the hub refuses of what is told next. */
  const refusals: RefusalCode[] = [];
  /** Held back answers, while `slow`. */
  const answers: (() => void)[] = [];
  const hub = { slow: false };
  const session = {
    state: signal(joinedCall().state()),
    send: (command: CallCommand): Promise<Result<null>> => {
      if (command.type !== 'describeCamera') throw new Error(command.type);
      told.push(`${command.spaceEpoch} ${command.tracking}`);
      const code = refusals.shift();
      const result = code === undefined ? accept(null) : refuse(code);
      if (!hub.slow) return Promise.resolve(result);
      return new Promise((resolve) => answers.push(() => resolve(result)));
    },
  } as unknown as CallSession;
  const stop = tellCamera({ session, me: DANA, camera: documentedHoloLens2Profile, space });
  return { space, told, refusals, answers, hub, stop };
}

describe('what the hub knows of the headset’s bearings', () => {
  it('is told once, and again when it changes for more than a blink', async () => {
    const { space, told } = setUp();
    await vi.runAllTimersAsync();
    space.value = { spaceEpoch: 1, tracking: false };
    space.value = { spaceEpoch: 1, tracking: true };
    await vi.runAllTimersAsync();
    expect(told).toEqual(['1 true']);
    space.value = { spaceEpoch: 1, tracking: false };
    await vi.runAllTimersAsync();
    expect(told).toEqual(['1 true', '1 false']);
  });

  it('is told again when the hub refused it', async () => {
    const { space, told, refusals } = setUp();
    await vi.runAllTimersAsync();
    refusals.push('too-many-requests');
    space.value = { spaceEpoch: 1, tracking: false };
    await vi.runAllTimersAsync();
    expect(told).toEqual(['1 true', '1 false', '1 false']);
  });

  it('is told a limited number of times to a hub that refuses it every time, until it changes', async () => {
    const { space, told, refusals } = setUp();
    refusals.push(...Array.from({ length: 7 }, () => 'headset-only' as const));
    await vi.runAllTimersAsync();
    expect(told).toEqual(Array.from({ length: 7 }, () => '1 true'));
    space.value = { spaceEpoch: 2, tracking: true };
    await vi.runAllTimersAsync();
    expect(told.slice(7)).toEqual(['2 true']);
  });

  it('follows what changed back while a refusal was on its way', async () => {
    const { space, told, refusals } = setUp();
    await vi.runAllTimersAsync();
    refusals.push('internal');
    space.value = { spaceEpoch: 1, tracking: false };
    await vi.advanceTimersByTimeAsync(400);
    space.value = { spaceEpoch: 1, tracking: true };
    await vi.runAllTimersAsync();
    expect(told).toEqual(['1 true', '1 false', '1 true']);
  });

  it('follows what changed while the hub answered', async () => {
    const { space, told, answers, hub } = setUp();
    hub.slow = true;
    await vi.runAllTimersAsync();
    space.value = { spaceEpoch: 2, tracking: false };
    await vi.runAllTimersAsync();
    expect(told).toEqual(['1 true']);
    answers.shift()?.();
    await vi.runAllTimersAsync();
    expect(told).toEqual(['1 true', '2 false']);
  });

  it('is not told any more after the end', async () => {
    const { space, told, refusals, stop } = setUp();
    refusals.push('internal');
    await vi.advanceTimersByTimeAsync(0);
    stop();
    space.value = { spaceEpoch: 2, tracking: true };
    await vi.runAllTimersAsync();
    expect(told).toEqual(['1 true']);
  });
});
