import { randomUUID } from 'node:crypto';
import { type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import type { Page } from '@playwright/test';
import type { LobbyNews } from '../../../src/protocol/meetings.ts';
import type { HubAnswer, HubMethodName, HubMethods } from '../../../src/protocol/types.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';

/** A second desk of somebody who is signed in, without a page: makes links and decides who comes in. */
export interface WireDesk {
  invoke<M extends HubMethodName>(method: M, request: HubMethods[M]['request']): Promise<HubMethods[M]['answer']>;
  /** The first one who waits; waits for somebody to knock. */
  knocker(name: string): Promise<{ readonly meetingId: string; readonly person: string }>;
  close(): Promise<void>;
}

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
  };
}
