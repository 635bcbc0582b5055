import { signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import { createRemoteSound } from '../../../src/client/media/remote-sound.ts';
import type { MediaLink } from '../../../src/client/types.ts';
import { createFakeAudio, fakeStream, linkWithSound } from '../../support/fake-audio.ts';

const DANA = fakeStream('dana');
const EVA = fakeStream('eva');

function setUp({ allowed }: { readonly allowed: boolean }) {
  const browser = createFakeAudio(allowed);
  const dana = linkWithSound(DANA);
  const eva = linkWithSound(EVA);
  const links = signal<ReadonlyMap<string, MediaLink>>(
    new Map([
      ['dana', dana.link],
      ['eva', eva.link],
    ]),
  );
  const sound = createRemoteSound(links, browser.make);
  return { browser, links, sound, dana, eva };
}

describe('what the others say', () => {
  it('is heard from everybody, as long as they are there', async () => {
    const { browser, links, sound, dana } = setUp({ allowed: true });
    await vi.waitFor(() => expect(browser.heard()).toEqual([DANA, EVA]));
    links.value = new Map([['dana', dana.link]]);
    expect([browser.heard(), browser.made[1]?.srcObject]).toEqual([[DANA], null]);
    sound.dispose();
    expect([browser.heard(), browser.made[0]?.srcObject]).toEqual([[], null]);
  });

  it('is not begun anew when only somebody else came', async () => {
    const { browser, links } = setUp({ allowed: true });
    links.value = new Map([...links.value, ['priya', linkWithSound(null).link]]);
    expect(browser.made.map(({ plays }) => plays)).toEqual([1, 1, 0]);
  });

  it('goes on in the same element when a link is made anew', async () => {
    const { browser, dana } = setUp({ allowed: true });
    const next = fakeStream('dana again');
    dana.remoteAudio.value = next;
    await vi.waitFor(() => expect(browser.heard()).toEqual([next, EVA]));
    expect(browser.made).toHaveLength(2);
  });

  it('waits for a gesture where the browser wants one', async () => {
    const { browser, sound } = setUp({ allowed: false });
    await vi.waitFor(() => expect(sound.blocked.value).toBe(true));
    sound.retry();
    await vi.waitFor(() => expect(browser.made.map(({ plays }) => plays)).toEqual([2, 2]));
    expect(sound.blocked.value).toBe(true);
    browser.page.allowed = true;
    sound.retry();
    await vi.waitFor(() => expect(sound.blocked.value).toBe(false));
    expect(browser.heard()).toEqual([DANA, EVA]);
    sound.retry();
    expect(browser.made.map(({ plays }) => plays)).toEqual([3, 3]);
  });

  it('is nothing to wait for any more when who was not heard has gone, or is silent', async () => {
    const { links, sound, dana, eva } = setUp({ allowed: false });
    await vi.waitFor(() => expect(sound.blocked.value).toBe(true));
    dana.remoteAudio.value = null;
    expect(sound.blocked.value).toBe(true);
    links.value = new Map([['dana', dana.link]]);
    expect(sound.blocked.value).toBe(false);
    expect(eva.remoteAudio.value).toBe(EVA);
  });

  it('does not call it refused when the link ends before the browser answers', async () => {
    const { sound, links, browser } = setUp({ allowed: false });
    links.value = new Map();
    await Promise.allSettled(browser.made.map((audio) => audio.play()));
    expect(sound.blocked.value).toBe(false);
  });
});
