import { randomUUID } from 'node:crypto';
import { type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import type { Browser, Page } from '@playwright/test';
import type { MeetingDraft } from '../../../src/domain/meeting/schedule.ts';
import { KEEP_ALIVE_MS } from '../../../src/protocol/keep-alive.ts';
import type { LobbyNews } from '../../../src/protocol/meetings.ts';
import type { HubAnswer, HubMethodName, HubMethods } from '../../../src/protocol/types.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { openExpert } from './actors.ts';

/** A second desk of somebody who is signed in, without a page: makes links and decides who comes in. */
export interface WireDesk {
  invoke<M extends HubMethodName>(method: M, request: HubMethods[M]['request']): Promise<HubMethods[M]['answer']>;
  /** The first one who waits; waits for somebody to knock. */
  knocker(name: string): Promise<{ readonly meetingId: string; readonly person: string }>;
  close(): Promise<void>;
  /** The same desk, connected anew after the hub was away. */
  again(): Promise<WireDesk>;
}

/** Signs somebody in at the desk, and leaves them at a desk without a page. */
export async function openAgent(
  browser: Browser,
  origin: string,
  who: { readonly mail: string; readonly name: string } = { mail: 'expert1@abc.com', name: 'Elena Fischer' },
): Promise<WireDesk> {
  let token = Promise.resolve('');
  const prepare = async (page: Page): Promise<void> => {
    token = tokenOf(page);
  };
  const { context } = await openExpert(browser, origin, { ...who, prepare });
  const desk = await openWireDesk(origin, await token);
  await context.close();
  return desk;
}

/** A meeting that is running now. */
export const draftNow = (changes: Partial<MeetingDraft> = {}): MeetingDraft => ({
  ...{
    title: 'Compressor 2: bearing noise',
    startMs: Date.now(),
    endMs: Date.now() + 3_600_000,
    zone: 'Europe/Berlin',
  },
  ...{ invitees: [], coOrganizers: [], presenters: [] },
  ...{ lobby: 'organization', anonymousAllowed: true },
  ...changes,
});

/** Plans it, and makes a link to it. */
export async function planWithLink(desk: WireDesk, changes: Partial<MeetingDraft> = {}) {
  const meeting = await desk.invoke('planMeeting', { commandId: randomUUID(), draft: draftNow(changes) });
  const { url } = await desk.invoke('joinLink', { meetingId: meeting.meetingId });
  return { meeting, url };
}

export const oneTimeLink = (desk: WireDesk) =>
  desk.invoke('createOneTimeCall', { commandId: randomUUID(), title: '', zone: 'Europe/Berlin', durationMin: 30 });

/** The token with which a page connects, from its next connection to the hub: call before it signs in. */
export function tokenOf(page: Page): Promise<string> {
  return page
    .waitForRequest((request) => request.url().includes('/hub/negotiate'))
    .then((request) => request.headerValue('authorization'))
    .then((header) => header?.replace('Bearer ', '') ?? '');
}

export async function openWireDesk(origin: string, token: string): Promise<WireDesk> {
  const connection: HubConnection = new HubConnectionBuilder()
    .withUrl(`${origin}/hub`, { accessTokenFactory: () => token })
    .withHubProtocol(new MessagePackHubProtocol())
    // SignalR's own 15 s would be as long as the hub waits.
    .withKeepAliveInterval(KEEP_ALIVE_MS)
    .configureLogging(LogLevel.None)
    .build();
  const lobbies = new Map<string, LobbyNews>();
  const listeners = new Set<() => void>();
  connection.on('lobby', (news: LobbyNews) => {
    lobbies.set(news.meetingId, news);
    for (const listener of listeners) listener();
  });
  for (const name of [
    'events',
    'signal',
    'relay',
    'presence',
    'listsChanged',
    'signInHeld',
    'replaced',
    'lobbyPlace',
  ]) {
    connection.on(name, () => undefined);
  }
  await connection.start();

  async function invoke<M extends HubMethodName>(
    method: M,
    request: HubMethods[M]['request'],
  ): Promise<HubMethods[M]['answer']> {
    const answer = (await connection.invoke(method, request)) as HubAnswer<HubMethods[M]['answer']>;
    if (!answer.ok) throw new Error(`${method}: ${answer.refusal.code} ${answer.refusal.detail ?? ''}`);
    return answer.value;
  }
  await invoke('hello', {
    protocolVersion: PROTOCOL_VERSION,
    device: { id: randomUUID(), kind: 'desk' },
    resume: [],
  });

  const find = (name: string) => {
    for (const { meetingId, entries } of lobbies.values()) {
      const entry = entries.find((one) => one.name === name);
      if (entry !== undefined) return { meetingId, person: entry.person };
    }
    return null;
  };
  return {
    invoke,
    knocker: (name) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = find(name);
          if (found === null) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
    close: () => connection.stop(),
    again: () => openWireDesk(origin, token),
  };
}
