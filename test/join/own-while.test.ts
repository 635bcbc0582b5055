import { signal } from '@preact/signals-core';
import { expect, it, vi } from 'vitest';
import { createOwnMedia } from '../../src/client/media/own-media.ts';
import { createOwnWhile, type WantedMedia } from '../../src/join/own-while.ts';
import { createFakeDevices } from '../support/fake-devices.ts';

function setUp(wanted: WantedMedia = { audio: true, video: 'camera' }) {
  const { devices, tracks } = createFakeDevices();
  const used = signal(false);
  const media = createOwnWhile(
    used,
    () => createOwnMedia({ devices, cameraEnded: 'missing' }),
    () => wanted,
  );
  return { used, media, tracks };
}

it('camera and microphone are asked for only from the screen on that shows them', async () => {
  const { used, media, tracks } = setUp();
  expect([media.own.value, tracks.length]).toEqual([null, 0]);
  used.value = true;
  await vi.waitFor(() => expect(media.own.value?.media.value).toMatchObject({ audio: true, video: 'camera' }));
  expect(tracks).toHaveLength(2);
});

it('every device is let go once no screen shows them, and asked for anew later', async () => {
  const { used, media, tracks } = setUp({ audio: true, video: 'off' });
  used.value = true;
  await vi.waitFor(() => expect(media.own.value?.muted.value).toBe(false));
  used.value = false;
  expect([media.own.value, tracks[0]?.stops]).toEqual([null, 1]);
  used.value = true;
  await vi.waitFor(() => expect(tracks).toHaveLength(2));
});

it('going from one screen that shows them to the next asks for nothing', async () => {
  const { used, media, tracks } = setUp({ audio: true, video: 'off' });
  used.value = true;
  await vi.waitFor(() => expect(tracks).toHaveLength(1));
  const { own } = media;
  const before = own.value;
  used.value = true;
  expect([own.value === before, tracks.length]).toEqual([true, 1]);
});

it('a page that is gone keeps no device', async () => {
  const { used, media, tracks } = setUp({ audio: true, video: 'off' });
  used.value = true;
  await vi.waitFor(() => expect(tracks).toHaveLength(1));
  media.dispose();
  expect([media.own.value, tracks[0]?.stops]).toEqual([null, 1]);
  used.value = false;
  used.value = true;
  expect(media.own.value).toBeNull();
});
