import { signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import type { Loadable, Meeting, SightlineClient } from '../../src/client/types.ts';
import { accept, type Result, refuse } from '../../src/domain/call/refusal.ts';
import { createOneTimeLink } from '../../src/headset/one-time.ts';
import { qrModules } from '../../src/ui/parts/qr-modules.ts';
import { meeting } from '../support/headset-views.ts';

type Made = Result<{ readonly meeting: Meeting; readonly url: string }>;

function setUp() {
  const meetings = signal<Loadable<readonly Meeting[]>>({ state: 'ready', value: [] });
  let count = 0;
  const createOneTimeCall = vi.fn(async (): Promise<Made> => {
    count += 1;
    const made = meeting(`call ${count}`, { kind: 'oneTime', title: 'EventTitle', oneTime: 'waiting' });
    meetings.value = { state: 'ready', value: [made] };
    return accept({ meeting: made, url: `https://sightline.example/join/${count}` });
  });
  const client = { planner: { createOneTimeCall }, meetings } as unknown as SightlineClient;
  const link = createOneTimeLink(client, () => 'Europe/Berlin');
  const becomes = (oneTime: Meeting['oneTime']): void => {
    meetings.value = { state: 'ready', value: [meeting(`call ${count}`, { kind: 'oneTime', oneTime })] };
  };
  return { link, createOneTimeCall, becomes };
}

describe('the link for a customer, made on a headset', () => {
  it('is made in the zone of the headset, untitled, for half an hour', async () => {
    const { link, createOneTimeCall } = setUp();
    const asked = link.show();
    expect(link.view.value).toEqual({ state: 'creating' });
    await asked;
    expect(createOneTimeCall.mock.calls).toEqual([[{ title: '', zone: 'Europe/Berlin', durationMin: 30 }]]);
    expect(link.view.value).toEqual({
      state: 'ready',
      meetingId: 'call 1',
      title: 'EventTitle',
      url: 'https://sightline.example/join/1',
      code: qrModules('https://sightline.example/join/1'),
    });
  });

  it.each(['waiting', 'inLobby'] as const)('is shown again while its customer is %s', async (state) => {
    const { link, createOneTimeCall, becomes } = setUp();
    await link.show();
    becomes(state);
    await link.show();
    expect(createOneTimeCall).toHaveBeenCalledOnce();
  });

  it.each(['inCall', 'ended', 'revoked', 'expired'] as const)('gives way to a new one once it is %s', async (state) => {
    const { link, becomes } = setUp();
    await link.show();
    becomes(state);
    await link.show();
    expect(link.view.value).toMatchObject({ state: 'ready', meetingId: 'call 2' });
  });

  it('says why there is none, and is asked for anew', async () => {
    const { link, createOneTimeCall } = setUp();
    createOneTimeCall.mockResolvedValueOnce(refuse('anonymous-off'));
    await link.show();
    expect(link.view.value).toEqual({ state: 'failed', refusal: { code: 'anonymous-off' } });
    await link.show();
    expect(link.view.value).toMatchObject({ state: 'ready' });
  });

  it('is made once, however often the button is pressed meanwhile', async () => {
    const { link, createOneTimeCall } = setUp();
    await Promise.all([link.create(), link.create(), link.show()]);
    expect(createOneTimeCall).toHaveBeenCalledOnce();
  });
});
