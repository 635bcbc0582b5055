import { signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import type { MediaLink } from '../../../src/client/types.ts';
import { createCallSound } from '../../../src/headset/call/call-sound.ts';
import type { HeadsetCall } from '../../../src/headset/call/headset-call.ts';
import { createFakeAudio, fakeStream, linkWithSound } from '../../support/fake-audio.ts';

const DANA = fakeStream('dana');

async function setUp({ allowed }: { readonly allowed: boolean }) {
  const browser = createFakeAudio(allowed);
  const page = new EventTarget();
  const listening = new Set<string>();
  const add = vi.spyOn(page, 'addEventListener').mockImplementation((type, listener, options) => {
    listening.add(type);
    EventTarget.prototype.addEventListener.call(page, type, listener, options);
  });
  vi.spyOn(page, 'removeEventListener').mockImplementation((type, listener, options) => {
    listening.delete(type);
    EventTarget.prototype.removeEventListener.call(page, type, listener, options);
  });
  const links = signal<ReadonlyMap<string, MediaLink>>(new Map([['dana', linkWithSound(DANA).link]]));
  const call = signal<Pick<HeadsetCall, 'links'> | null>({ links });
  const sound = createCallSound(call, { makeAudio: browser.make, page });
  await vi.waitFor(() => expect(allowed ? browser.heard().length : listening.size).toBeGreaterThan(0));
  return { browser, page, listening, add, call, sound };
}

describe('what the wearer hears', () => {
  it('needs no gesture where the browser wants none', async () => {
    const { add, sound } = await setUp({ allowed: true });
    expect(add).not.toHaveBeenCalled();
    sound.dispose();
  });

  it.each(['pointerdown', 'pointerup', 'keydown'])(
    'begins with the next %s, for which nobody waits any more',
    async (type) => {
      const { browser, page, listening } = await setUp({ allowed: false });
      browser.page.allowed = true;
      page.dispatchEvent(new Event(type));
      await vi.waitFor(() => expect(listening.size).toBe(0));
      expect(browser.heard()).toEqual([DANA]);
      page.dispatchEvent(new Event(type));
      expect(browser.made[0]?.plays).toBe(2);
    },
  );

  it('begins with the next press in the room', async () => {
    const { browser, listening, sound } = await setUp({ allowed: false });
    browser.page.allowed = true;
    sound.retry();
    await vi.waitFor(() => expect(browser.heard()).toEqual([DANA]));
    expect(listening.size).toBe(0);
  });

  it('is tried again and again while the browser refuses', async () => {
    const { browser, page, listening } = await setUp({ allowed: false });
    page.dispatchEvent(new Event('keydown'));
    page.dispatchEvent(new Event('keydown'));
    await vi.waitFor(() => expect(browser.made[0]?.plays).toBe(3));
    expect(listening.size).toBe(3);
  });

  it('waits for nothing after the call', async () => {
    const { browser, page, listening, call, sound } = await setUp({ allowed: false });
    call.value = null;
    page.dispatchEvent(new Event('keydown'));
    sound.retry();
    expect([listening.size, browser.made[0]?.plays, browser.made[0]?.srcObject]).toEqual([0, 1, null]);
  });
});
