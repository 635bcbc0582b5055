import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { SightlineClient } from '../client/types.ts';
import { ONE_TIME_MINUTES } from '../domain/meeting/one-time.ts';
import type { OneTimeView } from '../ui/panels/view.ts';
import { lateQrModules } from '../ui/parts/late-qr-modules.ts';

/** The link for a customer that was made on this headset last. The hub tells a link once, so it is kept here. */
export interface OneTimeLink {
  readonly view: ReadonlySignal<OneTimeView>;
  /** Makes one, unless there is one that a customer can still use. */
  show(): Promise<void>;
  create(): Promise<void>;
}

type Client = Pick<SightlineClient, 'planner' | 'meetings'>;

export function createOneTimeLink(client: Client, zone: () => string): OneTimeLink {
  const view = signal<OneTimeView>({ state: 'none' });

  async function create(): Promise<void> {
    if (view.peek().state === 'creating') return;
    view.value = { state: 'creating' };
    const wish = { title: '', zone: zone(), durationMin: ONE_TIME_MINUTES };
    const made = await client.planner.createOneTimeCall(wish);
    if (!made.ok) {
      view.value = { state: 'failed', refusal: made.refusal };
      return;
    }
    const { meeting, url } = made.value;
    const code = await lateQrModules(url);
    view.value = { state: 'ready', meetingId: meeting.meetingId, title: meeting.title, url, code };
  }

  /** A link serves one customer, and none once it was revoked or is over. */
  function isSpent(meetingId: string): boolean {
    const { meetings } = client;
    const known = meetings.value;
    const meeting = known.state === 'ready' ? known.value.find((one) => one.meetingId === meetingId) : undefined;
    return meeting !== undefined && meeting.oneTime !== 'waiting' && meeting.oneTime !== 'inLobby';
  }

  return {
    view,
    create,
    async show() {
      const now = view.peek();
      if (now.state !== 'ready' || isSpent(now.meetingId)) await create();
    },
  };
}
