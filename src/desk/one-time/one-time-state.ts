import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { Loadable, Meeting, SightlineClient } from '../../client/types.ts';
import type { Result } from '../../domain/call/refusal.ts';
import type { MeetingSettings } from '../../domain/meeting/model.ts';
import type { MeetingDraft } from '../../domain/meeting/schedule.ts';

const DAY_MS = 86_400_000;
/** How far back and ahead the list reaches: a link works for a day or so after its call's end. */
const RANGE_DAYS = { back: 7, ahead: 30 } as const;

export interface OneTimeCalls {
  /** Newest first. */
  readonly list: ReadonlySignal<Loadable<readonly Meeting[]>>;
  /** What the company has decided; null until it is known. */
  readonly settings: ReadonlySignal<MeetingSettings | null>;
  /** The link of a call; told once by the hub, so it is kept here while the page is open. */
  linkOf(meetingId: string): Promise<Result<string>>;
  /** The link of a call that was made just now. */
  keepLink(meetingId: string, url: string): void;
  reload(): Promise<void>;
  dispose(): void;
}

type Client = Pick<SightlineClient, 'planner' | 'meetings' | 'door' | 'clockOffsetMs'>;

/** A draft is checked together with the company's settings: that is how they are asked for. */
const ANY_DRAFT: MeetingDraft = {
  title: '',
  startMs: 0,
  endMs: 0,
  zone: 'UTC',
  invitees: [],
  coOrganizers: [],
  presenters: [],
  lobby: 'organization',
  anonymousAllowed: true,
};

export function createOneTimeCalls(client: Client): OneTimeCalls {
  const list = signal<Loadable<readonly Meeting[]>>({ state: 'loading' });
  const settings = signal<MeetingSettings | null>(null);
  const links = new Map<string, string>();
  let asked = 0;

  async function reload(): Promise<void> {
    asked += 1;
    const mine = asked;
    const nowMs = Math.floor(Date.now() + client.clockOffsetMs.peek());
    const answer = await client.planner.list({
      fromMs: nowMs - RANGE_DAYS.back * DAY_MS,
      toMs: nowMs + RANGE_DAYS.ahead * DAY_MS,
    });
    if (mine !== asked) return;
    if (!answer.ok) {
      if (list.peek().state !== 'ready') list.value = { state: 'failed', refusal: answer.refusal };
      return;
    }
    const value = answer.value.filter(({ oneTime }) => oneTime !== null).toSorted((a, b) => b.startMs - a.startMs);
    list.value = { state: 'ready', value };
  }

  async function readSettings(): Promise<void> {
    const nowMs = Math.floor(Date.now() + client.clockOffsetMs.peek());
    const answer = await client.planner.check(null, { ...ANY_DRAFT, startMs: nowMs, endMs: nowMs });
    if (answer.ok) settings.value = answer.value.settings;
  }

  const stop = effect(() => {
    void client.meetings.value;
    void client.door.lobbies.value;
    untracked(() => {
      void reload();
      if (settings.value === null) void readSettings();
    });
  });

  return {
    list,
    settings,
    async linkOf(meetingId) {
      const known = links.get(meetingId);
      if (known !== undefined) return { ok: true, value: known };
      const answer = await client.planner.joinLink(meetingId);
      if (!answer.ok) return answer;
      links.set(meetingId, answer.value.url);
      return { ok: true, value: answer.value.url };
    },
    keepLink: (meetingId, url) => void links.set(meetingId, url),
    reload,
    dispose: () => {
      asked += 1;
      stop();
    },
  };
}
