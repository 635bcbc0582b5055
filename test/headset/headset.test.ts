import { signal } from '@preact/signals-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HeadsetApp } from '../../src/headset/app.ts';
import type { Entrance } from '../../src/headset/entrance.ts';
import { createHeadset } from '../../src/headset/headset.ts';
import type { RoomControl } from '../../src/headset/room-control.ts';
import type { ScreenView } from '../../src/ui/panels/view.ts';
import { createFakeAudio, fakeStream, linkWithSound } from '../support/fake-audio.ts';
import { callView, ROOM, TEXTS } from '../support/headset-views.ts';

function setUp() {
  const browser = createFakeAudio(false);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('Audio', function Audio() {
    return browser.make();
  });
  const call = {
    links: signal(new Map([['eva', linkWithSound(fakeStream('eva')).link]])),
    selectTool: vi.fn(),
    end: vi.fn(),
    stay: vi.fn(),
    leave: vi.fn(),
  };
  const app = {
    client: { status: signal('online'), clockOffsetMs: signal(0), door: { lobbies: signal([]) } },
    notice: signal(null),
    ringing: signal('none'),
    call: signal(call),
  };
  const screen = signal<ScreenView>({ screen: 'call', ...callView() });
  const sounds = { unlock: vi.fn(), play: vi.fn(), ring: vi.fn(), dispose: vi.fn() };
  const headset = createHeadset({
    texts: TEXTS,
    entrance: { screen, part: signal(app) } as unknown as Entrance<HeadsetApp>,
    room: { view: signal(ROOM), show: vi.fn(), dispose: vi.fn() } as unknown as RoomControl,
    sounds,
    online: signal(true),
  });
  return { browser, call, headset, sounds };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a command from the room', () => {
  it('does its work, and lets be heard what the browser kept silent', async () => {
    const { browser, call, headset, sounds } = setUp();
    await vi.waitFor(() => expect(browser.made[0]?.plays).toBe(1));
    expect(browser.heard()).toEqual([]);
    browser.page.allowed = true;
    headset.send({ type: 'selectTool', tool: 'arrow' });
    await vi.waitFor(() => expect(browser.heard()).toHaveLength(1));
    expect(call.selectTool).toHaveBeenCalledExactlyOnceWith('arrow');
    expect(sounds.unlock).toHaveBeenCalledOnce();
    headset.dispose();
    expect(browser.heard()).toEqual([]);
  });

  it.each([
    ['endCall', 'end'],
    ['stayInCall', 'stay'],
    ['endForGood', 'leave'],
  ] as const)('%s does the one thing that it says', (type, done) => {
    const { call, headset } = setUp();
    headset.send({ type });
    const asked = (['end', 'stay', 'leave'] as const).filter((one) => call[one].mock.calls.length > 0);
    expect(asked).toEqual([done]);
    headset.dispose();
  });
});
