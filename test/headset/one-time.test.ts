import { describe, expect, it, vi } from 'vitest';
import type { Meeting, SightlineClient } from '../../src/client/types.ts';
import { accept, type Result, refuse } from '../../src/domain/call/refusal.ts';
import { createOneTimeLink } from '../../src/headset/one-time.ts';
import { qrModules } from '../../src/ui/parts/qr-modules.ts';
import { meeting } from '../support/headset-views.ts';

type Made = Result<{ readonly meeting: Meeting; readonly url: string }>;
type Asked = Awaited<ReturnType<SightlineClient['planner']['details']>>;

function setUp() {
  let count = 0;
  const createOneTimeCall = vi.fn(async (): Promise<Made> => {
    count += 1;
    const made = meeting(`call ${count}`, { kind: 'oneTime', title: 'EventTitle', oneTime: 'waiting' });
    return accept({ meeting: made, url: `https://sightline.example/join/${count}` });
  });
  const details = vi.fn(async (_meetingId: string): Promise<Asked> => refuse('not-found'));
  const client = { planner: { createOneTimeCall, details } } as unknown as SightlineClient;
  const link = createOneTimeLink(client, () => 'Europe/Berlin');
  /** What the hub says of the link from now on. */
  const becomes = (oneTime: Meeting['oneTime']): void => {
    const known = meeting(`call ${count}`, { kind: 'oneTime', oneTime });
    details.mockResolvedValue(accept(known) as Asked);
  };
  return { link, createOneTimeCall, details, becomes };
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
    const { link, createOneTimeCall, details, becomes } = setUp();
    await link.show();
    becomes(state);
    await link.show();
    expect(details.mock.calls).toEqual([['call 1']]);
    expect(createOneTimeCall).toHaveBeenCalledOnce();
  });

  it.each(['inCall', 'ended', 'revoked', 'expired'] as const)('gives way to a new one once it is %s', async (state) => {
    const { link, becomes } = setUp();
    await link.show();
    becomes(state);
    await link.show();
    expect(link.view.value).toMatchObject({ state: 'ready', meetingId: 'call 2' });
  });

  it('gives way to a new one once the hub knows it no more', async () => {
    const { link } = setUp();
    await link.show();
    await link.show();
    expect(link.view.value).toMatchObject({ state: 'ready', meetingId: 'call 2' });
  });

  it.each(['internal', 'too-many-requests'] as const)(
    'is shown again where the hub cannot say what became of it: %s',
    async (code) => {
      const { link, createOneTimeCall, details } = setUp();
      await link.show();
      details.mockResolvedValue(refuse(code));
      await link.show();
      expect(createOneTimeCall).toHaveBeenCalledOnce();
      expect(link.view.value).toMatchObject({ state: 'ready', meetingId: 'call 1' });
    },
  );

  it('gives way once, however often it is shown while the hub is asked', async () => {
    const { link, createOneTimeCall, becomes } = setUp();
    await link.show();
    becomes('ended');
    await Promise.all([link.show(), link.create(), link.show()]);
    expect(createOneTimeCall).toHaveBeenCalledTimes(2);
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
