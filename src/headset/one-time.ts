import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { SightlineClient } from '../client/types.ts';
import { ONE_TIME_MINUTES } from '../domain/meeting/one-time.ts';
import type { OneTimeView } from '../ui/panels/view.ts';
import { lateQrModules } from '../ui/parts/late-qr-modules.ts';

/** The link for a customer that was made on this headset last. The hub tells a link once, so it is kept here. */
export interface OneTimeLink {
  readonly view: ReadonlySignal<OneTimeView>;
  /** Makes one, unless the hub says that a customer can still use the last one, or cannot be asked. */
  show(): Promise<void>;
  create(): Promise<void>;
}

type Client = Pick<SightlineClient, 'planner'>;

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

  /** A link serves one customer, and none once it was revoked or is over. The list of a headset has only what can be joined. */
  async function isSpent(meetingId: string): Promise<boolean> {
    const asked = await client.planner.details(meetingId);
    if (!asked.ok) return asked.refusal.code === 'not-found';
    const { oneTime } = asked.value;
    return oneTime !== 'waiting' && oneTime !== 'inLobby';
  }

  return {
    view,
    create,
    async show() {
      const now = view.peek();
      const isWanted = now.state !== 'ready' || (await isSpent(now.meetingId));
      // Another one may have been made while the hub was asked.
      if (isWanted && view.peek() === now) await create();
    },
  };
}
